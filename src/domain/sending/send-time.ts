/** When a signed issue starts to leave: after a short time in which the sign-off can be undone, or at a time set for it. */

/** A start missed by more than this, because the system was down, is not made up for without asking: news may be old. */
export const lateAfterMs = 15 * 60_000;
/** A time further ahead than this is taken for a slip of the pen. */
export const furthestAheadMs = 30 * 86_400_000;

export type Start = 'wait' | 'start' | 'ask';

export function startOf(sendAt: Date, now: Date): Start {
  if (sendAt > now) return 'wait';
  return now.getTime() - sendAt.getTime() > lateAfterMs ? 'ask' : 'start';
}

/**
 * Beijing's clock as a browser's date field gives it, `2026-11-23T08:00`.
 *
 * @returns the instant, or why it cannot be taken
 */
export function readSendTime(text: string, now: Date): { at: Date } | { fault: string } {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2})?$/.exec(text.trim());
  const at = new Date(match ? `${match[1]}T${match[2]}:00+08:00` : NaN);
  if (Number.isNaN(at.getTime())) return { fault: '预定时间不正确，请按“年-月-日 时:分”填写。' };
  if (at <= now) return { fault: '预定时间已经过去，请改为以后的时间，或不填而立即发送。' };
  if (at.getTime() - now.getTime() > furthestAheadMs) return { fault: '预定时间超过30天，请核对年月日。' };
  return { at };
}
