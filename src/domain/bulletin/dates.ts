import { CHINESE_NUMERAL, fold, readNumeral } from './glyphs.js';

const WESTERN =
  /((?:19|20)\s*\d\s*\d)\s*(?:年|[-./])\s*(\d{1,2})\s*(?:月|[-./])\s*(\d{1,2})\s*日?(?!\d)(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?/u;
const CHINESE = new RegExp(
  `([${CHINESE_NUMERAL}](?:\\s*[${CHINESE_NUMERAL}]){3})\\s*年\\s*([${CHINESE_NUMERAL}](?:\\s*[${CHINESE_NUMERAL}]){0,1})\\s*月\\s*([${CHINESE_NUMERAL}](?:\\s*[${CHINESE_NUMERAL}]){0,2})\\s*日`,
  'u',
);

const WEEKDAY = /\(?\s*(?:星期|周)[一二三四五六日天]\s*\)?/u;

export interface FoundDate {
  /** yyyy-mm-dd, or null when no such day exists (2025年2月30日). */
  iso: string | null;
  /** The folded line without the date, blanks kept in its place. */
  rest: string;
}

function iso(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 10) : null;
}

/** The first full date of a line in any of the written forms: 2025 年 4 月 3 日, 2025-04-03, 二〇二五年四月三日. */
export function findDate(text: string): FoundDate | null {
  const folded = fold(text);
  const match = WESTERN.exec(folded) ?? CHINESE.exec(folded);
  if (!match) return null;
  const [year, month, day] = match.slice(1, 4).map((part) => readNumeral(part) ?? 0);
  const rest = folded.replace(match[0], '   ').replace(WEEKDAY, ' ').trim();
  return { iso: iso(year ?? 0, month ?? 0, day ?? 0), rest };
}

/** A date frame that nobody filled in, as in the box for a leader's instruction. */
export function isBlankDate(text: string): boolean {
  return /^[（(]?\s*(?:20)?\s*年\s*月\s*日\s*[）)]?$/u.test(text);
}
