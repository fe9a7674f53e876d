import { beijingDate } from '../calendar.js';

/**
 * Mails to one outside domain on each of the first days under a new sending domain. Providers trust a domain they know, and block one
 * that begins with hundreds; their numbers are secret. Some dozens, doubled each day, is what is commonly advised.
 */
const mailsOnDay: readonly number[] = [50, 100, 200, 400, 800, 1600, 3200];

export const rampDays = mailsOnDay.length;

/**
 * How far a new sending domain may go today; null when it is not new any more, or not in use yet.
 *
 * @param from the day it came into use, `2026-12-01`
 */
export function rampAt(from: string | null, now: Date): { day: number; mails: number } | null {
  if (from === null) return null;
  const day = (Date.parse(beijingDate(now)) - Date.parse(from)) / 86_400_000;
  const mails = mailsOnDay[day];
  return mails === undefined ? null : { day: day + 1, mails };
}
