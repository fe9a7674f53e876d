import { pairBrackets } from './brackets.js';
import { fold, isHan } from './glyphs.js';
import type { HeadlineForm } from './paper-layout.js';
import { isBareUnit } from './units.js';

/*
 * Headline styles met in bulletins: 标题。正文, 标题 正文 (half-width or ideographic space), and a line of its own. There is no
 * headline where the first sentence is a real sentence: it starts with a date or a number, or contains ，.
 */

const MIN_HEADLINE = 4;
const MAX_HEADLINE = 60;
/** No headline is looked for beyond this many characters. */
const SEARCHED = 400;

const DATE_START =
  /^(?:\d{4}\s*年\s*\d{1,2}\s*月|\d{1,2}\s*月|[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)/u;
const REAL_START =
  /^(?:\d|本\p{Script=Han}{1,3}讯(?=[\s：:（(])|近日|日前|昨日|今日|今天|昨天|近期|目前|截至|截止|连日来|今年以来|年初以来|近年来|[〇零○一二三四五六七八九]{4}年|[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)/u;
const TIME_START =
  /^(?:本\p{Script=Han}{1,3}讯(?=[\s：:（(])|近日|日前|昨日|今日|今天|昨天|近期|截至|连日来|今年以来|年初以来|近年来|\d{1,2}\s*月\s*\d|\d{4}\s*年)/u;
const OPEN_WORD = /[的和与及在对为将把以并等于至到从向被]$/u;
const OPEN_SIGN = /[、，,“‘（(《【]$/u;
/** Words whose last letter is one that joins elsewhere: 师徒结对, 全民参与. */
const WHOLE_WORD =
  /(?:[结核校配应比面绝相作]对|[普触顾涉]及|[参给]与|[存现自所内]在|[共饱温随祥平总柔中]和|[目]的|[行作有人]为|[平均优中同高]等|[方导意取走动去流双风]向|[合归]并|[服]从|[报签迟周独老送直]到|[冬夏备]至|[名健上闯干]将|[得予足]以|[属]于)$/u;

/** Ends in the middle: with a mark that opens something, or a word that something follows (……和, ……在). */
export const endsOpen = (text: string): boolean =>
  OPEN_SIGN.test(text) || (OPEN_WORD.test(text) && !WHOLE_WORD.test(text));

export interface Headline {
  headline: string;
  rest: string;
  /** False when another reading is possible: several blanks, or a very long first sentence. */
  sure: boolean;
  /** The headline by the next best cut; null where there is none. */
  other: string | null;
}

/** （6月24日）完成变电站改造. */
const DAY_IN_BRACKETS =
  /^[（(【[〔]\s*(?:\d{4}\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日\s*[）)】\]〕]\s*(?=\p{Script=Han}|“)/u;

/** Looks like a headline on a line of its own: short, closed, and without the marks of a sentence. */
export function isHeadlineLine(whole: string): boolean {
  const text = whole.replace(DAY_IN_BRACKETS, '');
  const folded = fold(text);
  if (text.length < 2 || text.length > MAX_HEADLINE || text.includes('\t')) return false;
  if (/[，。；！？]|[,;](?!\d)/u.test(outsideQuotes(text)) || endsOpen(text) || /[：:]$/u.test(text)) return false;
  if (DATE_START.test(folded) && /^\d{1,2}\s*月\s*\d{1,2}|^\d{4}\s*年\s*\d{1,2}\s*月\s*\d/u.test(folded)) return false;
  if (/^\d+$/.test(folded) || /^[(（]/.test(text) || !/\p{Script=Han}/u.test(text)) return false;
  const { unmatchedOpen, unmatchedClose } = pairBrackets(text);
  return unmatchedOpen.length === 0 && unmatchedClose.length === 0;
}

function outsideQuotes(text: string): string {
  const { depth } = pairBrackets(text);
  return [...text].length === text.length ? [...text].filter((_char, index) => depth[index] === 0).join('') : text;
}

/** Blanks before the first sentence mark that could part a headline from its body. */
export function partingBlanks(text: string): { index: number; blank: string }[] {
  if (!/\S\s+\S/u.test(text.slice(0, SEARCHED))) return [];
  const { depth } = pairBrackets(text);
  let stop = 0;
  while (stop < text.length && (depth[stop] !== 0 || !/[，。！？；,;]/u.test(text.charAt(stop)))) stop += 1;
  return [...text.slice(0, Math.min(stop, SEARCHED)).matchAll(/\s+/gu)]
    .filter((match) => partsHere(text, match.index, match[0], depth))
    .map((match) => ({ index: match.index, blank: match[0] }));
}

/** 标题 正文: the last usable blank parts them; a wide blank goes before a single one. */
export function spaceSplit(whole: string): Headline | null {
  const text = whole.slice(0, SEARCHED);
  const found = partingBlanks(text);
  const wide = found.filter(({ blank }) => blank.length > 1 || blank === '\u3000');
  const usable = (wide.length > 0 ? wide : found).filter(({ index }) => {
    const head = text.slice(0, index);
    return (
      head.length >= MIN_HEADLINE &&
      head.length <= MAX_HEADLINE &&
      !isBareUnit(head) &&
      !isBareDate(head) &&
      !/^本.{1,3}讯$/u.test(head)
    );
  });
  const last = usable.at(-1);
  if (!last) return null;
  const headline = text.slice(0, last.index);
  return {
    headline,
    rest: whole.slice(last.index + last.blank.length),
    sure: usable.length === 1 && !REAL_START.test(headline),
    other: usable.length > 1 ? text.slice(0, usable.at(-2)?.index) : null,
  };
}

function partsHere(text: string, start: number, blank: string, depth: Uint16Array): boolean {
  const before = text.charAt(start - 1);
  const after = text.slice(start + blank.length, start + blank.length + 12);
  if (depth[start] !== 0 || after === '') return false;
  const endsWord =
    isHan(before) || /[”’》）】」』)%％！？]/u.test(before) || (blank.length > 1 && /[\dA-Za-z]/.test(before));
  return (
    endsWord &&
    (isHan(after.charAt(0)) || /^[“‘《（【「『]/u.test(after) || DATE_START.test(fold(after)) || blank === '\u3000')
  );
}

function isBareDate(text: string): boolean {
  return /^[\d\s年月日上下午—至-]+$/u.test(fold(text));
}

/** 标题。正文: the first sentence is a headline unless it reads as a real sentence. `hasMore`: more paragraphs follow. */
export function stopSplit(text: string, hasMore: boolean): Headline | null {
  const { depth } = pairBrackets(text.slice(0, SEARCHED));
  let stop = text.indexOf('。');
  while (stop >= 0 && (depth[stop] ?? 0) !== 0) stop = text.indexOf('。', stop + 1);
  if (stop < MIN_HEADLINE || stop > MAX_HEADLINE) return null;
  const headline = text.slice(0, stop);
  const rest = text.slice(stop + 1).trim();
  if ((!rest && !hasMore) || /[，,；;！？]/u.test(headline) || REAL_START.test(fold(headline))) return null;
  return { headline: headline.trim(), rest, sure: headline.length <= 40, other: null };
}

const DASHED = /^([^，。；：！？—]{6,40}?)\s*(?:——|－－|--)\s*(?=[\p{Script=Han}“《\d])(.*。.*)$/su;

/** 标题——正文, where the items of a text are set so. */
export function dashSplit(text: string): Headline | null {
  const [, headline = '', rest = ''] = DASHED.exec(text.slice(0, SEARCHED)) ?? [];
  return headline === '' || REAL_START.test(fold(headline)) || !isHeadlineLine(headline)
    ? null
    : { headline, rest: rest + text.slice(SEARCHED), sure: true, other: null };
}

const SPACED = 16;
/** Blanks that a scanner left between words part nothing: one in every dozen letters of the whole paragraph. */
function isSpaced(text: string): boolean {
  const start = text.slice(0, SEARCHED);
  const blanks = start.match(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu)?.length ?? 0;
  return blanks >= 5 && blanks * SPACED > start.length;
}

const LIST_INSIDE =
  /^(?:1\s*[.、．].*[。；]\s*2\s*[.、．]|[（(]1[）)].*[。；]\s*[（(]2[）)]|[（(]一[）)].*[。；]\s*[（(]二[）)]|①.*[。；]\s*②|一[、是].*[。；]\s*二[、是])/su;

/** 1. 召开防汛专题会。2. 组织房屋排查。 on one line has points and no headline. */
export const holdsList = (text: string): boolean => LIST_INSIDE.test(fold(text.slice(0, SEARCHED)));

/** The headline inside an item's first paragraph, or null when it has none. `form`: as earlier issues of the paper have it. */
export function splitHeadline(text: string, hasMore: boolean, form: HeadlineForm | null = null): Headline | null {
  if (holdsList(text)) return null;
  const atDash = form === 'dash' ? dashSplit(text) : null;
  if (atDash) return atDash;
  const atBlank = isSpaced(text) ? null : spaceSplit(text);
  const atStop = form === 'stop' || atBlank === null ? stopSplit(text, hasMore) : null;
  return form === 'stop' ? (atStop ?? atBlank) : (atBlank ?? atStop);
}

const NUMBERING =
  /^(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}(?:[、．]|\.(?!\d))|[①-⑳]|(?:典型)?(?:案例|事例|问题|经验|做法)[一二三四五六七八九十\d]{1,2}(?=[：:、.\s]))\s*/u;

/** 一、 （一） 1. ① at the head of a paragraph. */
export function numbering(text: string): string {
  return NUMBERING.exec(text)?.[0] ?? '';
}

/** Begins like running news (近日, 4月2日, 12家企业), so it cannot be the second half of a headline. */
export function startsLikeSentence(text: string): boolean {
  return REAL_START.test(fold(text));
}

/** Begins with a date or 近日, 今年以来: certainly the start of a sentence. */
export function startsWithTime(text: string): boolean {
  return TIME_START.test(fold(text));
}
