import type { DueState } from '../../distribution/list-file/list-due.repository.js';
import type { ChangesAsked, ImportResult } from '../../distribution/list-file/import-file.js';
import type { ImportStage } from '../../distribution/list-file/list-import.service.js';
import type { StoredImport } from '../../distribution/list-file/list-import.repository.js';
import { chineseDate } from '../../domain/calendar.js';
import { columnLetter } from '../../domain/list-file/cell-name.js';
import { changeKinds, type ChangeKind, type PostChange } from '../../domain/list-file/roster-diff.js';
import { columnHeading, requiredColumns, rosterColumns } from '../../domain/list-file/roster-header.js';
import type { HiddenParts } from '../../domain/list-file/roster-hidden.js';
import { endsTooMany } from '../../domain/list-file/roster-plan.js';
import type { RosterFault } from '../../domain/list-file/roster-row.js';
import { type Paging, paging } from '../paging.js';

const shownFaults = 200;
const changesPerPage = 50;

export const changeText: Readonly<Record<ChangeKind, string>> = {
  added: '新增',
  changed: '变动',
  moved: '调任',
  ended: '不再列入',
  renumbered: '次序顺延',
};

/** 手机列 as a person finds it in the file: F列“手机”. */
export function faultPlace({ position, column }: RosterFault): string {
  const letter = position === null ? '' : `${columnLetter(position)}列`;
  const heading = column === null ? '' : `“${columnHeading(column)}”`;
  return `${letter}${heading}` || '整行';
}

/** What became, or will become, of what an import dated in the future has no dates for. */
export function dueText({ on, pieces, appliedAt, skipped }: DueState): string {
  const what = '次序、类别、联系方式等';
  if (appliedAt === null) return `${what}${pieces}处待${chineseDate(on)}生效`;
  const rest = skipped > 0 ? `，其中${skipped}处此前已另行改过，没有再改` : '';
  return `${what}${pieces}处已于${chineseDate(on)}生效${rest}`;
}

export interface ChangeLine {
  kind: ChangeKind;
  word: string;
  post: string;
  name: string;
  row: number | null;
  details: readonly { field: string; from: string; to: string }[];
  cameFrom: string | null;
}

export function changeLine({ fields, ...change }: PostChange): ChangeLine {
  const details = fields.map(({ field, from, to }) => ({ field, from: from || '（空）', to: to || '（空）' }));
  return { ...change, word: changeText[change.kind], details };
}

/** What in the file is not shown, and what has been said of it. */
export function hiddenView(hidden: HiddenParts | null | undefined) {
  if (!hidden) return null;
  const { answer, rows, columns } = hidden;
  return {
    ...hidden,
    asksParts: rows !== '' || columns !== '',
    answered: answer !== null,
    include: answer === 'include',
    leave: answer === 'leave',
  };
}

export interface ImportView {
  sheets: readonly { name: string; rows: number }[] | null;
  columns: ColumnsView | null;
  faults: { count: number; hidden: number; lines: readonly { row: number; place: string; message: string }[] } | null;
  diff: DiffView | null;
}

export interface ColumnsView {
  faults: readonly string[];
  columns: readonly { name: string; letter: string; heading: string; examples: string; options: readonly Choice[] }[];
  required: string;
}

interface Choice {
  value: string;
  text: string;
  selected: boolean;
}

export interface DiffView {
  rows: number;
  /** Posts touched, without those whose number only moved along. */
  total: number;
  nothing: boolean;
  /** How the file was read where that is not plain. */
  notes: readonly string[];
  unchanged: number;
  filters: readonly { href: string; text: string; count: number; current: boolean }[];
  lines: readonly ChangeLine[];
  paging: Paging;
  endsTooMany: boolean;
  ended: number;
  before: number;
}

export function importView(
  stored: Pick<StoredImport, 'id'>,
  stage: ImportStage,
  query: { show: string; page: number },
): ImportView {
  const empty: ImportView = { sheets: null, columns: null, faults: null, diff: null };
  if (stage.step === 'sheet') return { ...empty, sheets: stage.sheets };
  if (stage.step === 'columns') return { ...empty, columns: columnsView(stage) };
  const { result } = stage;
  if (!result.ok) return { ...empty, faults: faultsView(result.faults) };
  return { ...empty, diff: diffView(`/list/import/${stored.id}`, result, query) };
}

function faultsView(faults: readonly RosterFault[]): ImportView['faults'] {
  const lines = faults.slice(0, shownFaults).map((fault) => {
    const { row, message } = fault;
    return { row, place: faultPlace(fault), message };
  });
  return { count: faults.length, hidden: faults.length - lines.length, lines };
}

export function columnsView(stage: Extract<ImportStage, { step: 'columns' }>): ColumnsView {
  return {
    faults: stage.faults,
    required: requiredColumns.map((column) => `“${columnHeading(column)}”`).join(''),
    columns: stage.headings.map((heading, at) => ({
      name: `column${at}`,
      letter: columnLetter(at),
      heading: heading.trim() || '（没有表头）',
      examples: stage.examples
        .map((row) => maskedExample(row[at] ?? ''))
        .filter((text) => text !== '')
        .join('，'),
      options: [
        { value: '', text: '不导入', selected: stage.mapping[at] === null },
        ...rosterColumns.map((column) => ({
          value: column,
          text: columnHeading(column),
          selected: stage.mapping[at] === column,
        })),
      ],
    })),
  };
}

/** Enough to recognise a column by; numbers and addresses are not spread out. */
function maskedExample(cell: string): string {
  const text = cell.trim().slice(0, 20);
  if (/^\+?[\d\s-]{7,}$/.test(text)) return `${text.slice(0, 3)}****`;
  return text.includes('@') ? `${text.slice(0, 1)}***@…` : text;
}

const chosenKind = (show: string): ChangeKind | 'all' => changeKinds.find((kind) => kind === show) ?? 'all';

/** What one page of the dry run shows: of everything, what only moved along is left out. */
export function changesAsked({ show, page }: { show: string; page: number }): ChangesAsked {
  const chosen = chosenKind(show);
  const kinds = chosen === 'all' ? changeKinds.filter((kind) => kind !== 'renumbered') : [chosen];
  return { kinds, from: (page - 1) * changesPerPage, take: changesPerPage };
}

/** @param result with the changes asked for by `changesAsked` */
export function diffView(
  path: string,
  result: Extract<ImportResult, { ok: true }>,
  { show, page }: { show: string; page: number },
): DiffView {
  const { counts, changes, rows, unchanged, before, notes } = result;
  const all = changeKinds.reduce((sum, kind) => sum + counts[kind], 0);
  const total = all - counts.renumbered;
  const chosen = chosenKind(show);
  const filter = (kind: ChangeKind | 'all', text: string, count: number) => ({
    href: kind === 'all' ? path : `${path}?show=${kind}`,
    text,
    count,
    current: kind === chosen,
  });
  const kinds = changeKinds.filter((kind) => counts[kind] > 0);
  const wanted = chosen === 'all' ? total : counts[chosen];
  return {
    rows,
    total,
    nothing: all === 0,
    notes,
    unchanged,
    filters: [filter('all', '全部变动', total), ...kinds.map((kind) => filter(kind, changeText[kind], counts[kind]))],
    lines: changes.map(changeLine),
    paging: paging(path, { show: chosen === 'all' ? '' : chosen }, page, changesPerPage, wanted),
    endsTooMany: endsTooMany(result),
    ended: counts.ended,
    before,
  };
}
