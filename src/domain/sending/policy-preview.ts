import { addWorkingDays, type Calendar, nextWakingTime } from '../calendar.js';
import { byWish, type PublicationPolicy, type Wishes, wakingFor } from './channel-policy.js';
import { digestReason, digestTime, waitsForDigest } from './daily-digest.js';
import { reminderOrder } from '../channel-facts.js';
import { channelText } from './channel-text.js';
import type { PlannedCopy, PlannedDelivery } from './dispatch-plan.js';
import { carryText } from '../issue/secrecy.js';
import type { Urgency } from '../urgency.js';

/** One thing that would happen to one person, if nothing is opened or acknowledged before it. */
export interface PreviewStep {
  /** Null: not at a time, but when the step before fails. */
  at: Date | null;
  what: string;
  condition: string;
}

const minuteMs = 60_000;

/** What this person would get, when, for an issue signed off at `now`, as long as he gives no sign. */
export function previewFor(input: {
  policy: PublicationPolicy;
  wishes: Wishes | undefined;
  /** As the plan would have it: what goes first, what later, and what each may carry. */
  plan: Pick<PlannedCopy, 'deliveries' | 'later' | 'unreachable'>;
  urgency: Urgency;
  now: Date;
  calendar: Calendar;
  /** When the daily digest leaves, in minutes of the day. */
  digestMinutes: number;
}): PreviewStep[] {
  const { policy, wishes, plan, urgency, now, calendar } = input;
  if (plan.deliveries.length === 0)
    return [{ at: null, what: '列入电话名单', condition: plan.unreachable ?? '没有可用的联系方式' }];

  const first = wakingFor({ urgency, urgentReason: null, policy, wishes, purpose: 'initial' });
  const wish = wishes?.dailyDigest ?? false;
  const isCorrection = false;
  const digest = plan.deliveries.filter(({ channel }) => waitsForDigest({ wish, channel, urgency, isCorrection }));
  const atOnce = plan.deliveries.filter((message) => !digest.includes(message));
  let last = nextWakingTime(now, first, calendar);
  const steps: PreviewStep[] = [];
  if (atOnce.length) {
    const together = atOnce.length > 1 ? '同时发送' : '发送';
    steps.push({ at: last, what: `${atOnce.map(messageText).join('、')}${together}`, condition: '签发后' });
  }
  if (digest.length) {
    const at = digestTime(now, input.digestMinutes, first, calendar);
    steps.push({ at, what: `${channelText.email}发送`, condition: digestReason });
    if (atOnce.length === 0) last = at;
  }
  for (const rung of plan.later) {
    const { afterMinutes } = rung;
    if (afterMinutes !== null)
      last = nextWakingTime(new Date(last.getTime() + afterMinutes * minuteMs), first, calendar);
    const condition = afterMinutes === null ? '上一个通道发送失败' : `${afterMinutes}分钟内没有送达回执，也没有打开`;
    steps.push({ at: afterMinutes === null ? null : last, what: `${messageText(rung)}发送`, condition });
  }
  return [...steps, ...chasing(input, last)];
}

const messageText = ({ channel, carry }: PlannedDelivery): string => `${channelText[channel]}（${carryText[carry]}）`;

function chasing(
  { policy, wishes, plan, urgency, calendar }: Parameters<typeof previewFor>[0],
  from: Date,
): PreviewStep[] {
  if (!policy.asksAcknowledgement) return [];
  const days = policy.remindAfterDays;
  const unacknowledged = `${days}个工作日内没有签收`;
  const waking = wakingFor({ purpose: 'reminder', urgency, urgentReason: null, policy, wishes });
  // A channel that was to be used only after a failure has not been used.
  const used = [...plan.deliveries, ...plan.later.filter(({ afterMinutes }) => afterMinutes !== null)];
  const channel = byWish(reminderOrder, wishes?.channelOrder ?? []).find((kind) =>
    used.some((message) => message.channel === kind),
  )!;
  const reminders = policy.autoRemind ? policy.maxReminders : 0;
  const steps: PreviewStep[] = [];
  let last = from;
  for (let round = 1; round <= reminders; round += 1) {
    last = nextWakingTime(addWorkingDays(last, days, calendar), { ...waking, workingDaysOnly: true }, calendar);
    steps.push({ at: last, what: `第${round}次催阅：${channelText[channel]}`, condition: unacknowledged });
  }
  return [...steps, { at: addWorkingDays(last, days, calendar), what: '列入电话名单', condition: unacknowledged }];
}
