import {
  type CellReading,
  readEmail,
  readGroups,
  readKind,
  readMobile,
  readName,
  readOptionalText,
  readOrder,
  readText,
  readWecom,
  type RosterKind,
} from './roster-cells.js';
import { columnHeading, readHeader, type RosterColumn } from './roster-header.js';

export { rosterColumns } from './roster-header.js';

/** The distribution list file (发送名单), as rows already split into cells. All or nothing: one fault refuses the file. */

export interface RosterRow {
  order: number;
  groups: string[];
  unit: string;
  post: string;
  /** 1..n among rows of the same unit and post, in protocol order: five 副主任 are five seats. */
  seat: number;
  name: string;
  mobile: string | null;
  email: string | null;
  wecom: string | null;
  kind: RosterKind;
  liaison: string | null;
  /** Line of the file, the header being 1. */
  row: number;
}

export interface RosterFault {
  row: number;
  column: string;
  /** What is wrong and how to mend it. */
  message: string;
}

export const maxRosterRows = 50_000;
const maxFaults = 200;

/** The first row is the header, in English or Chinese; blank rows are skipped but counted. */
export function readRoster(
  rows: readonly (readonly string[])[],
): { ok: true; rows: RosterRow[] } | { ok: false; faults: RosterFault[] } {
  const [headerCells = [], ...body] = rows;
  const header = readHeader(headerCells);
  if (!header.ok)
    return { ok: false, faults: header.faults.map((fault) => ({ row: 1, ...fault })).slice(0, maxFaults) };
  if (body.length > maxRosterRows) {
    const message = `名单有${body.length}行，超过上限${maxRosterRows}行，请分成几份导入。`;
    return { ok: false, faults: [{ row: maxRosterRows + 2, column: 'order', message }] };
  }

  const faults: RosterFault[] = [];
  const people: RosterRow[] = [];
  body.forEach((cells, index) => {
    if (cells.some((cell) => cell.trim() !== '')) people.push(readRow(cells, index + 2, header.positions, faults));
  });
  if (people.length === 0) faults.push({ row: 2, column: 'name', message: '名单中没有人，请在表头下逐行填写。' });
  faults.push(...duplicates(people));

  if (faults.length > 0) return { ok: false, faults: faults.sort((a, b) => a.row - b.row).slice(0, maxFaults) };
  return { ok: true, rows: numberSeats(people) };
}

/** Faulty cells are noted and stand as empty in the row, so that the rest of it is checked as well. */
function readRow(
  cells: readonly string[],
  row: number,
  positions: ReadonlyMap<RosterColumn, number>,
  faults: RosterFault[],
): RosterRow {
  const cell = (column: RosterColumn): string => cells[positions.get(column) ?? -1] ?? '';
  function take<T>(column: RosterColumn, reading: CellReading<T>, otherwise: T): T {
    if ('value' in reading) return reading.value;
    faults.push({ row, column, message: reading.fault });
    return otherwise;
  }
  const text = (column: RosterColumn): string => take(column, readText(cell(column), columnHeading(column)), '');

  const used = new Set(positions.values());
  if (cells.some((content, position) => !used.has(position) && content.trim() !== '')) {
    faults.push({ row, column: 'order', message: '这一行比表头多出内容，请检查是否有未加引号的逗号。' });
  }
  return {
    order: take('order', readOrder(cell('order')), 0),
    groups: take('groups', readGroups(cell('groups')), []),
    unit: text('unit'),
    post: text('post'),
    seat: 1,
    name: take('name', readName(cell('name')), ''),
    mobile: take('mobile', readMobile(cell('mobile')), null),
    email: take('email', readEmail(cell('email')), null),
    wecom: take('wecom', readWecom(cell('wecom')), null),
    kind: take('kind', readKind(cell('kind')), 'unit'),
    liaison: take('proxy', readOptionalText(cell('proxy'), columnHeading('proxy')), null),
    row,
  };
}

function duplicates(people: readonly RosterRow[]): RosterFault[] {
  return (['order', 'mobile', 'email', 'wecom'] as const).flatMap((column) => {
    const firstRow = new Map<string, number>();
    return people.flatMap((person) => {
      const value = person[column];
      // 0 stands for an order that could not be read, which is a fault of its own.
      if (value === null || value === 0) return [];
      const key = String(value).toLowerCase();
      const first = firstRow.get(key);
      if (first !== undefined) return [{ row: person.row, column, message: twice(column, first, person.row) }];
      firstRow.set(key, person.row);
      return [];
    });
  });
}

function twice(column: RosterColumn, first: number, second: number): string {
  const remedy = column === 'order' ? '请改为不同的序号' : '每人的联系方式须不同，请核对后改正';
  return `第${first}行和第${second}行的“${columnHeading(column)}”相同，${remedy}。`;
}

function numberSeats(people: readonly RosterRow[]): RosterRow[] {
  const taken = new Map<string, number>();
  return [...people]
    .sort((a, b) => a.order - b.order)
    .map((person) => {
      const key = JSON.stringify([person.unit, person.post]);
      const seat = (taken.get(key) ?? 0) + 1;
      taken.set(key, seat);
      return { ...person, seat };
    });
}
