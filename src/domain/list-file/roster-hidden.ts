import { columnLetter } from './cell-name.js';
import type { ColumnMapping, TableRows } from './roster-mapping.js';
import type { RosterTable } from './roster-rows.js';

/** What a spreadsheet holds and does not show, as its reader tells: rows counted from 1, columns from 0. */
export interface Hidden {
  hiddenRows: readonly number[];
  hiddenColumns: readonly number[];
  /** Whether a filter hides the rows. */
  filtered: boolean;
}

/** Hidden rows and columns are imported, or left out. */
export type HiddenAnswer = 'include' | 'leave';

/** What a person is asked about before a file with hidden parts is imported, in words. */
export interface HiddenParts {
  /** Names of sheets; never imported. */
  sheets: readonly string[];
  /** 第5、8至10行; '' for none. */
  rows: string;
  rowCount: number;
  filtered: boolean;
  /** F列“手机”; '' for none. */
  columns: string;
  /** Null until somebody has said it. */
  answer: HiddenAnswer | null;
}

const mostRanges = 20;

/** Before it is known which sheet is the list. */
export const onlySheets = (sheets: readonly string[]): HiddenParts | null =>
  sheets.length === 0 ? null : { sheets, rows: '', rowCount: 0, filtered: false, columns: '', answer: null };

/**
 * The hidden parts of a list: rows below its heading, and columns that are imported.
 *
 * @returns null where everything is shown
 */
export function hiddenParts(
  sheets: readonly string[],
  hidden: Hidden,
  { rows, header, mapping }: RosterTable,
): HiddenParts | null {
  const below = hidden.hiddenRows.filter((row) => row > header + 1);
  const columns = hidden.hiddenColumns.filter((column) => (mapping[column] ?? null) !== null);
  if (sheets.length === 0 && below.length === 0 && columns.length === 0) return null;
  const headings = rows.at(header) ?? [];
  return {
    sheets,
    rows: rangesText(below),
    rowCount: below.length,
    filtered: hidden.filtered && below.length > 0,
    columns: columns.map((column) => `${columnLetter(column)}列“${headings[column] ?? ''}”`).join('，'),
    answer: null,
  };
}

/** The table as if what is hidden were not in it; lines keep their numbers. */
export function withoutHidden({ rows, mapping, unread, header }: RosterTable, hidden: Hidden): RosterTable {
  const left = new Set(hidden.hiddenRows.filter((row) => row > header + 1));
  const columns = new Set(hidden.hiddenColumns);
  const shown = (row: string[] | readonly string[] | undefined, at: number) => (left.has(at + 1) ? [] : row);
  const rest: TableRows = {
    length: rows.length,
    at: (index) => shown(rows.at(index), index),
    slice: (from = 0, to = rows.length) => rows.slice(from, to).map((row, at) => shown(row, from + at)!),
  };
  const read: ColumnMapping = mapping.map((column, at) => (columns.has(at) ? null : column));
  return { rows: rest, header, mapping: read, unread: unread.filter(({ row }) => !left.has(row)) };
}

/** @param rows ascending */
function rangesText(rows: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const row of rows) {
    const last = ranges.at(-1);
    if (last?.[1] === row - 1) last[1] = row;
    else ranges.push([row, row]);
  }
  if (ranges.length === 0) return '';
  const words = ranges.slice(0, mostRanges).map(([from, to]) => (from === to ? `${from}` : `${from}至${to}`));
  return `第${words.join('、')}${ranges.length > mostRanges ? '……' : ''}行`;
}
