import type { BulletinWarning } from './bulletin.js';
import { statedLevel } from './classification.js';
import { closeSpacing, fold, squash } from './glyphs.js';
import { readIssueNumber } from './issue-number.js';
import { sectionName } from './item-marks.js';
import type { SourceLine } from './lines.js';
import { readMarks } from './marks.js';
import { isNameLike } from './series.js';
import { isUnitName } from './units.js';

/*
 * Page furniture: page numbers and drawn rules. A clear page number (— 2 —, - 2 -, －3－, 第 3 页 共 5 页) always goes. A lone
 * number of up to three digits goes too, unless the text around it shows that it belongs to the sentence or a table.
 */

const DASH = '[-‐‑‒–—―─━~·•]';
const MARKED = [
  new RegExp(`^${DASH}+\\s*\\d{1,4}\\s*${DASH}+$`, 'u'),
  new RegExp(`^${DASH}+\\s*第?\\s*[\\d一二三四五六七八九十]{1,4}\\s*页?\\s*${DASH}+$`, 'u'),
  /^[(（]?\s*第\s*[\d一二三四五六七八九十]{1,4}\s*页\s*[,，/／]?\s*(?:[(（]?\s*共\s*[\d一二三四五六七八九十]{1,4}\s*页\s*[)）]?)?\s*[)）]?$/u,
  /^共\s*\d{1,4}\s*页\s*[,，/]?\s*第\s*\d{1,4}\s*页$/u,
  /^(?:page|p\.?)\s*\d{1,4}(?:\s*(?:of|\/)\s*\d{1,4})?$/iu,
  /^\d{1,3}\s*\/\s*\d{1,3}$/u,
];
const LONE = /^\d{1,3}$/;
const RULE = /^[-‐‑‒–—―─━═_=*~﹏…·.＊＿\s]{3,}$/u;
const EDGE_MARK = /^[—－]\s*\d{1,3}\s*[—－]\s+(?=\S)|(?<=\S)\s+[—－]\s*\d{1,3}\s*[—－]$/u;
const MEASURE = /^[个人名户家亩件次项条份册场公米吨元万亿座套台处所只头年月日天%％]/u;
const CELL = /^[\d,.]+[%％]?$/;

const MAX_MARK_LENGTH = 24;

function pageNumber(text: string): 'marked' | 'lone' | null {
  if (text.length > MAX_MARK_LENGTH) return null;
  const plain = fold(text);
  if (MARKED.some((pattern) => pattern.test(plain))) return 'marked';
  return LONE.test(plain) ? 'lone' : null;
}

function belongsToText(lines: readonly SourceLine[], index: number): boolean {
  const line = lines[index];
  const before = lines[index - 1];
  const after = lines[index + 1];
  if (!line || !before || !after) return false;
  if (/^0/.test(fold(line.text))) return true;
  const isCell = (other: SourceLine): boolean => CELL.test(fold(other.text)) && pageNumber(other.text) !== 'marked';
  if (isCell(before) || isCell(after)) return true;
  const sentenceGoesOn = !/[。！？；：”）】\d.,]$/u.test(fold(before.text).slice(-1).replace(')', '）'));
  const tight = line.gap === 'none' && after.gap === 'none';
  return tight && sentenceGoesOn && before.text.length > 6 && MEASURE.test(after.text);
}

/** Drops page numbers and drawn rules; the line after a page number gets the gap `page`. */
export function dropPageMarks(lines: readonly SourceLine[]): { lines: SourceLine[]; warnings: BulletinWarning[] } {
  const kept: SourceLine[] = [];
  const warnings: BulletinWarning[] = [];
  let page = 0;
  let pending: SourceLine['gap'] = 'none';
  lines.forEach((line, index) => {
    const kind = pageNumber(line.text);
    const value = Number(/\d+/.exec(fold(line.text))?.[0] ?? 0);
    const isText = kind === 'lone' && belongsToText(lines, index);
    if (kind === 'lone' && line.pin === undefined && (isText || value > page + 3))
      warnings.push({
        line: line.number,
        code: 'lone_number',
        message: isText
          ? `单独一行的“${line.text}”按正文保留；如是页码，请在正文中删去。`
          : `单独一行的“${line.text}”按页码略去；如是正文内容，请补回。`,
      });
    const keeps = line.pin !== undefined && line.pin !== 'none';
    if ((kind && !isText && !keeps) || (line.pin === 'none' && !RULE.test(line.text))) {
      page = Math.max(page, value);
      pending = 'page';
    } else if (!kind && RULE.test(line.text) && !keeps)
      pending = pending === 'page' || line.gap === 'page' ? 'page' : 'blank';
    else {
      const gap = pending === 'page' || line.gap === 'page' ? 'page' : pending === 'blank' ? 'blank' : line.gap;
      kept.push({ ...line, text: line.text.replace(EDGE_MARK, ''), gap });
      pending = 'none';
    }
  });
  return { lines: kept, warnings };
}

/** What the head says, squashed: a line made of nothing else at a page's top is a running header. */
export interface HeaderParts {
  series: string | null;
  issueNumber: number | null;
  issuer: string | null;
}

const ISSUE_TEXT =
  /(?:[〔[(]?\d{4}[〕\])]?年?)?\(?第[\d〇零一二三四五六七八九十百]{1,6}期\)?|\(?总第?\d+期\)?|\d{4}年\d{1,2}月\d{1,2}日/gu;
const MAX_HEADER_LENGTH = 60;

/** Tests whether a squashed line is made of the head's parts and a page number only. */
function mastheadTest(parts: HeaderParts): (key: string) => boolean {
  const series = parts.series ? squash(parts.series) : '';
  const issuers = parts.issuer ? squash(parts.issuer).split('、') : [];
  const number = parts.issueNumber === null ? null : new RegExp(`第0*${parts.issueNumber}期`);
  return (key) => {
    if (key === '' || !((series && key.includes(series)) || number?.test(key))) return false;
    // 襄东县政务信息 第14期 over pages of 政务信息.
    let rest = series ? key.replaceAll(series, '').replace(PLACE, '') : key;
    for (const issuer of issuers) rest = rest.replaceAll(issuer, '');
    return rest.replace(ISSUE_TEXT, '').replace(/[\p{P}\p{S}]|第?\d{1,3}页?|共\d{1,3}页/gu, '') === '';
  };
}

const PLACE = /^\p{Script=Han}{2,4}[省市县区州旗盟](?=[\p{P}\p{S}\d第总]|$)/u;
const MASTHEAD_LINES = 4;

/** No paper is called nothing but 工作简报. */
const NO_NAME = /^(?:工作)?(?:简报|信息|动态|专报|快报|通讯|通报|简讯|月报|周报|日报)$/u;

/** 创建全国文明城市 over 工作简报 and the number; a unit or a mark above a name stands for itself. */
function isFirstHalf(line: SourceLine, next: SourceLine, number: SourceLine | undefined): boolean {
  if (next.gap === 'page' || !number || [line, next, number].some(({ text }) => text.length > MAX_HEADER_LENGTH))
    return false;
  const [front, name] = [closeSpacing(line.text), closeSpacing(next.text)];
  if (!NO_NAME.test(name) || !/^\p{Script=Han}{4,16}$/u.test(front)) return false;
  return (
    !isUnitName(front) &&
    !isNameLike(front) &&
    readMarks(front).rest === front &&
    statedLevel(front) === null &&
    readIssueNumber(number.text) !== null
  );
}

/** A masthead that did not fit on its line is whole again where the top of a later page has it on one. */
export function joinMasthead(lines: readonly SourceLine[]): SourceLine[] {
  const tops = lines.filter(({ text, gap }, index) => index > 1 && gap === 'page' && text.length <= MAX_HEADER_LENGTH);
  const at = lines.slice(0, MASTHEAD_LINES).findIndex((line, index) => {
    const next = lines[index + 1];
    if (!next || line.pin !== undefined || next.pin !== undefined) return false;
    const isWhole = mastheadTest({ series: line.text + next.text, issueNumber: null, issuer: null });
    const isShown = isNameLike(line.text + next.text) && tops.some(({ text }) => isWhole(squash(text)));
    return isShown || isFirstHalf(line, next, lines[index + 2]);
  });
  if (at < 0) return [...lines];
  const [front, rest] = [lines[at]!, lines[at + 1]!];
  const also = [...(front.also ?? []), rest.number, ...(rest.also ?? [])];
  const whole: SourceLine = { ...front, text: front.text + rest.text, also };
  return lines.flatMap((line) => (line === rest ? [] : line === front ? [whole] : [line]));
}

/**
 * Drops running headers: the masthead again, or the same short line next to a page mark twice or more. `leftOut` are lines that a
 * person has left out.
 */
export function dropRunningHeaders(
  lines: readonly SourceLine[],
  parts: HeaderParts,
  leftOut: readonly SourceLine[] = [],
): { lines: SourceLine[]; warnings: BulletinWarning[] } {
  const atPageEdge = lines.map((line, index) => line.gap === 'page' || lines[index + 1]?.gap === 'page');
  const times = new Map(leftOut.map(({ text }) => [squash(text), 1]));
  const keys = lines.map((line) => (line.text.length > MAX_HEADER_LENGTH ? '' : squash(line.text)));
  keys.forEach((key, index) => {
    if (key && atPageEdge[index] && !/[。！？；：，）】]$/u.test(lines[index]?.text ?? ''))
      times.set(key, (times.get(key) ?? 0) + 1);
  });
  const isMasthead = mastheadTest(parts);
  const warnings: BulletinWarning[] = [];
  const kept: SourceLine[] = [];
  let pending = false;
  lines.forEach((line, index) => {
    const key = keys[index] ?? '';
    const repeats = key !== '' && atPageEdge[index] === true && (times.get(key) ?? 0) > 1;
    const again = isMasthead(key) && sectionName(line.text) === null;
    if ((again || repeats) && line.pin === undefined) {
      if (!again)
        warnings.push({
          line: line.number,
          code: 'running_header',
          message: `“${line.text}”在换页处重复出现，按页眉略去。`,
        });
      pending = true;
    } else {
      kept.push(pending ? { ...line, gap: 'page' } : line);
      pending = false;
    }
  });
  return { lines: kept, warnings };
}
