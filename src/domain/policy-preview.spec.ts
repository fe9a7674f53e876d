import type { Calendar, DayKind } from './calendar.js';
import { chineseDateTime } from './calendar.js';
import { defaultPolicy, type PublicationPolicy, type Wishes } from './channel-policy.js';
import { channelKinds, type ChannelKind } from './delivery.js';
import { previewFor } from './policy-preview.js';

const calendar: Calendar = new Map<string, DayKind>([['2026-10-10', 'workday']]);

function preview(
  policy: Partial<PublicationPolicy>,
  now: string,
  more: { has?: readonly ChannelKind[]; wishes?: Wishes } = {},
): string[] {
  const steps = previewFor({
    policy: { ...defaultPolicy, ...policy },
    wishes: more.wishes,
    has: more.has ?? channelKinds,
    urgency: 'normal',
    now: new Date(`${now}:00+08:00`),
    calendar,
  });
  return steps.map(({ at, what, condition }) => `${at === null ? '' : chineseDateTime(at)}|${what}|${condition}`);
}

describe('what a person would get', () => {
  it('under a ladder with one reminder, signed by day', () => {
    expect(preview({ mode: 'ladder', autoRemind: true }, '2026-11-23T10:00')).toEqual([
      '2026年11月23日 10:00|企业微信发送|签发后',
      '2026年11月23日 10:10|短信发送|10分钟内没有送达回执，也没有打开',
      '2026年11月23日 11:10|电子邮件发送|60分钟内没有送达回执，也没有打开',
      '2026年11月25日 11:10|第1次催阅：短信|2个工作日内没有签收',
      '2026年11月27日 11:10|列入电话名单|2个工作日内没有签收',
    ]);
  });

  it('when the evening comes between the rungs', () => {
    expect(preview({ mode: 'ladder' }, '2026-11-27T19:55').slice(0, 2)).toEqual([
      '2026年11月27日 19:55|企业微信发送|签发后',
      '2026年11月30日 08:00|短信发送|10分钟内没有送达回执，也没有打开',
    ]);
  });

  it('with one channel after another, in the order the person wants', () => {
    const wishes = { channelOrder: ['email'] as const, quietFrom: null, quietUntil: null };
    expect(preview({ mode: 'first' }, '2026-11-23T10:00', { wishes, has: ['sms', 'email'] })).toEqual([
      '2026年11月23日 10:00|电子邮件发送|签发后',
      '|短信发送|上一个通道发送失败',
      '2026年11月25日 10:00|列入电话名单|2个工作日内没有签收',
    ]);
  });

  it('on all channels at once after a working Saturday’s night', () => {
    expect(preview({ maxReminders: 2, autoRemind: true, remindAfterDays: 1 }, '2026-10-09T21:00')).toEqual([
      '2026年10月10日 08:00|电子邮件、短信、企业微信同时发送|签发后',
      '2026年10月12日 08:00|第1次催阅：短信|1个工作日内没有签收',
      '2026年10月13日 08:00|第2次催阅：短信|1个工作日内没有签收',
      '2026年10月14日 08:00|列入电话名单|1个工作日内没有签收',
    ]);
  });

  it('without acknowledgement nobody is chased; without an address somebody phones', () => {
    expect(preview({ asksAcknowledgement: false }, '2026-11-23T10:00')).toHaveLength(1);
    expect(preview({}, '2026-11-23T10:00', { has: [] })).toEqual(['|列入电话名单|没有可用的联系方式']);
  });
});
