import type { CalendarDay } from '../../dispatch/when/calendar.repository.js';
import { chineseDate, daysLater, isWeekday } from '../../domain/calendar.js';

export interface DayCell {
  /** Of the month; empty before its first. */
  number: string;
  /** 休 or 班 on a day that is not what the week says. */
  mark: string;
  off: boolean;
  /** For screen readers and as a tip. */
  title: string;
}

export interface CalendarView {
  year: number;
  years: readonly { year: number; current: boolean }[];
  months: readonly { name: string; weeks: readonly (readonly DayCell[])[] }[];
  days: readonly { day: string; dateText: string; weekday: string; kind: string; name: string; source: string }[];
  workingDays: number;
}

const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];
const kindText = { holiday: '放假', workday: '上班' } as const;

export function calendarView(year: number, thisYear: number, days: readonly CalendarDay[]): CalendarView {
  const byDay = new Map(days.map((day) => [day.day, day]));
  const months = Array.from({ length: 12 }, (_, month) => monthOf(year, month + 1, byDay));
  const cells = months.flatMap(({ weeks }) => weeks.flat()).filter(({ number }) => number !== '');
  return {
    year,
    years: [thisYear - 1, thisYear, thisYear + 1].map((other) => ({ year: other, current: other === year })),
    months,
    days: days.map(({ day, kind, name, source }) => ({
      day,
      dateText: chineseDate(day),
      weekday: weekdays[weekdayOf(day)]!,
      kind: kindText[kind],
      name,
      source,
    })),
    workingDays: cells.filter(({ off }) => !off).length,
  };
}

function monthOf(year: number, month: number, byDay: ReadonlyMap<string, CalendarDay>) {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  // The week begins on Monday.
  const cells: DayCell[] = Array.from({ length: (weekdayOf(first) + 6) % 7 }, () => empty);
  for (let day = first; day.slice(0, 7) === first.slice(0, 7); day = daysLater(day, 1)) cells.push(cellOf(day, byDay));
  while (cells.length % 7 > 0) cells.push(empty);
  const weeks = Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
  return { name: `${month}月`, weeks };
}

const empty: DayCell = { number: '', mark: '', off: false, title: '' };

function cellOf(day: string, byDay: ReadonlyMap<string, CalendarDay>): DayCell {
  const named = byDay.get(day);
  const number = String(Number(day.slice(8)));
  if (!named) return { number, mark: '', off: !isWeekday(day), title: '' };
  const off = named.kind === 'holiday';
  return { number, mark: off ? '休' : '班', off, title: `${kindText[named.kind]}：${named.name}` };
}

const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();
