import type { TextHolder } from '../../issues/text-holders.repository.js';
import { holderCounts, holderRow, holderTable } from './withdrawal-view.js';

const holder = (changes: Partial<TextHolder> = {}): TextHolder => ({
  copyId: 'c',
  copyNumber: 7,
  personName: '郑甲',
  postTitle: '部长',
  unitName: '县委宣传部',
  reading: 'unread',
  openedAt: null,
  acknowledgedAt: null,
  acknowledgedVia: null,
  onBehalfBy: null,
  brought: [
    {
      channel: 'sms',
      purpose: 'initial',
      state: 'delivered',
      addressMasked: '154****0007',
      sentAt: '2025-04-03T02:00:00Z',
      deliveredAt: '2025-04-03T02:01:00Z',
    },
  ],
  notices: [{ channel: 'sms', state: 'sent' }],
  ...changes,
});
const doubtful = holder({
  brought: [
    {
      channel: 'email',
      purpose: 'initial',
      state: 'cancelled',
      addressMasked: 'r***@x.cn',
      sentAt: null,
      deliveredAt: null,
    },
  ],
});

it('says over which channel the text came, when, and whether the person was told', () => {
  expect(holderRow(holder())).toMatchObject({
    brought: [{ what: '短信 154****0007：已送达', when: '2025年4月3日 10:01' }],
    notice: '短信已发送',
  });
  expect(holderRow(doubtful).brought).toEqual([{ what: '电子邮件 r***@x.cn：可能已发出', when: '' }]);
});

it('keeps what is certain apart from what is only possible', () => {
  const at = new Date('2025-04-03T03:00:00Z');
  const behalf = holder({ reading: 'acknowledged', acknowledgedAt: at, onBehalfBy: '王联络员' });
  expect(holderCounts([holder(), doubtful, behalf])).toEqual({ people: 3, certain: 2, opened: 0, acknowledged: 1 });
  expect(holderTable([behalf])[1]).toContain('2025年4月3日 11:00（由王联络员代签收）');
});
