import { CHINESE_NUMERAL, fold, readNumeral } from './glyphs.js';

const YEAR = '((?:1\\s*9|2\\s*0)\\s*\\d\\s*\\d)';
const TWO = '(\\d(?:\\s?\\d)?)';
/** What may follow the day: an hour, half a day. */
const HOUR =
  '(?:\\s*(?:上午|下午|晚上|晚|凌晨|中午|早))?(?:\\s*\\d{1,2}\\s*(?:[::]\\s*\\d{2}(?:\\s*:\\s*\\d{2})?|[时時点](?:\\s*\\d{1,2}\\s*分|\\s*半)?))?';
const WESTERN = new RegExp(
  `${YEAR}\\s*(?:年|[-./])\\s*${TWO}\\s*(?:月|[-./])\\s*${TWO}\\s*(?:[日号]|(?!\\d))${HOUR}`,
  'u',
);
const ONE_NUMERAL = `[${CHINESE_NUMERAL}]`;
const CHINESE = new RegExp(
  `(${ONE_NUMERAL}(?:\\s*${ONE_NUMERAL}){3})\\s*年\\s*(${ONE_NUMERAL}(?:\\s*${ONE_NUMERAL}){0,1})\\s*月\\s*(${ONE_NUMERAL}(?:\\s*${ONE_NUMERAL}){0,2})\\s*日`,
  'u',
);
/** The other end of a range: 2025年4月1日—4月7日. */
const RANGE_END = new RegExp(
  `^\\s*(?:[-–—~至到]{1,2})\\s*(?:${YEAR}\\s*年\\s*)?(?:${TWO}\\s*月\\s*)?${TWO}\\s*日${HOUR}`,
  'u',
);
const DAY_AND_MONTH = new RegExp(`${TWO}\\s*月\\s*${TWO}\\s*日${HOUR}`, 'u');

const WEEKDAY = /[(,，]?\s*(?:星\s*期|周|礼拜)\s*[一二三四五六日天]\s*\)?/u;
const LABEL_WORDS =
  '(?:出版|出刊|编印|编发|编制|印发|印制|发布|刊发|签发|成文|报送|制发|发刊|发文|报告|填报)?\\s*(?:日\\s*期|时\\s*间)';
const LABEL_LEFT = new RegExp(`[\\s|｜丨│(]*(?:${LABEL_WORDS})\\s*[::]?\\s*\\)?$`, 'u');
const LABEL = new RegExp(`^\\s*[([【]?\\s*(?:${LABEL_WORDS})\\s*[\\])】]?\\s*[::]?\\s*`, 'u');
export interface FoundDate {
  /** yyyy-mm-dd, or null when no such day exists (2025年2月30日). */
  iso: string | null;
  /** The first day of a range, where `iso` is its last. */
  from: string | null;
  /** The folded line without the date, blanks kept in its place. */
  rest: string;
}

function iso(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 10) : null;
}

const value = (text: string | undefined): number => readNumeral(text ?? '') ?? 0;

/** The first full date of a line in any of the written forms: 2025 年 4 月 3 日, 2025-04-03, 二〇二五年四月三日. */
export function findDate(text: string): FoundDate | null {
  const folded = fold(text);
  const match = WESTERN.exec(folded) ?? CHINESE.exec(folded);
  if (!match) return null;
  const [year, month, day] = [value(match[1]), value(match[2]), value(match[3])];
  const before = folded.slice(0, match.index);
  const after = folded.slice(match.index + match[0].length);
  const range = RANGE_END.exec(after);
  const rest = `${before}   ${range ? after.slice(range[0].length) : after}`;
  const first = iso(year, month, day);
  const last = range
    ? iso(range[1] ? value(range[1]) : year, range[2] ? value(range[2]) : month, value(range[3]))
    : first;
  return { iso: last, from: range ? first : null, rest: tidy(rest) };
}

/** 5月2日 星期五: a day whose year stands with the number. */
export function findDay(text: string, year: number): FoundDate | null {
  const folded = fold(text);
  const match = DAY_AND_MONTH.exec(folded);
  if (!match) return null;
  const rest = `${folded.slice(0, match.index)}   ${folded.slice(match.index + match[0].length)}`;
  return { iso: iso(year, value(match[1]), value(match[2])), from: null, rest: tidy(rest) };
}

/** What was around a date, without the words that belong to it. */
function tidy(rest: string): string {
  return rest
    .replace(WEEKDAY, ' ')
    .replace(/\s+(?:出版|出刊|刊发|印发|编印|编发)\s*$/u, '')
    .replace(LABEL, '')
    .replace(LABEL_LEFT, '')
    .trim();
}

/** A date frame that nobody filled in, as in the box for a leader's instruction. */
export function isBlankDate(text: string): boolean {
  return /^[（(]?\s*(?:20)?\s*年\s*月\s*日\s*[）)]?$/u.test(text);
}
