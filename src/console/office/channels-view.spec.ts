import type { AccountLook } from '../../channels/account-look.repository.js';
import { rateOf, readLimit } from '../../domain/rate.js';
import { wellAccount } from '../../domain/sending/fail-over.js';
import { accountCards, type KnownAccount } from './channels-view.js';

const now = new Date('2026-11-23T09:00:00+08:00');
const well: KnownAccount = {
  account: 'smtp',
  ownName: null,
  kind: 'email',
  changed: null,
  limits: [],
  state: wellAccount,
  look: null,
  day: null,
  faults: [],
  callbacks: [],
};
const card = (changes: Partial<KnownAccount>, others: readonly KnownAccount[] = []) =>
  accountCards([{ ...well, ...changes }, ...others], now, { reopen: true })[0]!;
const look: AccountLook = {
  lookedAt: new Date('2026-11-23T08:55:00+08:00'),
  problem: null,
  filings: null,
  filingsProblem: null,
  balance: null,
};

describe('a card of a provider account', () => {
  it('says in Chinese what it is, how fast it may send and that nothing has happened', () => {
    expect(card({ limits: [rateOf(readLimit('100/m')!)] })).toMatchObject({
      name: '邮件服务器',
      kind: '电子邮件',
      source: '环境变量',
      ours: false,
      limits: '每分钟100次',
      standing: { tone: 'good', text: '正常' },
      note: null,
      mayReopen: false,
      day: '今天还没有经这个账号发送。',
      look: null,
    });
  });

  it('counts the day, leaving out what there is none of', () => {
    const day = { account: 'smtp', accepted: 12, delivered: 0, refused: 0, open: 0 };
    expect(card({ day }).day).toBe('服务商已受理12条。');
    expect(card({ day: { ...day, delivered: 7, refused: 2, open: 1 } }).day).toBe(
      '服务商已受理12条，其中7条已报告送达，被拒2次，待重试或待确认1次。',
    );
  });

  it('says since when and why it is stopped, and who takes over', () => {
    const changedAt = new Date('2026-11-23T08:30:00+08:00');
    const state = { ...wellAccount, circuitOpen: true, reason: '登录被拒绝。', changedAt };
    expect(card({ state }, [{ ...well, account: 'smtp2' }])).toMatchObject({
      standing: { tone: 'bad', text: '已停用' },
      note: '2026年11月23日 08:30起，邮件服务器已停用：登录被拒绝。请改正设置后重新启用。现由备用邮件服务器发送。',
      mayReopen: true,
      stopped: true,
    });
  });

  it.each([
    [{ ...look }, { tone: 'good', text: '2026年11月23日 08:55试过，可以使用。' }],
    [
      { ...look, problem: '余额不足，请充值。' },
      { tone: 'bad', text: '2026年11月23日 08:55试过，不能使用：余额不足，请充值。' },
    ],
  ])('says what the last look brought', (last, said) => expect(card({ look: last }).look).toEqual(said));

  it('names what is filed, and the vendor’s words about what is not', () => {
    const filings = [
      { kind: 'sign', use: null, code: '县政府办', state: 'filed', reason: null },
      { kind: 'template', use: 'reminder', code: 'SMS_1', state: 'rejected', reason: '变量过多' },
    ] as const;
    expect(card({ look: { ...look, filings } }).filings).toEqual([
      { name: '签名“县政府办”', tone: 'good', text: '已通过', reason: null },
      { name: '催阅模板 SMS_1', tone: 'bad', text: '未通过', reason: '变量过多' },
    ]);
  });

  it('shows faults with the time, and a sentence where the provider gave none', () => {
    const lastAt = new Date('2026-11-22T16:00:00+08:00');
    expect(card({ faults: [{ account: 'smtp', code: '421', reason: null, times: 3, lastAt }] }).faults).toEqual([
      { when: '2026年11月22日 16:00', reason: '服务商没有说明原因。', code: '421', times: 3 },
    ]);
  });
});
