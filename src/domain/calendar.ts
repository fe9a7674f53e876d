/** Civil time of Beijing. A fixed UTC+8 is exact: China has had no daylight saving since 1991. */

const offsetMs = 8 * 3_600_000;
const quietFrom = 20;
const quietUntil = 8;

/** `yyyy-mm-ddThh:mm:ss.sssZ` whose digits, in spite of the Z, read Beijing's clock. */
function beijingClock(at: Date): string {
  return new Date(at.getTime() + offsetMs).toISOString();
}

/** The civil date in Beijing, `yyyy-mm-dd`. */
export function beijingDate(at: Date): string {
  return beijingClock(at).slice(0, 10);
}

/** `2025-04-03` to 2025年4月3日. Throws RangeError for anything that is no civil date. */
export function chineseDate(isoDate: string): string {
  const valid = parseIsoDate(isoDate);
  if (valid === null) throw new RangeError(`not a civil date: ${isoDate}`);
  const [year, month, day] = valid.split('-').map(Number);
  return `${year}年${month}月${day}日`;
}

/** An instant as 2026年11月23日 08:05, Beijing time. */
export function chineseDateTime(at: Date): string {
  return `${chineseDate(beijingDate(at))} ${beijingClock(at).slice(11, 16)}`;
}

/** `yyyy-mm-dd` when the text is a date that exists, else null. */
export function parseIsoDate(text: string): string | null {
  const trimmed = text.trim();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(trimmed)) return null;
  const at = new Date(`${trimmed}T00:00:00Z`);
  // Date rolls 30 February over into March instead of refusing it.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(trimmed) ? trimmed : null;
}

/** 20:00–08:00 Beijing time, when nobody is disturbed except by 特急. */
export function isQuietHour(at: Date): boolean {
  const hour = Number(beijingClock(at).slice(11, 13));
  return hour >= quietFrom || hour < quietUntil;
}

/** The instant itself in waking hours, else the next 08:00 in Beijing. */
export function afterQuietHours(at: Date): Date {
  if (!isQuietHour(at)) return at;
  const morning = new Date(`${beijingDate(at)}T00:00:00Z`).getTime() + quietUntil * 3_600_000 - offsetMs;
  return new Date(morning > at.getTime() ? morning : morning + 24 * 3_600_000);
}
