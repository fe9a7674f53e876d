import { type Column, columnOf } from './column.js';
import { partingBlanks } from './headline.js';
import { type HeadingRole, headingRoles } from './headings.js';
import { readIssueNumber } from './issue-number.js';
import { isNumberMark, isSectionWord } from './item-marks.js';
import { type HeadReading, headReading, type LineFacts } from './line-facts.js';
import type { SourceLine } from './lines.js';

/** How one text is set: what its marks mean, where its headlines stand, how wide it is. Found before any line is judged. */

export type MarkRole = 'item' | 'section' | 'outline';

export interface Layout {
  marks: ReadonlyMap<string, MarkRole>;
  /** 一、二、三、 are its sections. */
  numberedSections: boolean;
  /** Where headlines mostly stand: on the line of the text, or on a line of their own. */
  headlines: 'inside' | 'line' | 'unknown';
  /** The narrow column its lines were cut by; null where a paragraph is one line. */
  column: Column | null;
  /** Units stand behind the items. */
  credited: boolean;
  /** Several short lines that name a field of work stand alone. */
  bareSections: boolean;
  /** Some of them stand over headlines, so that one over a text is no headline. */
  overHeadlines: boolean;
  /** What the headings are, where the file marks headings; by line. */
  headings: ReadonlyMap<number, HeadingRole>;
}

/** Running text, as no head has it. */
export const isRunning = ({ sentence, line }: LineFacts): boolean =>
  sentence && (line.text.length > 30 || /[。）)]$/u.test(line.text));

/** 县水利局…, 石桥乡…: a headline begins here, so the line before is not the first half of it. */
const BEGINS_WITH_UNIT = /^[县市区]\p{Script=Han}{1,8}?[局委办院联会室]|^\p{Script=Han}{2,3}(?:镇|乡|街道)/u;

export const headsBelow = (before: LineFacts, fact: LineFacts, { bareSections }: Layout): boolean =>
  before.bare && (bareSections || BEGINS_WITH_UNIT.test(fact.core));

/** The unit of an item, where it stands between the headline and its text. */
export function isUnderHeadline(facts: readonly LineFacts[], at: number): boolean {
  const [before, fact, next] = [facts[at - 1], facts[at], facts[at + 1]];
  if (!fact?.creditLine || !before?.title || before.creditLine || before.section !== null) return false;
  return next?.sentence === true && !next.creditLine;
}

/** 迎峰度夏保供电 behind the issuer, running text below: a headline that ends like a unit. */
export const isTitleNotIssuer = (head: HeadReading, fact: LineFacts, next: LineFacts | undefined): boolean =>
  head.issuers.length > 0 && head.date === null && !head.isNumber && fact.title && next?.sentence === true;

const MAX_NUMBER_LINE = 40;
const BELOW_THE_NUMBER = 4;

/** What the first lines say as lines of the head; just below a number with its year a day may lack one. */
export function headsOf(lines: readonly SourceLine[], issuer: string | null = null): HeadReading[] {
  const heads = lines.map(({ text }) => headReading(text, null, issuer));
  const number = heads.findIndex(({ isNumber }) => isNumber);
  const year = readIssueNumber(lines[number]?.text ?? '')?.year ?? null;
  if (year === null || heads.some(({ hasDate }) => hasDate)) return heads;
  return heads.map((head, at) =>
    at > number && at <= number + BELOW_THE_NUMBER ? headReading(lines[at]?.text ?? '', year, issuer) : head,
  );
}

/** First line that can belong to the body: behind the last line of the head that can be told by itself. */
export function bodyStartOf(facts: readonly LineFacts[], heads: readonly HeadReading[]): number {
  const number = heads.findIndex(({ isNumber }) => isNumber);
  let start = number < MAX_NUMBER_LINE ? number + 1 : 0;
  let issued = false;
  for (const [index, head] of heads.entries()) {
    const fact = facts[index];
    if (!fact) break;
    if (issued && isTitleNotIssuer(head, fact, facts[index + 1])) break;
    issued ||= head.issuers.length > 0;
    if (index < start) continue;
    if (head.isNumber || (head.whole && head.part && !fact.creditLine)) start = index + 1;
    else if (fact.section !== null || (isRunning(fact) && !head.part)) break;
  }
  return start;
}

export const SUBTITLE = /^[—–-]{2}/u;
const MAX_MARKED_SECTION = 9;

export function layoutOf(
  facts: readonly LineFacts[],
  bodyStart: number,
  /** Lines of a list of contents or of a note. */
  apart: readonly boolean[],
): Layout {
  const body = facts.map((_fact, index) => index >= bodyStart && !apart[index]);
  const numberedSections = usesNumberedSections(facts, body);
  const begins = facts.map((_fact, index) => beginsItem(facts, body, index, bodyStart, numberedSections));
  const marks = markRoles(facts, body, begins);
  return {
    marks,
    numberedSections,
    headlines: headlineStyle(facts, body, begins, marks),
    column: columnOf(facts.filter((_fact, index) => body[index])),
    credited: areCredited(facts),
    bareSections: facts.filter((fact, at) => body[at] && fact.title && fact.bare).length > 1,
    overHeadlines: facts.some(
      (fact, at) =>
        body[at] && fact.title && fact.bare && isLongTitle(facts[at + 1]) && facts[at + 2]?.sentence === true,
    ),
    headings: headingRoles(facts, bodyStart),
  };
}

const isLongTitle = (fact: LineFacts | undefined): boolean =>
  fact?.title === true && !fact.bare && fact.core.length > MAX_MARKED_SECTION;

/** Something shows that an item begins here: a heading or a unit's bracket stands before it, or it is the first line. */
function beginsItem(
  facts: readonly LineFacts[],
  body: readonly boolean[],
  index: number,
  start: number,
  numberedSections: boolean,
): boolean {
  const before = facts[index - 1];
  if (!body[index]) return false;
  if (!before || index <= start || !body[index - 1] || isUnderHeadline(facts, index + 1)) return true;
  const credited = before.creditLine && !isUnderHeadline(facts, index - 1);
  const above = facts[index - 2];
  const first = index - 1 <= start || !body[index - 2];
  const headed = before.bare && (first || above?.credit === 'sure' || above?.creditLine === true);
  const marked = before.mark !== null && !isNumberMark(before.mark) && headsItems(facts, index - 1);
  const heading = before.section !== null || (numberedSections && before.numbered !== null) || headed || marked;
  return heading || before.credit === 'sure' || credited;
}

function markRoles(
  facts: readonly LineFacts[],
  body: readonly boolean[],
  begins: readonly boolean[],
): Map<string, MarkRole> {
  const byClass = new Map<string, number[]>();
  facts.forEach(({ mark }, index) => {
    if (!mark || !body[index]) return;
    const found = byClass.get(mark.class);
    if (found) found.push(index);
    else byClass.set(mark.class, [index]);
  });
  return new Map([...byClass].map(([name, at]) => [name, markRole(facts, begins, at)]));
}

function markRole(facts: readonly LineFacts[], begins: readonly boolean[], at: readonly number[]): MarkRole {
  const first = facts[at[0] ?? 0];
  const isNumber = first?.mark ? isNumberMark(first.mark) : false;
  const heads = at.filter((index) => headsItems(facts, index));
  // ▲果农展示新品种西瓜 once between two items is what stands under a photograph.
  const alone = at.length === 1 && first && !isSectionWord(first.core) && facts[(at[0] ?? 0) - 1]?.sentence === true;
  if (!isNumber && heads.length > 0 && alone) return 'outline';
  if (!isNumber && at.length > 1 && at.every((index) => isCaption(facts, index))) return 'outline';
  if (!isNumber && heads.length * 2 > at.length) return 'section';
  if (!isNumber) return 'item';
  // 01 stands over the items of papers for the telephone, over points of an article never.
  if (first?.mark?.class === '01' && first.title && begins[at[0] ?? 0]) return 'item';
  const starting = at.filter((index) => begins[index]).length;
  const behindOneAnother = at.some((index, place) => place > 0 && facts[index - 1]?.credit === 'sure');
  if (starting * 2 >= at.length && (starting > 1 || behindOneAnother || at.length === 1))
    return begins[at[0] ?? 0] ? 'item' : 'outline';
  const creditless = !areCredited(facts);
  return creditless && begins[at[0] ?? 0] && at.length > 1 ? 'item' : 'outline';
}

/** ▲专家在企业查看治污设施 under a text, nothing of its own below it: what stands under a photograph. */
function isCaption(facts: readonly LineFacts[], at: number): boolean {
  const [before, fact, next] = [facts[at - 1], facts[at], facts[at + 1]];
  const isPlain = fact !== undefined && fact.title && !fact.sentence && !isSectionWord(fact.core);
  return isPlain && before?.sentence === true && next !== undefined && (!next.sentence || next.mark !== null);
}

/** Units stand behind the items; what stands below the names of the foot is no item's. */
function areCredited(facts: readonly LineFacts[]): boolean {
  const foot = facts.findIndex(({ signOff, scope }, at) => at * 2 > facts.length && (signOff || scope === 'label'));
  return (foot < 0 ? facts : facts.slice(0, foot)).some(
    ({ credit, creditLine, closes }) => credit === 'sure' || (creditLine && closes === null),
  );
}

/** ■ 乡村振兴, and below it something that begins an item of its own. */
function headsItems(facts: readonly LineFacts[], index: number): boolean {
  const fact = facts[index];
  const next = facts[index + 1];
  if (!fact?.title || fact.core.length > MAX_MARKED_SECTION || !next) return false;
  return next.headlineInside || next.news || next.tag !== null || next.title || next.mark !== null;
}

/** 一、二、三、 are sections only where no 【】 is used and no free-standing article title stands before the first of them. */
function usesNumberedSections(facts: readonly LineFacts[], body: readonly boolean[]): boolean {
  const inBody = facts.filter((_fact, index) => body[index]);
  if (inBody.some(({ section, line }) => section !== null && line.text.length <= 24)) return false;
  const first = inBody.findIndex(({ numbered }) => numbered !== null);
  if (first < 0 || !/^[（(]?第?[一Ⅰ]/u.test(inBody[first]?.line.text ?? '')) return false;
  const second = inBody
    .slice(first + 1)
    .some(({ numbered, line }) => numbered !== null && /^[（(]?第?[二Ⅱ]/u.test(line.text));
  const titled = inBody
    .slice(0, first)
    .some(({ title, numbered, mark, core }) => title && !mark && numbered === null && core.length > 7);
  const runs = inBody.slice(0, first).filter(({ sentence }) => sentence).length;
  const next = inBody[first + 1];
  const headsItem =
    runs === 0 && next !== undefined && (next.tag !== null || next.headlineInside || next.mark !== null || next.title);
  return (second || first === 0 || headsItem) && !titled && runs <= 1;
}

/** A blank that parts a headline in either line means that a page break cut an inline headline. */
const isCut = (fact: LineFacts, next: LineFacts): boolean =>
  partingBlanks(fact.core).length + partingBlanks(next.line.text).length > 0;

/** ——石桥镇的做法 stands between a headline and its text. */
const hasSubtitle = (facts: readonly LineFacts[], at: number): boolean =>
  SUBTITLE.test(facts[at + 1]?.line.text ?? '') && facts[at + 2]?.sentence === true;

function headlineStyle(
  facts: readonly LineFacts[],
  body: readonly boolean[],
  begins: readonly boolean[],
  marks: Layout['marks'],
): Layout['headlines'] {
  let inside = 0;
  let onLine = 0;
  facts.forEach((fact, index) => {
    if (fact.scope !== 'none' || fact.signOff || fact.footLine) return;
    if (fact.mark && fact.title && marks.get(fact.mark.class) === 'section') return;
    if (!body[index] || fact.section !== null || !(begins[index] || (fact.mark && !isNumberMark(fact.mark)))) return;
    const next = facts[index + 1];
    const isText = fact.sentence && (fact.headlineInside || fact.credit === 'sure' || fact.line.text.length > 40);
    // News without a headline tells less of where headlines stand.
    if (isText) inside += fact.news && !fact.headlineInside && fact.credit !== 'sure' ? 0.5 : 1;
    else if (fact.title && (isUnderHeadline(facts, index + 1) || hasSubtitle(facts, index))) onLine += 1;
    else if (fact.title && next?.sentence && !next.mark && !isCut(fact, next)) onLine += 1;
  });
  if (inside === onLine) return 'unknown';
  return inside > onLine ? 'inside' : 'line';
}
