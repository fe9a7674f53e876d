import type { LoadedCopy } from './copy.repository.js';
import { copyTimeline } from './copy-timeline.js';

const at = (text: string): Date => new Date(`2026-11-23T${text}Z`);
type Delivery = LoadedCopy['deliveries'][number];
const delivery = {
  id: 'd1',
  channel: 'sms',
  purpose: 'initial',
  round: 0,
  addressMasked: '154****0001',
  createdAt: at('01:00:00.000'),
  attemptRows: [
    {
      deliveryId: 'd1',
      attemptNo: 1,
      provider: 'aliyun',
      startedAt: at('01:00:05.400'),
      endedAt: null,
      outcome: 'refused',
      class: 'recipient',
      code: 'isv.MOBILE_NUMBER_ILLEGAL',
      reason: '手机号码无效',
      reference: null,
    },
  ],
} as unknown as Delivery;
const copy = (changes: object = {}): LoadedCopy =>
  ({
    edition: { plannedAt: at('01:00:00.000') },
    unreachable: null,
    lateAt: null,
    lateReason: null,
    linkRevokedAt: null,
    deliveries: [delivery],
    reports: [],
    evidence: [],
    signatures: [],
    ...changes,
  }) as unknown as LoadedCopy;
const titles = (loaded: LoadedCopy): string[] => copyTimeline(loaded).map(({ title }) => title);

it("keeps the provider's own words", () => {
  const [planned, attempt] = copyTimeline(copy());
  expect(planned?.detail).toBe('短信 154****0001');
  expect(attempt).toMatchObject({
    title: '短信：第1次发送',
    detail: '经阿里云短信；被拒绝；手机号码无效（isv.MOBILE_NUMBER_ILLEGAL）',
    tone: 'bad',
  });
});

it('names the account that each try went through', () => {
  const [row] = delivery.attemptRows;
  const tries = [
    { ...row, provider: 'aliyun', outcome: 'retry', code: 'HTTP_503', reason: '服务商暂停服务' },
    {
      ...row,
      attemptNo: 2,
      provider: 'tencent',
      startedAt: at('01:01:00.000'),
      outcome: 'accepted',
      code: null,
      reason: null,
      reference: '2019:1',
    },
    { ...row, attemptNo: 3, provider: 'elsewhere', startedAt: at('01:02:00.000'), outcome: null },
  ];
  const report = {
    deliveryId: 'd1',
    provider: 'tencent',
    status: 'delivered',
    code: 'DELIVRD',
    reason: '',
    reportedAt: at('01:01:05.000'),
  };
  const [, ...entries] = copyTimeline(copy({ deliveries: [{ ...delivery, attemptRows: tries }], reports: [report] }));
  expect(entries.map(({ detail }) => detail)).toEqual([
    '经阿里云短信；暂未发出，将重试；服务商暂停服务（HTTP_503）',
    '经腾讯云短信；通道已接收；通道编号：2019:1',
    '由腾讯云短信报告；服务商代码：DELIVRD',
    '经elsewhere发送中。',
  ]);
});

it('puts a report after its sending although providers tell whole seconds', () => {
  const report = {
    deliveryId: 'd1',
    provider: 'aliyun',
    status: 'delivered',
    code: 'DELIVRD',
    reason: '',
    reportedAt: at('01:00:05.000'),
  };
  expect(titles(copy({ reports: [report] }))).toEqual(['列入发送计划', '短信：第1次发送', '短信：送达回执']);
});

it('says which message was a reminder', () => {
  const reminder = { ...delivery, purpose: 'reminder', round: 2, attemptRows: [] };
  expect(titles(copy({ deliveries: [reminder] }))[1]).toBe('短信（催阅第2次）：已安排');
});

it('never calls a fetched link opened, nor an act on behalf the own act', () => {
  const evidence = [
    { kind: 'fetched', at: at('02:00:00.000'), via: 'page', by: null, note: null, proof: null },
    { kind: 'acknowledged', at: at('03:00:00.000'), via: 'phone', by: '王联络员', note: '已读', proof: null },
  ];
  const [, , fetched, acknowledged] = copyTimeline(copy({ evidence }));
  expect(fetched).toMatchObject({ title: '链接被访问', tone: 'neutral' });
  expect(acknowledged).toMatchObject({ title: '代签收', detail: '由王联络员办理；电话确认；已读' });
});

it('says on what a press was believed, and of what a programme did that it is no acknowledgement', () => {
  const press = { at: at('03:00:00.000'), via: 'page', by: null, note: null };
  const evidence = [
    { ...press, kind: 'machine', proof: null },
    { ...press, kind: 'acknowledged', proof: { pageSeconds: 42, asked: true } },
    { ...press, kind: 'acknowledged', proof: null },
  ];
  const told = copyTimeline(copy({ evidence })).slice(-3);
  expect(told[0]).toMatchObject({ title: '程序自动提交', tone: 'warn' });
  expect(told[0]!.detail).toContain('不算签收');
  expect(told.slice(1).map(({ detail }) => detail)).toEqual(['阅读页；页面打开42秒后按下，经再次确认', '阅读页']);
});

it('says that a mail waits for the digest and when that leaves, and takes the report of the shared mail for its own', () => {
  const mail = { ...delivery, channel: 'email', carriedBy: null, state: 'planned', attemptRows: [] };
  const waiting = { ...mail, deferred: '随每日汇总发送', nextAttemptAt: at('09:00:00.000') };
  expect(copyTimeline(copy({ deliveries: [waiting] })).at(-1)).toMatchObject({
    title: '电子邮件：随每日汇总发送',
    time: '2026年11月23日 17:00',
  });

  const attempt = { ...delivery.attemptRows[0], startedAt: at('09:00:01.000'), outcome: 'accepted', reason: null };
  const left = { ...mail, deferred: null, state: 'delivered', carriedBy: 'lead', attemptNo: 1, attemptRows: [attempt] };
  const report = {
    provider: 'smtp',
    deliveryId: 'lead',
    status: 'delivered',
    code: '2.0.0',
    reason: '',
    reportedAt: at('09:00:02.000'),
  };
  const before = { ...report, status: 'failed', reportedAt: at('08:00:00.000') };
  expect(titles(copy({ deliveries: [left], reports: [before, report] }))).toEqual([
    '列入发送计划',
    '电子邮件：第1次发送（每日汇总）',
    '电子邮件：送达回执',
  ]);
});

it('says whether the provider took a withdrawn message back, and nothing while it has not answered', () => {
  const recalled = (recall: object) => {
    const card = { ...delivery, channel: 'wecom', attemptRows: [], recall };
    return copyTimeline(copy({ deliveries: [card] })).at(-1);
  };
  const answeredAt = at('02:00:00.000');
  expect(recalled({ answeredAt, code: null, reason: null })).toMatchObject({
    title: '企业微信：已从对方的企业微信撤回',
    tone: 'neutral',
  });
  expect(recalled({ answeredAt, code: '60020', reason: '本机 IP 不在名单中。' })).toMatchObject({
    title: '企业微信：未能从对方的企业微信撤回',
    detail: '本机 IP 不在名单中。（60020）',
    tone: 'warn',
  });
  expect(recalled({ answeredAt: null, code: null, reason: null })?.title).toBe('列入发送计划');
});
