import { addWorkingDays, type Calendar, nextWakingTime } from './calendar.js';
import { byWish, type PublicationPolicy, rungsFor, type Wishes, wakingFor } from './channel-policy.js';
import { channelText } from './channel-text.js';
import type { ChannelKind } from './delivery.js';
import type { Urgency } from './urgency.js';

/** One thing that would happen to one person, if nothing is opened or acknowledged before it. */
export interface PreviewStep {
  /** Null: not at a time, but when the step before fails. */
  at: Date | null;
  what: string;
  condition: string;
}

const minuteMs = 60_000;
/** A reminder takes the channel that rings first. */
const reminderOrder: readonly ChannelKind[] = ['sms', 'wecom', 'email'];

/** What this person would get, when, for an issue signed off at `now`, as long as he gives no sign. */
export function previewFor(input: {
  policy: PublicationPolicy;
  wishes: Wishes | undefined;
  /** Channels on which the person can be reached. */
  has: readonly ChannelKind[];
  urgency: Urgency;
  now: Date;
  calendar: Calendar;
}): PreviewStep[] {
  const { policy, wishes, has, urgency, now, calendar } = input;
  const waking = { urgency, urgentReason: null, policy, wishes };
  const first = wakingFor({ ...waking, purpose: 'initial' });
  if (has.length === 0) return [{ at: null, what: '列入电话名单', condition: '没有可用的联系方式' }];

  let last = nextWakingTime(now, first, calendar);
  const steps: PreviewStep[] = [];
  if (policy.mode === 'all') {
    steps.push({ at: last, what: `${has.map((kind) => channelText[kind]).join('、')}同时发送`, condition: '签发后' });
  } else {
    for (const { channel, afterMinutes } of rungsFor(policy, wishes?.channelOrder ?? [], has)) {
      const isFirst = steps.length === 0;
      if (afterMinutes !== null)
        last = nextWakingTime(new Date(last.getTime() + afterMinutes * minuteMs), first, calendar);
      const condition = afterMinutes === null ? '上一个通道发送失败' : `${afterMinutes}分钟内没有送达回执，也没有打开`;
      const at = isFirst || afterMinutes !== null ? last : null;
      steps.push({ at, what: `${channelText[channel]}发送`, condition: isFirst ? '签发后' : condition });
    }
  }
  return [...steps, ...chasing(input, last)];
}

function chasing(
  { policy, wishes, has, urgency, calendar }: Parameters<typeof previewFor>[0],
  from: Date,
): PreviewStep[] {
  if (!policy.asksAcknowledgement) return [];
  const days = policy.remindAfterDays;
  const unacknowledged = `${days}个工作日内没有签收`;
  const waking = wakingFor({ purpose: 'reminder', urgency, urgentReason: null, policy, wishes });
  const channel = byWish(reminderOrder, wishes?.channelOrder ?? []).find((kind) => has.includes(kind))!;
  const reminders = policy.autoRemind ? policy.maxReminders : 0;
  const steps: PreviewStep[] = [];
  let last = from;
  for (let round = 1; round <= reminders; round += 1) {
    last = nextWakingTime(addWorkingDays(last, days, calendar), { ...waking, workingDaysOnly: true }, calendar);
    steps.push({ at: last, what: `第${round}次催阅：${channelText[channel]}`, condition: unacknowledged });
  }
  return [...steps, { at: addWorkingDays(last, days, calendar), what: '列入电话名单', condition: unacknowledged }];
}
