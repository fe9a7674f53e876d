import { squash } from './glyphs.js';
import { itemMark } from './item-marks.js';
import type { SourceLine } from './lines.js';

/*
 * A contents list in front of the text repeats section names and headlines; it must not be read as the text itself. With or
 * without its label (本期要目) it is known by this: a run of short lines that come again below.
 */

const AROUND = '[\\s≡【〖［\\[〔★☆◆■●◎◇▲*＊·—–=~～-]*';
const AROUND_END = '[\\s≡】〗］\\]〕★☆◆■●◎◇▲*＊·—–=~～-]*';
const LABEL = new RegExp(
  `^${AROUND}(?:本\\s*[期刊周月]|今\\s*日)?\\s*(?:要\\s*目|目\\s*录|目\\s*次|导\\s*读|导\\s*览|提\\s*要|要\\s*点|内\\s*容\\s*提\\s*要|内\\s*容\\s*导\\s*读|看\\s*点|主\\s*要\\s*内\\s*容|内\\s*容\\s*摘\\s*要|要\\s*闻\\s*导\\s*读|目\\s*录\\s*索\\s*引)\\s*[：:]?${AROUND_END}$`,
  'u',
);
const BODY_LABEL = new RegExp(
  `^${AROUND}(?:本\\s*期)?\\s*(?:详\\s*情|正\\s*文|详\\s*细\\s*内\\s*容|内\\s*容)\\s*[：:]?${AROUND_END}$`,
  'u',
);
const ORNAMENTS = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}”》）)]+$/gu;
const NUMBER_HEAD =
  /^(?:[一二三四五六七八九十]{1,3}[、．.]|[（(]?[一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[、．.](?!\d)|第[一二三四五六七八九十\d]{1,2}版[：:]?)/u;
/** 11 老支书的三本账. */
const PAGE_HEAD = /^\d{1,3}\s+(?=[\p{Script=Han}“《])/u;
const PAGE_TAIL = /[.…·・。\s—-]*[（(]?(?:第)?\d{1,3}(?:页|版)?[）)]?$/u;
const PAGE_SHOWN = /(?:[.…·・。—-]{2,}|\t|\s{2,}|\s*[（(])\s*(?:第)?\d{1,3}(?:页|版)?[）)]?$/u;
/** The unit behind a headline, which stands elsewhere below. */
const UNIT_TAIL = /\([^()]{2,16}\)$/u;
const MAX_ENTRY = 60;
const MIN_KEY = 2;
/** Nobody prints a list further down, or one line that often. */
const SEARCHED_LINES = 300;
const SEARCHED_EQUALS = 12;
const HASHED = 2;
/** The unit in front of a headline, which the list leaves out. */
const TAGGED =
  /^[^\p{L}\p{N}]{0,4}(?:(?:[\d０-９]{1,2}[.、．]|[①-⑳⒈-⒛])\s*)?(?:[【［〖[（(][^】］〗\]）)]{2,20}[】］〗\]）)]|[^｜|丨\s]{3,20}\s*[｜|丨])\s*(?=\S)/u;

export const isContentsLabel = (text: string): boolean => text.length <= 24 && LABEL.test(text);
export const isBodyLabel = (text: string): boolean => text.length <= 20 && BODY_LABEL.test(text);
export const showsPage = (text: string): boolean =>
  text.length <= 90 && /[\d页版][）)]?$/u.test(text) && PAGE_SHOWN.test(text);

function key(text: string): string {
  const unpaged = text.slice(0, 120).replace(PAGE_HEAD, '');
  const plain = squash(itemMark(unpaged)?.rest ?? unpaged)
    .replace(ORNAMENTS, '')
    .replace(NUMBER_HEAD, '')
    .replace(ORNAMENTS, '');
  return plain.replace(/^[^\p{L}\p{N}]+/u, '');
}

/** Which lines come again further down, and which have come before. */
export function repetitions(lines: readonly SourceLine[]): { again: boolean[]; before: boolean[] } {
  const keys = lines.map(({ text }) => key(text));
  const byStart = new Map<string, number[]>();
  const untagged = lines.map(({ text }) => (TAGGED.test(text) ? key(text.replace(TAGGED, '')) : ''));
  const add = (text: string, index: number): void => {
    if (text.length < MIN_KEY) return;
    const found = byStart.get(text.slice(0, HASHED));
    if (found) found.push(index);
    else byStart.set(text.slice(0, HASHED), [index]);
  };
  keys.forEach((text, index) => {
    add(text, index);
    add(untagged[index] ?? '', index);
  });
  const again = lines.map(() => false);
  const before = lines.map(() => false);
  for (let index = 0; index < Math.min(lines.length, SEARCHED_LINES); index += 1) {
    const entry = keys[index] ?? '';
    if (entry.length < MIN_KEY || (lines[index]?.text.length ?? 0) > MAX_ENTRY || before[index]) continue;
    const short = entry.replace(PAGE_TAIL, '').replace(UNIT_TAIL, '').replace(ORNAMENTS, '');
    const others = (byStart.get(entry.slice(0, HASHED)) ?? [])
      .filter((at) => at > index)
      .slice(0, SEARCHED_EQUALS)
      .filter((at) => !showsPage(lines[at]?.text ?? ''));
    for (const at of others) {
      const isIt = (line: string): boolean =>
        line === entry ||
        (short.length >= MIN_KEY && (line === short || (short.length >= 6 && line.startsWith(short))));
      if (!isIt(keys[at] ?? '') && !isIt(untagged[at] ?? '')) continue;
      again[index] = true;
      before[at] = true;
      break;
    }
  }
  return { again, before };
}
