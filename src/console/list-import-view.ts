import type { RosterPreview } from '../distribution/roster.service.js';
import { columnHeading, rosterColumns, type RosterColumn } from '../domain/roster-header.js';
import { csvFile } from './csv.js';

const shownLines = 200;

/** The dry run of an import: what would change, or what is wrong at which row and column. */
export interface ListImportView {
  faults: readonly { row: number; column: string; message: string }[];
  diff: {
    rows: number;
    unchanged: number;
    added: Shortened<string>;
    ended: Shortened<string>;
    changed: Shortened<{ who: string; field: string; from: string; to: string }>;
    nothing: boolean;
  } | null;
}

/** A long list with its first lines only; `hidden` more are not shown. */
export interface Shortened<T> {
  count: number;
  lines: readonly T[];
  hidden: number;
}

export function listImportView(preview: RosterPreview): ListImportView {
  if (!preview.ok) {
    const faults = preview.faults.map(({ row, column, message }) => ({ row, column: columnName(column), message }));
    return { faults, diff: null };
  }
  const { rows, unchanged, added, ended, changed } = preview;
  const nothing = added.length + ended.length + changed.length === 0;
  const diff = {
    rows,
    unchanged,
    added: shortened(added),
    ended: shortened(ended),
    changed: shortened(
      changed.map(({ from, to, ...rest }) => ({ ...rest, from: from || '（空）', to: to || '（空）' })),
    ),
    nothing,
  };
  return { faults: [], diff };
}

function shortened<T>(lines: readonly T[]): Shortened<T> {
  return { count: lines.length, lines: lines.slice(0, shownLines), hidden: Math.max(0, lines.length - shownLines) };
}

function columnName(column: string): string {
  return rosterColumns.some((known) => known === column) ? columnHeading(column as RosterColumn) : column;
}

/** An empty list with Chinese headings and one row to be overwritten. */
export function listTemplate(): string {
  const example: Record<RosterColumn, string> = {
    order: '1',
    groups: '县委常委；副县长',
    unit: '县政府',
    post: '县委常委、常务副县长',
    name: '（姓名）',
    mobile: '',
    email: '',
    kind: '领导',
    proxy: '',
    wecom: '',
  };
  return csvFile([rosterColumns.map(columnHeading), rosterColumns.map((column) => example[column])]);
}
