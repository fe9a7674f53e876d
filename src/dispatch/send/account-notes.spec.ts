import { type AccountState, wellAccount } from '../../domain/sending/fail-over.js';
import { accountNotes } from './account-notes.js';

const now = new Date('2026-11-23T02:00:00Z');
const account = (name: string, changes: Partial<AccountState> = {}) => ({
  account: name,
  state: { ...wellAccount, ...changes },
});
const texts = (...accounts: ReturnType<typeof account>[]) => accountNotes(accounts, now).map(({ text }) => text);

describe('accountNotes', () => {
  it('says nothing of accounts that are well', () => expect(texts(account('aliyun'), account('tencent'))).toEqual([]));

  it('says why an account is not in use, until when, and which one sends instead', () => {
    const suspended = { suspendedUntil: new Date('2026-11-23T02:02:00Z'), reason: '没有应答。' };
    expect(texts(account('aliyun', suspended), account('tencent'))).toEqual([
      '阿里云短信连续发送失败，暂停使用，2026年11月23日 10:02后先试发几条，正常即恢复：没有应答。现由腾讯云短信发送。',
    ]);
    expect(texts(account('smtp', { circuitOpen: true, reason: '密码被拒绝' }), account('smtp2'))).toEqual([
      '邮件服务器已停用：密码被拒绝。请改正设置后重新启用。现由备用邮件服务器发送。',
    ]);
  });

  it('names no other where there is none', () =>
    expect(texts(account('wecom', { closedUntil: new Date('2026-11-23T02:01:00Z'), reason: '限流' }))).toEqual([
      '企业微信限速，2026年11月23日 10:01后自动继续：限流。',
    ]));
});
