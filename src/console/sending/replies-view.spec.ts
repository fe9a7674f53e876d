import type { Candidate, ReplyAtDesk } from '../../reading/reply-desk.service.js';
import { replyRow } from './replies-view.js';

const at = new Date('2026-11-30T01:00:00Z');
const candidate = (more: Partial<Candidate> = {}): Candidate => ({
  ...{
    copyId: 'c1',
    sentAt: at,
    isWithdrawal: false,
    failed: false,
    asks: true,
    withdrawn: false,
    isHis: true,
    reading: 'unread',
  },
  ...{ deliveryId: 'd1', issueId: 'i1', title: '每日快报第14期', copyNumber: 7, personId: 'p1', personName: '张三' },
  ...{ unitName: '县财政局', postTitle: '局长', open: true, ...more },
});
const row = (more: Partial<ReplyAtDesk['reply']> = {}, rest: Partial<Omit<ReplyAtDesk, 'reply'>> = {}) =>
  replyRow(
    {
      reply: {
        ...{ id: 'r1', provider: 'yunmas', lookupHash: 'h', sealedNumber: 's', sealedText: 's', masked: '154****0001' },
        ...{ sentTo: '', meaning: 'acknowledges', writtenAt: at, receivedAt: at, state: 'open', copyId: null },
        ...{ settledAt: null, settledBy: null, ...more },
      },
      ...{ text: '收到', owner: { personId: 'p1', name: '张三' }, candidates: [candidate()], ...rest },
    },
    new Map([['a1', '责任编辑甲']]),
  );

describe('a reply that waits', () => {
  it('says who wrote, when and through whom, and what it may be about', () => {
    expect(row()).toMatchObject({
      ...{ from: '张三 154****0001', ownerHref: '/people/p1', text: '收到', when: '2026年11月30日 09:00' },
      ...{ account: '移动云MAS', settled: null, mayReopen: false, mayReveal: true },
      candidates: [{ who: '县财政局 局长 张三（第7份）', sent: '2026年11月30日 09:00', state: '未打开', open: true }],
    });
    expect(row({}, { owner: null })).toMatchObject({ from: '154****0001', ownerHref: null });
  });

  it.each<[string, ReplyAtDesk['reply']['meaning'], Candidate[], string]>([
    ['several are open', 'acknowledges', [candidate(), candidate({ copyId: 'c2' })], '有2份都在等待签收'],
    ['one is, and another message came later', 'acknowledges', [candidate()], '不能确定说的是哪一份'],
    ['none is', 'acknowledges', [candidate({ open: false })], '没有还在等待签收的一份'],
    ['nothing was sent', 'acknowledges', [], '近7天没有经这个账号'],
    ['it is no acknowledgement', 'other', [candidate()], '系统看不出是签收，请看内容决定。'],
    ['it would end what cannot be ended', 'ends', [candidate()], '没有自愿订阅'],
  ])('says why when %s', (_, meaning, candidates, words) =>
    expect(row({ meaning }, { candidates }).why).toContain(words),
  );

  it.each<[Partial<Candidate>, string]>([
    [{ withdrawn: true }, '已撤回'],
    [{ withdrawn: true, isWithdrawal: true }, '已撤回，最近一条是撤回通知'],
    [{ asks: false }, '不要求签收'],
    [{ failed: true }, '未打开，服务商报告未送达'],
    [{ failed: true, reading: 'acknowledged' }, '已签收'],
  ])('says of a copy with %p what became of it', (more, state) =>
    expect(row({}, { candidates: [candidate(more)] }).candidates[0]!.state).toBe(state),
  );
});

describe('a reply that is settled', () => {
  const settled = { settledAt: at, settledBy: 'a1' };
  it('says who settled it, and how it can be taken up again', () => {
    expect(row({ ...settled, state: 'acknowledged', copyId: 'c1' })).toMatchObject({
      ...{
        why: '',
        settled: '2026年11月30日 09:00由责任编辑甲登记为签收',
        settledHref: '/copies/c1',
        mayReopen: false,
      },
    });
    expect(row({ ...settled, state: 'nothing' })).toMatchObject({
      ...{ settled: '2026年11月30日 09:00由责任编辑甲处理：不是签收', settledHref: null, mayReopen: true },
    });
    expect(row({ ...settled, settledBy: 'system', state: 'nothing' }).settled).toContain('长期没有处理');
  });

  it('says why there is no text', () => {
    const gone = { ...settled, state: 'nothing', lookupHash: null, sealedNumber: null } as const;
    expect(row(gone, { text: null })).toMatchObject({
      ...{ noText: '内容和号码已按规定删除。', mayReopen: false, mayReveal: false },
    });
    expect(row({}, { text: null }).noText).toContain('国家秘密标志');
  });
});
