import type { LineFacts } from './line-facts.js';
import type { SourceLine } from './lines.js';

/*
 * The narrow column that a text was set in before somebody copied it: where its full lines end. Programs cut after so many letters,
 * a printed page after so much width, of which a figure takes half of what a character does.
 */

export interface Column {
  size: number;
  /** The length of a line in what the column is measured by. */
  of: (line: SourceLine) => number;
  /** What one character more or less comes to. */
  letter: number;
}

/** Half-width columns that a text takes. */
export const columnsOf = (text: string): number => text.length + (text.slice(0, 400).match(WIDE)?.length ?? 0);
const WIDE = /[^\u0020-\u007e]/gu;

const MEASURES: readonly Omit<Column, 'size'>[] = [
  { of: ({ text }) => text.length, letter: 1 },
  { of: ({ text, indent }) => Math.min(indent, INDENT) + columnsOf(text), letter: 2 },
];
/** A paragraph begins so far in; what stands further in is set to the right. */
const INDENT = 4;

const MIN_WRAPPED = 12;
/** Headlines are rarely as long. */
const LONG_LINE = 26;
const STOPPED = /[。！？；：]$/u;

/** The line goes as far as the column does, a letter less or more. */
export const fills = (column: Column, line: SourceLine): boolean => column.of(line) >= column.size - column.letter;

/** The column whose width many lines share and hardly any exceeds; null where a paragraph is one line. */
export function columnOf(all: readonly LineFacts[]): Column | null {
  const facts = all.filter(
    ({ scope, signOff, footLine, line }) =>
      scope === 'none' && !signOff && !footLine && line.text.length >= MIN_WRAPPED,
  );
  const found = MEASURES.map((measure) => columnBy(measure, facts, all)).filter((one) => one !== null);
  const [first, ...others] = found;
  return first ? others.reduce((best, one) => (one.near > best.near ? one : best), first).column : null;
}

function columnBy(
  measure: Omit<Column, 'size'>,
  facts: readonly LineFacts[],
  all: readonly LineFacts[],
): { column: Column; near: number } | null {
  const lengths = facts.map(({ line }) => measure.of(line));
  const reach = 2 * measure.letter;
  const within = (size: number): number => lengths.filter((length) => length >= size && length <= size + reach).length;
  const sizes = [...new Set(lengths)];
  const size = sizes.reduce((best, one) => (within(one) > within(best) ? one : best), sizes[0] ?? 0);
  const near = within(size);
  const longer = lengths.filter((length) => length > size + reach + measure.letter).length;
  const isOne = near >= 4 && near * 3 >= lengths.length && longer * 8 <= lengths.length;
  const column = { ...measure, size };
  return isOne && runsOn(all, column, reach) ? { column, near } : null;
}

/** A paragraph cut by a column has full lines one below another; headlines over texts of one line are alike in length as well. */
function runsOn(facts: readonly LineFacts[], { size, of, letter }: Column, reach: number): boolean {
  const isFull = (fact: LineFacts | undefined): boolean =>
    fact !== undefined && of(fact.line) >= size && of(fact.line) <= size + reach;
  const isOpen = (fact: LineFacts | undefined): boolean =>
    isFull(fact) && fact?.credit === 'none' && !STOPPED.test(fact.line.text);
  const below = size >= LONG_LINE * letter ? isFull : isOpen;
  const places = facts.filter((fact, at) => isOpen(fact) && below(facts[at + 1])).length;
  return places >= (size >= LONG_LINE * letter ? 1 : 2);
}
