import {
  columnHeading,
  columnOf,
  columnWithin,
  faultHeading,
  normaliseHeading,
  requiredColumns,
  type RosterColumn,
  rosterColumns,
} from './roster-header.js';
import { visible } from '../text/same-text.js';

/** Which column of the file means what: one entry for each column of the file, null where it is not read. */
export type ColumnMapping = readonly (RosterColumn | null)[];

/** Rows of cells, as an array has them; a long table may keep them otherwise. */
export type TableRows = Pick<readonly (readonly string[])[], 'length' | 'at' | 'slice'>;

const searchedRows = 10;
const sampledRows = 50;

/** Index of the heading row: titles may stand above it. The row with the most known headings, else the first with anything. */
export function headerRowOf(rows: TableRows): number {
  let best = { row: -1, known: 1 };
  rows.slice(0, searchedRows).forEach((cells, row) => {
    const known = new Set(cells.map(columnOf).filter((column) => column !== null)).size;
    if (known > best.known) best = { row, known };
  });
  if (best.row >= 0) return best.row;
  for (let row = 0; row < rows.length; row += 1)
    if (rows.at(row)!.some((cell) => visible(cell).trim() !== '')) return row;
  return 0;
}

/** A heading row printed again on a later page, or between parts of a list: the column of names is headed, not filled. */
export function isHeadingAgain(
  cells: readonly string[],
  headings: readonly string[],
  mapping: readonly (RosterColumn | null)[],
): boolean {
  const heads = (cell: string, at: number): boolean => {
    const heading = normaliseHeading(cell);
    return heading !== '' && (heading === normaliseHeading(headings[at] ?? '') || columnOf(cell) === mapping[at]);
  };
  const name = mapping.indexOf('name');
  if (name < 0 || !heads(cells[name] ?? '', name)) return false;
  const filled = cells.filter((cell) => normaliseHeading(cell) !== '').length;
  return cells.filter((cell, at) => mapping[at] !== undefined && heads(cell, at)).length * 2 > filled;
}

/** Enough of what stands below the headings to tell columns by. */
export const sampleBelow = (rows: TableRows, header: number): readonly (readonly string[])[] =>
  rows.slice(header + 1, header + 1 + sampledRows);

export interface HeaderReading {
  mapping: ColumnMapping;
  /** By exact headings alone. */
  exact: ColumnMapping;
  /** Every heading was known, none twice, and nothing that is needed is missing. */
  certain: boolean;
}

/**
 * Guesses what each column means: by its heading, by part of its heading, at last by what stands below it. A column of our
 * own that hands faults back is passed over.
 */
export function guessMapping(headings: readonly string[], body: readonly (readonly string[])[]): HeaderReading {
  const named = headings.map(columnOf);
  const exact = named.map((column, at) => (named.indexOf(column) === at ? column : null));
  const mapping: (RosterColumn | null)[] = [...exact];
  const unsure = (heading: string, at: number) =>
    mapping[at] === null && normaliseHeading(heading) !== '' && normaliseHeading(heading) !== faultHeading;
  const certain = !headings.some(unsure) && requiredColumns.every((column) => mapping.includes(column));
  const offer = (guess: (heading: string, at: number) => RosterColumn | null) =>
    headings.forEach((heading, at) => {
      const column = unsure(heading, at) ? guess(heading, at) : null;
      if (column !== null && !mapping.includes(column)) mapping[at] = column;
    });
  offer((heading) => columnWithin(heading));
  offer((_, at) => columnByContent(body.map((row) => row[at] ?? '')));
  return { mapping, exact, certain };
}

const contents: readonly (readonly [RosterColumn, RegExp])[] = [
  ['mobile', /^\+?(86)?1\d{10}$/],
  ['email', /^[^@\s]+@[^@\s]+\.[^@\s]+$/],
  ['kind', /^(县?领导|县直单位|乡镇(街道)?|leader|unit|township)$/],
  ['unit', /(局|委|办|院|镇|乡|街道|中心|政府|委员会|办公室|部)$/],
  ['post', /(长|书记|主任|主席|部长|委员|院长|检察长)$/],
];

function columnByContent(cells: readonly string[]): RosterColumn | null {
  const filled = cells
    .map((cell) => visible(cell).normalize('NFKC').replace(/[\s-]/g, ''))
    .filter((cell) => cell !== '');
  if (filled.length === 0) return null;
  const mostly = ([, pattern]: readonly [RosterColumn, RegExp]) =>
    filled.filter((cell) => pattern.test(cell)).length >= filled.length * 0.6;
  return contents.find(mostly)?.[0] ?? null;
}

/** What is wrong with a mapping that a person chose, as sentences. */
export function mappingFaults(mapping: ColumnMapping): string[] {
  const twice = rosterColumns.filter((column) => mapping.filter((chosen) => chosen === column).length > 1);
  const missing = requiredColumns.filter((column) => !mapping.includes(column));
  return [
    ...twice.map((column) => `“${columnHeading(column)}”选了两列，请只留一列。`),
    ...missing.map((column) => `没有一列对应“${columnHeading(column)}”，请在下面选出来；名单必须有这一列。`),
  ];
}

/** Under what a choice is remembered: the same headings in the same order. */
export function headingsKey(headings: readonly string[]): string {
  return headings.map(normaliseHeading).join('\t');
}
