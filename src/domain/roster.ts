import {
  type CellReading,
  readDate,
  readEmail,
  readGroups,
  readKind,
  readLevel,
  readMobile,
  readOfficers,
  readHolder,
  readOrder,
  readTags,
  readText,
  readUnitKind,
  readWecom,
  readYesNo,
  type RosterKind,
} from './roster-cells.js';
import { rearmed } from './formula.js';
import { rosterDuplicates } from './roster-duplicates.js';
import type { RosterFault, RosterRow } from './roster-row.js';
import { columnHeading, type RosterColumn } from './roster-header.js';
import { type ColumnMapping, guessMapping, headerRowOf, mappingFaults } from './roster-mapping.js';

/** The distribution list file (发送名单), as rows already split into cells. All or nothing: one fault refuses the file. */

/** A table whose heading row and columns are known. */
export interface RosterTable {
  rows: readonly (readonly string[])[];
  /** Index of the heading row. */
  header: number;
  mapping: ColumnMapping;
}

export type RosterReading =
  { ok: true; rows: RosterRow[]; columns: ReadonlySet<RosterColumn> } | { ok: false; faults: RosterFault[] };

export const maxRosterRows = 50_000;
const maxFaults = 2000;

/** A file with the headings we write; others need a mapping, see roster-mapping.ts. */
export function readRoster(rows: readonly (readonly string[])[]): RosterReading {
  const header = headerRowOf(rows);
  const headings = rows[header] ?? [];
  const { exact, certain } = guessMapping(headings, rows.slice(header + 1));
  if (certain) return readRosterTable({ rows, header, mapping: exact });
  const faults = headings.flatMap((heading, position) =>
    exact[position] === null && heading.trim() !== ''
      ? [`不认识表头“${heading.trim()}”，或者与另一列重复。请改用名单模板的表头，或在页面上指定这一列的内容。`]
      : [],
  );
  const messages = [...faults, ...mappingFaults(exact)];
  return { ok: false, faults: messages.map((message) => ({ row: header + 1, column: null, position: null, message })) };
}

/** Blank rows are skipped but counted. */
export function readRosterTable(table: RosterTable): RosterReading {
  const body = table.rows.slice(table.header + 1);
  if (body.length > maxRosterRows) {
    const message = `名单有${body.length}行，超过上限${maxRosterRows}行，请分成几份导入。`;
    return { ok: false, faults: [{ row: maxRosterRows + table.header + 2, column: null, position: null, message }] };
  }
  const reader = new RowReader(table.mapping);
  const people: RosterRow[] = [];
  body.forEach((cells, index) => {
    if (cells.some((cell) => cell.trim() !== ''))
      people.push(reader.read(cells, index + table.header + 2, people.length + 1));
  });
  if (people.length === 0) reader.fault(table.header + 2, 'name', '名单中没有人，请在表头下逐行填写。');
  for (const { row, column, message } of rosterDuplicates(people)) reader.fault(row, column, message);
  const { faults } = reader;
  if (faults.length > 0) return { ok: false, faults: faults.sort((a, b) => a.row - b.row).slice(0, maxFaults) };
  return {
    ok: true,
    rows: people.sort((a, b) => a.order - b.order),
    columns: new Set(table.mapping.filter((column) => column !== null)),
  };
}

/** Faulty cells are noted and stand as empty in the row, so that the rest of it is checked as well. */
class RowReader {
  readonly faults: RosterFault[] = [];
  private readonly positions: ReadonlyMap<RosterColumn, number>;
  private readonly width: number;
  private row = 0;

  constructor(mapping: ColumnMapping) {
    this.positions = new Map(mapping.flatMap((column, at) => (column === null ? [] : [[column, at] as const])));
    this.width = mapping.length;
  }

  fault(row: number, column: RosterColumn | null, message: string): void {
    const position = column === null ? null : (this.positions.get(column) ?? null);
    this.faults.push({ row, column, position, message });
  }

  /** @param place 1 for the first person: the order where the file has no such column */
  read(cells: readonly string[], row: number, place: number): RosterRow {
    this.row = row;
    const cell = (column: RosterColumn): string => rearmed((cells[this.positions.get(column) ?? -1] ?? '').trim());
    if (cells.some((content, at) => at >= this.width && content.trim() !== ''))
      this.fault(row, null, '这一行比表头多出内容，请检查是否有未加引号的逗号。');
    const unit = this.take('unit', readText(cell('unit'), columnHeading('unit')), '');
    return {
      order: this.positions.has('order') ? this.take('order', readOrder(cell('order')), 0) : place,
      groups: this.take('groups', readGroups(cell('groups')), []),
      unit,
      post: this.take('post', readText(cell('post'), columnHeading('post')), ''),
      name: this.take('name', readHolder(cell('name')), ''),
      mobile: this.take('mobile', readMobile(cell('mobile')), null),
      email: this.take('email', readEmail(cell('email')), null),
      wecom: this.take('wecom', readWecom(cell('wecom')), null),
      kind: this.positions.has('kind') ? this.take('kind', readKind(cell('kind')), 'unit') : kindOfUnit(unit),
      officers: this.take('proxy', readOfficers(cell('proxy')), []),
      unitKind: this.take('unitKind', readUnitKind(cell('unitKind')), null),
      level: this.take('level', readLevel(cell('level')), null),
      tags: this.take('tags', readTags(cell('tags')), []),
      acting: this.take('acting', readYesNo(cell('acting'), columnHeading('acting')), false),
      startsOn: this.take('startsOn', readDate(cell('startsOn'), columnHeading('startsOn')), null),
      row,
    };
  }

  private take<T>(column: RosterColumn, reading: CellReading<T>, otherwise: T): T {
    if ('value' in reading) return reading.value;
    this.fault(this.row, column, reading.fault);
    return otherwise;
  }
}

const kindOfUnit = (unit: string): RosterKind => (/(乡|镇|街道|街道办事处)$/.test(unit) ? 'township' : 'unit');
