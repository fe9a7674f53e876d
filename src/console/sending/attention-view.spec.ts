import { attentionView } from './attention-view.js';

it('adds up what failed, over all reasons', () => {
  const failures = [
    { code: '5.1.1', channels: ['email' as const], reason: '邮箱不存在', count: 3 },
    { code: null, channels: ['sms' as const], reason: '', count: 2 },
  ];
  const view = attentionView({
    issueId: 'i',
    channels: [],
    failures,
    heldGroups: [],
    held: [],
    may: { act: true, reopen: false },
  });
  expect(view.failed).toBe(5);
  expect(view.failures[1]).toMatchObject({ code: null, reason: '通道没有说明原因。' });
});

it('tells of a doubt what was tried and what the provider said', () => {
  const held = [
    {
      deliveryId: 'd',
      copyId: 'c',
      unitName: '县人大',
      postTitle: '主任',
      personName: '钱甲',
      channel: 'sms' as const,
      addressMasked: '154****0001',
      tries: [
        { attemptNo: 1, startedAt: '2025-04-03T02:00:00Z', outcome: 'unknown', code: 'TIMEOUT', reason: '没有应答' },
        { attemptNo: 2, startedAt: '2025-04-03T02:10:00Z', outcome: null, code: null, reason: null },
      ],
    },
  ];
  const heldGroups = [{ channel: 'sms' as const, code: 'TIMEOUT', reason: '', count: 1 }];
  const may = { act: true, reopen: false };
  const view = attentionView({ issueId: 'i', channels: [], failures: [], heldGroups, held, may });
  expect(view.held[0]!.tries).toEqual([
    '第1次，2025年4月3日 10:00：没有应答（TIMEOUT）',
    '第2次，2025年4月3日 10:10：没有得到通道的答复',
  ]);
  expect(view).toMatchObject({ heldTotal: 1, heldGroups: [{ name: '短信', reason: '通道没有说明原因。' }] });
});
