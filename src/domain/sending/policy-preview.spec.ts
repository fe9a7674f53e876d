import type { Calendar, DayKind } from '../calendar.js';
import { chineseDateTime } from '../calendar.js';
import { defaultPolicy, type PublicationPolicy, type Wishes } from './channel-policy.js';
import { channelKinds, type ChannelKind } from '../delivery.js';
import { planDispatch } from './dispatch-plan.js';
import { previewFor } from './policy-preview.js';
import type { SecrecyLevel } from '../issue/secrecy.js';

const calendar: Calendar = new Map<string, DayKind>([['2026-10-10', 'workday']]);

function preview(
  policy: Partial<PublicationPolicy>,
  now: string,
  more: { has?: readonly ChannelKind[]; wishes?: Wishes; level?: SecrecyLevel; ownMailDomain?: boolean } = {},
): string[] {
  const whole = { ...defaultPolicy, ...policy };
  const contact = { usable: true, ownMailDomain: more.ownMailDomain ?? false };
  const { copies } = planDispatch({
    entries: [{ personId: 'p', protocolOrder: 1 }],
    contacts: new Map([['p', (more.has ?? channelKinds).map((kind) => ({ id: kind, kind, ...contact }))]]),
    channels: channelKinds,
    level: more.level ?? 'public',
    policy: whole,
    wishes: new Map([['p', more.wishes?.channelOrder ?? []]]),
  });
  const steps = previewFor({
    policy: whole,
    wishes: more.wishes,
    plan: copies[0]!,
    urgency: 'normal',
    now: new Date(`${now}:00+08:00`),
    calendar,
    digestMinutes: 17 * 60,
  });
  return steps.map(({ at, what, condition }) => `${at === null ? '' : chineseDateTime(at)}|${what}|${condition}`);
}

describe('what a person would get', () => {
  it('under a ladder with one reminder, signed by day', () => {
    expect(preview({ mode: 'ladder', autoRemind: true }, '2026-11-23T10:00')).toEqual([
      '2026年11月23日 10:00|企业微信（标题摘要和链接）发送|签发后',
      '2026年11月23日 10:10|短信（标题摘要和链接）发送|10分钟内没有送达回执，也没有打开',
      '2026年11月23日 11:10|电子邮件（全文）发送|60分钟内没有送达回执，也没有打开',
      '2026年11月25日 11:10|第1次催阅：短信|2个工作日内没有签收',
      '2026年11月27日 11:10|列入电话名单|2个工作日内没有签收',
    ]);
  });

  it('when the evening comes between the rungs', () => {
    expect(preview({ mode: 'ladder' }, '2026-11-27T19:55').slice(0, 2)).toEqual([
      '2026年11月27日 19:55|企业微信（标题摘要和链接）发送|签发后',
      '2026年11月30日 08:00|短信（标题摘要和链接）发送|10分钟内没有送达回执，也没有打开',
    ]);
  });

  it('with a daily digest, which only the mail waits for', () => {
    const wishes = { channelOrder: [], quietFrom: null, quietUntil: null, dailyDigest: true };
    const steps = preview({ mode: 'all' }, '2026-11-23T10:00', { wishes, has: ['sms', 'email'] });
    expect(steps.slice(0, 2)).toEqual([
      '2026年11月23日 10:00|短信（标题摘要和链接）发送|签发后',
      '2026年11月23日 17:00|电子邮件发送|随每日汇总发送',
    ]);
    const mailOnly = preview({ mode: 'all' }, '2026-11-23T17:30', { wishes, has: ['email'] });
    expect(mailOnly[0]).toBe('2026年11月24日 17:00|电子邮件发送|随每日汇总发送');
  });

  it('with one channel after another, in the order the person wants', () => {
    const wishes = { channelOrder: ['email'] as const, quietFrom: null, quietUntil: null, dailyDigest: false };
    expect(preview({ mode: 'first' }, '2026-11-23T10:00', { wishes, has: ['sms', 'email'] })).toEqual([
      '2026年11月23日 10:00|电子邮件（全文）发送|签发后',
      '|短信（标题摘要和链接）发送|上一个通道发送失败',
      '2026年11月25日 10:00|列入电话名单|2个工作日内没有签收',
    ]);
    // The second channel is for a failure only: a reminder goes where the first message went.
    const reminded = preview({ mode: 'first', autoRemind: true }, '2026-11-23T10:00', {
      wishes,
      has: ['sms', 'email'],
    });
    expect(reminded[2]).toBe('2026年11月25日 10:00|第1次催阅：电子邮件|2个工作日内没有签收');
  });

  it('on all channels at once after a working Saturday’s night', () => {
    expect(preview({ maxReminders: 2, autoRemind: true, remindAfterDays: 1 }, '2026-10-09T21:00')).toEqual([
      '2026年10月10日 08:00|电子邮件（全文）、短信（标题摘要和链接）、企业微信（标题摘要和链接）、微信服务号（标题摘要和链接）同时发送|签发后',
      '2026年10月12日 08:00|第1次催阅：短信|1个工作日内没有签收',
      '2026年10月13日 08:00|第2次催阅：短信|1个工作日内没有签收',
      '2026年10月14日 08:00|列入电话名单|1个工作日内没有签收',
    ]);
  });

  it('without acknowledgement nobody is chased; without an address somebody phones', () => {
    expect(preview({ asksAcknowledgement: false }, '2026-11-23T10:00')).toHaveLength(1);
    expect(preview({}, '2026-11-23T10:00', { has: [] })).toEqual([
      '|列入电话名单|没有登记可用的联系方式（电子邮件、短信、企业微信、微信服务号），请补充，或送纸质件。',
    ]);
  });

  it('of a class that keeps channels closed, only over those that stay open', () => {
    expect(preview({ mode: 'ladder' }, '2026-11-23T10:00', { level: 'internal' }).slice(0, 3)).toEqual([
      '2026年11月23日 10:00|企业微信（刊名、期号和链接）发送|签发后',
      '2026年11月23日 10:10|短信（刊名、期号和链接）发送|10分钟内没有送达回执，也没有打开',
      '2026年11月23日 11:10|电子邮件（刊名、期号和链接）发送|60分钟内没有送达回执，也没有打开',
    ]);
    const secret = { level: 'workSecret' as const };
    expect(preview({ mode: 'ladder' }, '2026-11-23T10:00', { ...secret, ownMailDomain: true })[0]).toBe(
      '2026年11月23日 10:00|电子邮件（只提示有新件，不出现刊名、期号和内容）发送|签发后',
    );
    expect(preview({ mode: 'ladder' }, '2026-11-23T10:00', secret)).toEqual([
      '|列入电话名单|密级为“工作秘密”，其联系方式所在的通道不得发送，请送纸质件。',
    ]);
  });
});
