import type { BulletinWarning } from './bulletin.js';
import { squash } from './glyphs.js';
import type { SourceLine } from './lines.js';

/*
 * A contents list in front of the text repeats section names and headlines; it must not be read as the text itself. With or
 * without its label (本期要目) it is recognised by this: a run of short lines, the first of which comes again below.
 */

const LABEL =
  /^[\s≡【〖[［★☆◆■●*＊·—-]*(?:本\s*期)?\s*(?:要\s*目|目\s*录|目\s*次|导\s*读|提\s*要|要\s*点|内\s*容\s*提\s*要|看\s*点|主\s*要\s*内\s*容)\s*[：:]?[\s≡】〗\]］★☆◆■●*＊·—-]*$/u;
const BODY_LABEL =
  /^[\s≡【〖[［★☆◆■●*＊—-]*(?:本\s*期)?\s*(?:详\s*情|正\s*文|详\s*细\s*内\s*容|内\s*容)\s*[：:]?[\s≡】〗\]］★☆◆■●*＊—-]*$/u;
const ORNAMENTS = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}”》）)]+$/gu;
const NUMBER_HEAD =
  /^(?:[一二三四五六七八九十]{1,3}[、．.]|[（(]?[一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[、．.](?!\d))/u;
const PAGE_TAIL = /[.…·・。\s]*[（(]?\d{1,3}[）)]?$/u;
const MAX_ENTRY = 60;
const MAX_ENTRIES = 200;
const MIN_KEY = 2;

export function isContentsLabel(text: string): boolean {
  return text.length <= 20 && LABEL.test(text);
}

function isBodyLabel(text: string): boolean {
  return text.length <= 20 && BODY_LABEL.test(text);
}

function key(text: string): string {
  return squash(text).replace(ORNAMENTS, '').replace(NUMBER_HEAD, '').replace(ORNAMENTS, '');
}

const isEntry = (line: SourceLine): boolean => line.text.length <= MAX_ENTRY && !/[。；！？]$|，.*，/u.test(line.text);

function comesAgain(entry: string, lines: readonly string[], from: number): number {
  const short = entry.replace(PAGE_TAIL, '');
  return lines.findIndex(
    (line, index) =>
      index >= from &&
      (line === entry ||
        (short.length >= MIN_KEY && (line === short || (short.length >= 6 && line.startsWith(short))))),
  );
}

/**
 * Number of lines at the head of `lines` that are a contents list, labels included; 0 when there is none, 1 when only the
 * label is certain because the list does not match the text.
 */
export function contentsLength(lines: readonly SourceLine[]): number {
  const labelled = lines[0] !== undefined && isContentsLabel(lines[0].text);
  const start = labelled ? 1 : 0;
  const bodyLabel = lines.findIndex((line, index) => index > start && isBodyLabel(line.text));
  const limit = lines.slice(start).findIndex((line) => !isEntry(line));
  const run = limit < 0 ? lines.length : start + limit;
  if (bodyLabel > 0 && bodyLabel <= run && labelled) return bodyLabel + 1;
  const keys = lines.map((line) => (line.text.length <= 400 ? key(line.text) : key(line.text.slice(0, 400))));
  const first = keys[start];
  if (first === undefined || first.length < MIN_KEY) return 0;
  const again = comesAgain(first, keys, start + 1);
  if (again < 0 || again > run || again > MAX_ENTRIES || again - start < (labelled ? 1 : 2)) return labelled ? 1 : 0;
  const entries = keys.slice(start, again);
  const repeated = entries.filter((entry) => comesAgain(entry, keys, again) >= 0);
  return repeated.length * 2 >= entries.length ? again : labelled ? 1 : 0;
}

export function contentsWarning(skipped: readonly SourceLine[]): BulletinWarning[] {
  const first = skipped[0];
  const last = skipped.at(-1);
  if (!first || !last) return [];
  const message =
    skipped.length === 1
      ? `“${first.text}”下的目录与正文对不上，目录各行可能被当成正文，请核对。`
      : `第 ${first.number}—${last.number} 行按目录略去，不作为正文。`;
  return [{ line: first.number, code: skipped.length === 1 ? 'contents_unclear' : 'contents_skipped', message }];
}
