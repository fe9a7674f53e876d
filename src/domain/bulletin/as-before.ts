import { findDate } from './dates.js';
import { squash } from './glyphs.js';
import { dashSplit } from './headline.js';
import { isNumberMark } from './item-marks.js';
import type { HeadReading, LineFacts } from './line-facts.js';
import type { Layout } from './layout.js';
import { contentsOf, ENDS, LONGEST_BARE, LONGEST_HEADLINE, noteOf } from './lists-as-before.js';
import { figuresWithin, NAME, type PaperLayout, showsItself, standing, withinForm } from './paper-layout.js';
import { isBareUnit, saysDeed } from './units.js';
import type { PaperSign } from './weights-paper.js';

/*
 * What earlier issues of a paper say of the lines of this one. Where nothing in this text is set as the paper was, what is known
 * of it counts for nothing: papers change.
 */

const LONGEST_NAME = 16;
const LONGEST_UNIT = 10;

/** A line of the head as earlier issues have it; the same reading where they do not. */
export function headAsBefore(head: HeadReading, text: string, paper: PaperLayout): HeadReading {
  if (text.length > 200 || head.isNumber) return head;
  if (isNumberOf(paper, text)) return { ...head, isNumber: true, part: true };
  if (isHeadLine(paper, text)) return { ...head, whole: true, part: true };
  return head;
}

const isNumberOf = ({ number }: PaperLayout, text: string): boolean =>
  number !== null && figuresWithin(number, text) !== null;

const isHeadLine = ({ headLines, series, issuer }: PaperLayout, text: string): boolean =>
  headLines.includes(standing(text)) || [series, issuer].includes(squash(text));

/** What lines are by their own form, with what this paper is known to set so. */
export function formsAsBefore(facts: readonly LineFacts[], paper: PaperLayout): LineFacts[] {
  return facts.map((fact) => unitBehind(tagged(sectionOf(fact, paper), paper), paper));
}

function sectionOf(fact: LineFacts, { section, sectionNames, mark }: PaperLayout): LineFacts {
  if (section === null) return fact;
  const name = withinForm(section, fact.line.text);
  if (name === null || name.length > LONGEST_NAME) return fact;
  const isKnown = sectionNames.includes(name);
  const isItem = fact.mark !== null && fact.mark.class === mark && showsItself(section);
  if (!isKnown && (!showsItself(section) || isItem || /[，,。；;：:]/u.test(name))) return fact;
  if (fact.scope !== 'none' || fact.signOff || fact.creditLine) return fact;
  const printed = fact.section ?? fact.numbered ?? (showsItself(section) ? name : fact.line.text);
  return { ...fact, section: printed, mark: null, title: true, sentence: false, creditLine: false };
}

const BAR = /^([^\s，。｜|丨│]{2,20})\s*[｜|丨│]\s*(\S.*)$/su;
const BRACKETS = /^[【〖［[]\s*([^【】〖〗［］[\]]{2,24}?)\s*[】〗］\]]\s*(\S.*)$/su;

/** The unit before the headline, whatever its name looks like. */
function tagged(fact: LineFacts, paper: PaperLayout): LineFacts {
  const { unitPlace, unit, mark } = paper;
  if (unitPlace !== 'before' || unit === null || fact.section !== null) return fact;
  if (fact.tag !== null) return isUnitOf(paper, fact.tag.content) ? { ...fact, unitTag: true } : fact;
  if (mark !== null && (fact.mark?.class ?? '') !== mark) return fact;
  const found = (unit.startsWith(NAME) ? BAR : BRACKETS).exec(fact.core.slice(0, 100));
  const [, content = '', start = ''] = found ?? [];
  if (!found || !isUnitOf(paper, content) || /[：:]/u.test(content) || findDate(start) !== null) return fact;
  return { ...fact, unitTag: true, tag: { content, rest: fact.core.slice(fact.core.indexOf(start, content.length)) } };
}

/** What stands where the unit does in this paper is one, if it does not say what somebody does. */
function isUnitOf({ unit, units }: PaperLayout, content: string): boolean {
  if (unit === null || !/^\{名\}[|丨]|^[【[〖]\{名\}/u.test(unit)) return false;
  return (
    units.includes(squash(content)) || isBareUnit(content) || (content.length <= LONGEST_UNIT && !saysDeed(content))
  );
}

const BEHIND = /^(.{4,60}?)\s+(\S{2,16})$/u;

/** 标题 单位 over the text, whatever the blank between them has become. */
function unitBehind(fact: LineFacts, { unitPlace, units }: PaperLayout): LineFacts {
  if (unitPlace !== 'behind' || fact.section !== null || /[，。；：:]/u.test(fact.core)) return fact;
  const [, title = '', unit = ''] = BEHIND.exec(fact.core) ?? [];
  if (title === '' || !(units.includes(squash(unit)) || isBareUnit(unit))) return fact;
  return { ...fact, core: `${title}（${unit}）`, title: true, sentence: false, credit: 'maybe' };
}

/** The unit on a line below the text. */
function unitBelow(fact: LineFacts, before: LineFacts | undefined, paper: PaperLayout): LineFacts {
  const { unitPlace, unit, units } = paper;
  if (!before || !ENDS.test(before.line.text) || before.section !== null || fact.scope !== 'none') return fact;
  if (unitPlace !== 'below' || unit === null || fact.section !== null || fact.creditLine) return fact;
  const name = withinForm(unit, fact.line.text);
  if (name === null || !(units.includes(name) || isBareUnit(name))) return fact;
  return { ...fact, creditLine: true, title: false };
}

/** 标题——正文 holds its headline. */
const dashed = (fact: LineFacts, { headline }: PaperLayout): LineFacts =>
  headline === 'dash' && fact.section === null && dashSplit(fact.core) !== null
    ? { ...fact, headlineInside: true }
    : fact;

/** The unit on a line of its own between headline and text. */
function isUnitBetween(
  fact: LineFacts,
  above: LineFacts | undefined,
  below: LineFacts | undefined,
  { units }: PaperLayout,
): boolean {
  if (fact.section !== null || fact.mark !== null || !above?.title || below?.sentence !== true) return false;
  return units.includes(squash(fact.line.text)) || isBareUnit(fact.line.text);
}

const isBracketOf = (text: string, units: readonly string[]): boolean => {
  const name = /[（(]([^（()）]{2,24})[）)][。.]?$/u.exec(text.slice(-40))?.[1];
  return name !== undefined && units.includes(squash(name));
};

/** What the lines are in this paper, their neighbours considered, and the signs of it. */
export function linesAsBefore(
  all: readonly LineFacts[],
  bodyStart: number,
  seen: { again: readonly boolean[]; before: readonly boolean[] },
  paper: PaperLayout,
): LineFacts[] {
  const lines = all.map((fact, at) =>
    at < bodyStart ? fact : unitBelow(credited(dashed(fact, paper), paper), all[at - 1], paper),
  );
  if (paper.unitPlace === 'between' && paper.unit === NAME)
    lines.forEach((fact, at) => {
      if (at > bodyStart && isUnitBetween(fact, lines[at - 1], lines[at + 1], paper))
        lines[at] = { ...fact, creditLine: true, title: false, bare: false, sentence: false };
    });
  const hasMark = paper.mark !== null && paper.mark !== '' && lines.some(({ mark }) => mark?.class === paper.mark);
  const text: Text = {
    lines,
    bodyStart,
    paper,
    hasMark,
    contents: contentsOf(lines, seen, paper),
    note: noteOf(lines),
  };
  lines.forEach((fact, at) => {
    if (isBareSection(text, at)) lines[at] = { ...fact, section: fact.core, title: true, sentence: false };
  });
  const hasSections = lines.some((fact) => isSectionOf(fact, paper));
  const signs = lines.map((fact, at) => lineSigns(text, fact, at, hasSections));
  lines.forEach((fact, at) => {
    if (!beginsItem(text, at)) return;
    if (paper.headline === 'line' && isHeadline(text, at)) {
      lines[at] = { ...fact, title: true, sentence: false };
      signs[at]?.push('headline of this paper');
      if (!lines[at + 1]?.creditLine) signs[at + 1]?.push('text under its headline');
    } else if (paper.headline !== null && paper.headline !== 'line' && fact.sentence)
      signs[at]?.push('item of this paper');
  });
  return lines.map((fact, at) => ({ ...fact, asBefore: signs[at] ?? [] }));
}

interface Text {
  lines: LineFacts[];
  bodyStart: number;
  paper: PaperLayout;
  /** Items have the mark of this paper. */
  hasMark: boolean;
  contents: readonly boolean[];
  note: readonly boolean[];
}

/** Lines so far below the head may still belong to it. */
const HEAD_BELOW = 6;

function lineSigns(
  { bodyStart, paper, hasMark, contents }: Text,
  fact: LineFacts,
  at: number,
  hasSections: boolean,
): PaperSign[] {
  const { text } = fact.line;
  const signs: PaperSign[] = [];
  const isHead =
    (at < bodyStart + HEAD_BELOW && isHeadLine(paper, text)) || (at < bodyStart && isNumberOf(paper, text));
  if (isHead && fact.section === null) signs.push('head of this paper');
  if (contents[at]) signs.push('contents of this paper');
  if (at < bodyStart || contents[at]) return signs;
  if (isSectionOf(fact, paper)) signs.push('section of this paper');
  else if (hasSections && fact.section !== null) signs.push('not as its sections');
  if (paper.unitPlace === 'below' && fact.creditLine) signs.push('credit of this paper');
  if (paper.footLines.includes(standing(text)) && !fact.creditLine) signs.push('foot of this paper');
  if (hasMark && fact.mark?.class === paper.mark && fact.section === null) signs.push('item mark of this paper');
  return signs;
}

function credited(fact: LineFacts, { units, unitPlace }: PaperLayout): LineFacts {
  return fact.credit === 'maybe' && unitPlace === 'end' && isBracketOf(fact.line.text, units)
    ? { ...fact, credit: 'sure' }
    : fact;
}

const isSectionOf = (fact: LineFacts, { section }: PaperLayout): boolean =>
  section !== null && fact.section !== null && withinForm(section, fact.line.text) !== null;

const isPlain = (fact: LineFacts): boolean =>
  fact.section === null && fact.scope === 'none' && !(fact.signOff || fact.footLine || fact.creditLine);

/** A short line over something that begins an item, in a paper whose sections nothing marks. */
function isBareSection(text: Text, at: number): boolean {
  const { lines, bodyStart, paper, contents, note } = text;
  const [before, fact, next] = [lines[at - 1], lines[at], lines[at + 1]];
  if (paper.section !== NAME || !fact || !next || at < bodyStart || contents[at] || note[at]) return false;
  if (!fact.title || !isPlain(fact) || fact.mark !== null || fact.tag !== null || fact.core.length > LONGEST_BARE)
    return false;
  const ends = at === bodyStart || !before || contents[at - 1] === true || note[at - 1] === true || endsItem(before);
  if (!ends || !isPlain(next)) return false;
  if (text.hasMark) return next.mark?.class === paper.mark;
  if (paper.headline === 'line') return isHeadline(text, at + 1) && !isHeadline(text, at + 2);
  return next.tag !== null || next.headlineInside || next.news;
}

const endsItem = (fact: LineFacts): boolean =>
  fact.section !== null || fact.credit === 'sure' || fact.creditLine || ENDS.test(fact.line.text);

/** Something shows that an item begins with this line. */
function beginsItem({ lines, bodyStart, paper, hasMark, contents, note }: Text, at: number): boolean {
  const [before, fact] = [lines[at - 1], lines[at]];
  if (!fact || at < bodyStart || contents[at] || note[at] || !isPlain(fact)) return false;
  if (hasMark) return fact.mark?.class === paper.mark;
  if (paper.mark === '' && fact.mark !== null && isNumberMark(fact.mark)) return false;
  // Where the unit stands with the headline, it shows which line is one.
  if (paper.unitPlace === 'before' && paper.unit !== NAME) return fact.unitTag === true;
  if (paper.unitPlace === 'behind') return fact.credit !== 'none';
  if (paper.unitPlace === 'between') return lines[at + 1]?.creditLine === true;
  if (at === bodyStart || !before || before.section !== null || contents[at - 1] || note[at - 1]) return true;
  if (before.credit === 'sure' || before.creditLine) return true;
  const namesBelow = paper.unitPlace === 'end' || paper.unitPlace === 'below';
  return !namesBelow && paper.unitPlace !== null && ENDS.test(before.line.text);
}

/** Short, closed, over something longer, and no sentence: news has no headline, a headline no stop in it. */
function isHeadline({ lines }: Text, at: number): boolean {
  const [fact, next] = [lines[at], lines[at + 1]];
  if (!fact || !next || !isPlain(fact) || fact.core.length > LONGEST_HEADLINE || fact.core.length < 4) return false;
  if (fact.headlineInside || fact.news || (fact.outline && fact.mark === null)) return false;
  if (/[。；;]|[：:，,、]$/u.test(fact.core) || ENDS.test(fact.core)) return false;
  if (next.section !== null || next.scope !== 'none' || next.signOff) return false;
  return next.sentence || next.creditLine || ENDS.test(next.line.text) || next.line.text.length > 40;
}

/** How the text is set, where the paper is known to be set so and this text shows it. */
export function layoutAsBefore(layout: Layout, facts: readonly LineFacts[], paper: PaperLayout): Layout {
  const shows = (sign: PaperSign): boolean => facts.some(({ asBefore = [] }) => asBefore.includes(sign));
  const marks = new Map(layout.marks);
  if (paper.mark !== null && shows('item mark of this paper')) {
    for (const [name, role] of marks) if (role === 'item') marks.set(name, 'outline');
    marks.set(paper.mark, 'item');
  }
  const headlines =
    paper.headline === 'line' && shows('headline of this paper')
      ? 'line'
      : paper.headline !== null && paper.headline !== 'line' && paper.headline !== 'none' && shows('item of this paper')
        ? 'inside'
        : layout.headlines;
  return { ...layout, marks, headlines };
}
