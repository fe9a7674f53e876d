import { endsOpen, isHeadlineLine, startsLikeSentence } from './headline.js';
import { subNumberedHeading } from './item-marks.js';
import { type Column, columnOf, columnsOf, fills } from './column.js';
import { isRunning } from './layout.js';
import type { LineFacts } from './line-facts.js';

/*
 * A title with commas on a line of its own looks like the first line of a paragraph that a narrow column cut. What tells them
 * apart is where the lines of the whole text end.
 */

const ENDS_SENTENCE = /[。！？!?；;…][”’」』）)]?$/u;
const LONGEST_TITLE = 40;
const TITLE_PARTS = 3;
const LONGEST_NAME = 6;
/** Running text is longer than its title; halves of a wrapped line are about as long as one another. */
const LONGER = 1.4;

/** A column cuts its lines at one place, by letters or by width; lines that end open so many letters apart are not cut. */
const RAGGED = 4;
/** A line so many letters shorter than the longest was not cut. */
const SHORT_OF_LONGEST = 4;
/** No column is as narrow as that. */
const NARROWEST = 22;
/** A letter is two half-width columns wide; a figure, of which a line may hold some more than another, is one. */
const COLUMNS = 1.5;

interface Extents {
  /** The narrow column that cuts the lines; null where a paragraph is one line. */
  column: Column | null;
  longest: Extent;
  /** Marks ('' for none) whose lines end open at places far apart. */
  ragged: ReadonlySet<string>;
  bodyStart: number;
}

/** Lines that turn out to be titles with commas (夏送清凉，市总工会慰问一线职工) are titles and no sentences. */
export function withPartedTitles(
  facts: readonly LineFacts[],
  bodyStart: number,
  again: readonly boolean[],
): LineFacts[] {
  const extents = extentsOf(facts, bodyStart, again);
  const isTitle = (at: number): boolean =>
    isPartedTitle(facts, at, extents) || (again[at] === true && isEntry(facts[at]));
  const titles = facts.map((_fact, at) => at >= bodyStart && isTitle(at));
  // What begins an item as its siblings do is a title as they are.
  const siblings = facts.filter((_fact, at) => titles[at] && !again[at]).length;
  const isSibling = (at: number): boolean =>
    siblings > 0 && extents.column === null && at > bodyStart && isCandidate(facts, at, extents) && isAlike(facts, at);
  return facts.map((fact, at) => (titles[at] || isSibling(at) ? { ...fact, title: true, sentence: false } : fact));
}

/** A title with commas in a list of contents. */
const isEntry = (fact: LineFacts | undefined): boolean =>
  fact?.sentence === true && fact.core.length <= LONGEST_TITLE && !/[。；;]/u.test(fact.core);

interface Extent {
  letters: number;
  columns: number;
}

const extentOf = ({ line: { text } }: LineFacts): Extent => ({
  letters: text.length,
  columns: columnsOf(text),
});

/** `one` is longer than `other` by so many letters, and by as much in its width. */
const exceeds = (one: Extent, other: Extent, letters: number): boolean =>
  one.letters - other.letters >= letters && one.columns - other.columns >= letters * COLUMNS;

const longestOf = (facts: readonly LineFacts[]): Extent =>
  facts.map(extentOf).reduce((longest, one) => (one.columns > longest.columns ? one : longest), NO_EXTENT);
const NO_EXTENT: Extent = { letters: 0, columns: 0 };

function extentsOf(facts: readonly LineFacts[], bodyStart: number, again: readonly boolean[]): Extents {
  const running = facts.slice(bodyStart).filter((fact) => isRunning(fact) || fact.scope !== 'none');
  return {
    column: columnOf(facts.filter((_fact, at) => at >= bodyStart && !again[at])),
    longest: longestOf(running),
    ragged: raggedMarks(facts, bodyStart),
    bodyStart,
  };
}

/** No plain title stands above it, as one does above the first line of a wrapped text. */
function opensAlone(facts: readonly LineFacts[], at: number, bodyStart: number): boolean {
  const [before, fact] = [facts[at - 1], facts[at]];
  if (!fact || (!fact.sentence && fact.mark === null)) return false;
  if (at === bodyStart || fact.mark !== null || !before?.title || before.creditLine) return true;
  // ■ 外地借鉴 over the first headline of the section.
  if (before.mark !== null && before.core.length <= LONGEST_NAME) return true;
  return before.section !== null || before.numbered !== null || subNumberedHeading(before.line.text) !== null;
}

/** The paragraph is over behind this line. */
const ends = ({ line, credit }: LineFacts): boolean => credit !== 'none' || ENDS_SENTENCE.test(line.text);

function raggedMarks(facts: readonly LineFacts[], bodyStart: number): Set<string> {
  const open = new Map<string, Extent[]>();
  const whole = new Set<string>();
  facts.forEach((fact, at) => {
    const next = facts[at + 1];
    const name = fact.mark?.class ?? '';
    if (at < bodyStart || fact.section !== null || !opensAlone(facts, at, bodyStart)) return;
    if (ends(fact)) whole.add(name);
    else if (next && !next.mark && ends(next) && fact.line.text.length <= LONGEST_TITLE)
      open.set(name, [...(open.get(name) ?? []), extentOf(fact)]);
  });
  const isRagged = ([name, all]: [string, Extent[]]): boolean =>
    (name === '' || !whole.has(name)) &&
    all.some((one) => one.letters < NARROWEST || all.some((other) => exceeds(one, other, RAGGED)));
  return new Set([...open].filter(isRagged).map(([name]) => name));
}

/** A heading or the end of an item stands above it, and one line of text below. */
function isAlike(facts: readonly LineFacts[], at: number): boolean {
  const [before, next, below] = [facts[at - 1], facts[at + 1], facts[at + 2]];
  if (!before || !next || !ends(next) || below?.line.gap === 'page') return false;
  const isHeading =
    before.section !== null || before.numbered !== null || (before.title && before.core.length <= LONGEST_NAME);
  return isHeading || before.creditLine || before.credit === 'sure';
}

function isPartedTitle(facts: readonly LineFacts[], at: number, extents: Extents): boolean {
  const [fact, next] = [facts[at], facts[at + 1]];
  if (!fact || !next || !isCandidate(facts, at, extents)) return false;
  return (
    next.line.indent > fact.line.indent ||
    isNotCut(facts, at, fact, next, extents) ||
    (next.line.gap === 'blank' && ENDS_SENTENCE.test(next.line.text))
  );
}

/** Reads like a title with commas where one may stand. */
function isCandidate(facts: readonly LineFacts[], at: number, extents: Extents): boolean {
  const [before, fact, next] = [facts[at - 1], facts[at], facts[at + 1]];
  if (!fact || !next?.sentence || (fact.title && !fact.sentence)) return false;
  if (fact.section !== null || fact.scope !== 'none' || fact.signOff || fact.footLine || fact.row) return false;
  if (fact.outline && fact.mark === null) return false;
  if (!readsLikeTitle(fact.core)) return false;
  const begins =
    at === extents.bodyStart ||
    !before ||
    before.section !== null ||
    before.creditLine ||
    before.title ||
    subNumberedHeading(before.line.text) !== null ||
    fact.line.gap !== 'none' ||
    fact.mark !== null ||
    (extents.column !== null && !fills(extents.column, before.line)) ||
    ENDS_SENTENCE.test(before.line.text) ||
    before.credit !== 'none';
  return begins && next.line.gap !== 'page' && !(fact.line.indent >= 4 && next.line.indent === 0);
}

function readsLikeTitle(text: string): boolean {
  if (text.length > LONGEST_TITLE || endsOpen(text) || startsLikeSentence(text)) return false;
  const plain = text.replace(/[！？!?]$/u, '');
  const parts = plain.split(/[，,！？]/u);
  const shortest = plain === text ? 2 : 1;
  return (
    parts.length <= TITLE_PARTS && parts.every((part) => part.length >= shortest) && isHeadlineLine(parts.join(''))
  );
}

/** No column cut the line: the next one is much longer, or lines end elsewhere in this text. */
function isNotCut(
  facts: readonly LineFacts[],
  at: number,
  fact: LineFacts,
  next: LineFacts,
  { column, longest, ragged, bodyStart }: Extents,
): boolean {
  const { line, core, mark } = fact;
  if (column !== null) return column.of(line) <= column.size - 3 * column.letter;
  if (next.line.text.length >= core.length * LONGER) return true;
  const known = mark !== null && ragged.has(mark.class);
  if (!opensAlone(facts, at, bodyStart) || !(ends(next) || known) || next.line.gap !== 'none') return false;
  const extent = extentOf(fact);
  return extent.letters < NARROWEST || exceeds(longest, extent, SHORT_OF_LONGEST) || ragged.has(mark?.class ?? '');
}
