import { beijingDate, type Calendar, daysLater, isWorkingDay, nextWakingTime, type Waking } from '../calendar.js';
import type { Urgency } from '../urgency.js';

/** What stands on a delivery while it waits for the day's digest (每日汇总). */
export const digestReason = '随每日汇总发送';

/**
 * Only a first mail of ordinary urgency waits for the digest. A correction does not: whoever has the wrong text acts on it now.
 */
export function waitsForDigest(input: {
  wish: boolean;
  channel: string;
  urgency: Urgency;
  isCorrection: boolean;
}): boolean {
  return input.wish && input.channel === 'email' && input.urgency === 'normal' && !input.isCorrection;
}

/** Minutes of the day as 17:00. */
export const clockText = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

const minuteMs = 60_000;

/**
 * When what falls due now leaves with a digest: at the day's time, on a working day if it needs one; where that lies in
 * quiet hours, at their end.
 *
 * @param minutes of Beijing's day
 */
export function digestTime(now: Date, minutes: number, rule: Waking, calendar: Calendar): Date {
  const on = (day: string): Date => new Date(Date.parse(`${day}T00:00:00+08:00`) + minutes * minuteMs);
  let day = beijingDate(now);
  // The calendar names no run of days off that is near so long.
  for (let tries = 0; tries < 60 && (on(day) < now || !mayBe(day, rule, calendar)); tries += 1) day = daysLater(day, 1);
  return nextWakingTime(on(day), rule, calendar);
}

const mayBe = (day: string, { workingDaysOnly }: Waking, calendar: Calendar): boolean =>
  !workingDaysOnly || isWorkingDay(day, calendar);
