/** Civil time of Beijing. A fixed UTC+8 is exact: China has had no daylight saving since 1991. */

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const offsetMs = 8 * hourMs;

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

/** `yyyy-mm-dd` when the text is a date that exists, from 1900 to 2199, else null: others are slips of the hand. */
export function parseIsoDate(text: string): string | null {
  const trimmed = text.trim();
  if (!/^(?:19|2[01])\d{2}-\d{2}-\d{2}$/.test(trimmed)) return null;
  const at = new Date(`${trimmed}T00:00:00Z`);
  // Date rolls 30 February over into March instead of refusing it.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(trimmed) ? trimmed : null;
}

/** The hour of Beijing's day, 0–23. */
export function beijingHour(at: Date): number {
  return Number(beijingClock(at).slice(11, 13));
}

export type DayKind = 'holiday' | 'workday';

/** Days that are not what the week says, by `yyyy-mm-dd`: statutory holidays, and weekends that are worked (调休). */
export type Calendar = ReadonlyMap<string, DayKind>;

/** A date the calendar does not name follows the week. */
export function isWorkingDay(isoDate: string, calendar: Calendar): boolean {
  const kind = calendar.get(isoDate);
  return kind === undefined ? isWeekday(isoDate) : kind === 'workday';
}

/** Monday to Friday. */
export function isWeekday(isoDate: string): boolean {
  const day = new Date(`${isoDate}T00:00:00Z`).getUTCDay();
  return day !== 0 && day !== 6;
}

/** The civil date so many days later; negative for earlier. */
export function daysLater(isoDate: string, days: number): string {
  return new Date(Date.parse(`${isoDate}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** The same time of day, so many working days later: two after Friday is Tuesday. */
export function addWorkingDays(at: Date, days: number, calendar: Calendar): Date {
  return stepWorkingDays(at, days, 1, calendar);
}

/** The latest moment from which so many working days have passed by now. */
export function workingDaysBefore(now: Date, days: number, calendar: Calendar): Date {
  const today = isWorkingDay(beijingDate(now), calendar) ? 1 : 0;
  const first = stepWorkingDays(now, days - today, -1, calendar);
  return new Date(first.getTime() - dayMs);
}

function stepWorkingDays(at: Date, days: number, step: 1 | -1, calendar: Calendar): Date {
  let moment = at.getTime();
  for (let left = days; left > 0;) {
    moment += step * dayMs;
    if (isWorkingDay(beijingDate(new Date(moment)), calendar)) left -= 1;
  }
  return new Date(moment);
}

/** Hours of the day in which nobody is disturbed (安静时段): bit n stands for the hour from n o'clock in Beijing. */
export type QuietHours = number;

const allDay: QuietHours = 2 ** 24 - 1;

/** From 20 until 8 goes across midnight; the same hour twice is none at all. */
export function quietHours(from: number, until: number): QuietHours {
  let hours = 0;
  for (let hour = from; hour !== until; hour = (hour + 1) % 24) hours |= 1 << hour;
  return hours;
}

/** Both people's wishes; when they leave no hour at all, the first alone. */
export function bothQuiet(office: QuietHours, person: QuietHours): QuietHours {
  const both = office | person;
  return both === allDay ? office : both;
}

export function isQuiet(at: Date, hours: QuietHours): boolean {
  return (hours & (1 << beijingHour(at))) !== 0;
}

/** What a message waits for. */
export interface Waking {
  quiet: QuietHours;
  workingDaysOnly: boolean;
}

/** Longest search: no run of days off is near so long. */
const furthestDays = 60;

/** The instant itself when the message may leave, else the next full hour in which it may. */
export function nextWakingTime(at: Date, { quiet, workingDaysOnly }: Waking, calendar: Calendar): Date {
  const mayLeave = (moment: Date): boolean =>
    !isQuiet(moment, quiet) && (!workingDaysOnly || isWorkingDay(beijingDate(moment), calendar));
  let moment = at;
  for (let hours = 0; !mayLeave(moment) && hours < furthestDays * 24; hours += 1) {
    moment = new Date((Math.floor(moment.getTime() / hourMs) + 1) * hourMs);
  }
  return moment;
}

/** Years without a single day on file. The notice for the next year comes in November. */
export function yearsWithoutData(today: string, calendar: Calendar): number[] {
  const year = Number(today.slice(0, 4));
  const needed = today.slice(5, 7) >= '11' ? [year, year + 1] : [year];
  return needed.filter((wanted) => ![...calendar.keys()].some((day) => day.startsWith(String(wanted))));
}
