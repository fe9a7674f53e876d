import { readMobile, readEmail, readWecom, type CellReading } from '../people/address.js';
import {
  readDate,
  readGroups,
  readKind,
  readLevel,
  readOrder,
  readTags,
  readText,
  readUnitKind,
  readYesNo,
  type RosterKind,
} from './roster-cells.js';
import { rearmed } from './formula.js';
import { readHolder, readOfficers } from './people-cell.js';
import { isPlaceholder, saysVacant } from '../text/placeholder.js';
import { columnHeading, type RosterColumn } from './roster-header.js';
import type { ColumnMapping, TableRows } from './roster-mapping.js';
import type { RosterFault, RosterRow } from './roster-row.js';
import { visible } from '../text/same-text.js';
import type { UnreadCell } from './unread-cell.js';

/** A table whose heading row and columns are known. */
export interface RosterTable {
  rows: TableRows;
  /** Index of the heading row. */
  header: number;
  mapping: ColumnMapping;
  /** Cells that could not be read. */
  unread: readonly UnreadCell[];
}

/**
 * The people of a table. Each is read again whenever he is asked for: of a long file only the cells stand in memory, and how
 * they do is the table's affair.
 */
export class RosterRows implements Iterable<RosterRow> {
  private readonly reader: RowReader;
  /** Rows of the table, and numbers, by place in the file. */
  private readonly lines: number[] = [];
  private readonly orders: number[] = [];
  /** Places in protocol order. */
  private sorted: number[] = [];

  constructor(private readonly table: RosterTable) {
    this.reader = new RowReader(table.mapping);
  }

  get length(): number {
    return this.lines.length;
  }

  /** @param line index of the row in the table */
  add(line: number, order: number): void {
    this.sorted.push(this.lines.length);
    this.lines.push(line);
    this.orders.push(order);
  }

  /** Into protocol order. */
  sort(): void {
    this.sorted.sort((a, b) => this.orders[a]! - this.orders[b]!);
  }

  at(index: number): RosterRow {
    return this.inFile(this.sorted[index]!);
  }

  /** @param place counted from 0, as the file has them */
  inFile(place: number): RosterRow {
    const line = this.lines[place]!;
    return this.reader.read(this.table.rows.at(line)!, line + 1, place + 1);
  }

  *[Symbol.iterator](): Iterator<RosterRow> {
    for (let index = 0; index < this.length; index += 1) yield this.at(index);
  }
}

/** Faulty cells are noted and stand as empty in the row, so that the rest of it is checked as well. */
export class RowReader {
  readonly faults: RosterFault[] = [];
  /** Words that were read as 空缺, by what stands in the cell. */
  readonly takenAsVacant = new NotedRows();
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
    const cell = (column: RosterColumn): string =>
      rearmed(visible(cells[this.positions.get(column) ?? -1] ?? '').trim());
    if (cells.some((content, at) => at >= this.width && !isBlank(content)))
      this.fault(row, null, '这一行比表头多出内容，请检查是否有未加引号的逗号。');
    if (isPlaceholder(cell('name')) && !saysVacant(cell('name'))) this.takenAsVacant.add(cell('name'), row);
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

/** Whether nobody sees anything in a cell. */
export const isBlank = (cell: string): boolean => visible(cell).trim() === '';

/** Lines of the file by what was noticed in them: all of them counted, the first few kept. */
export class NotedRows {
  private readonly rows = new Map<string, { first: number[]; count: number }>();

  add(what: string, row: number): void {
    const noted = this.rows.get(what) ?? { first: [], count: 0 };
    noted.count += 1;
    if (noted.first.length < 5) noted.first.push(row);
    if (this.rows.size < 20 || this.rows.has(what)) this.rows.set(what, noted);
  }

  /** @param sentence of 第3、7行等12行 and what was noticed */
  sentences(sentence: (rows: string, what: string) => string): string[] {
    return [...this.rows].map(([what, { first, count }]) =>
      sentence(`第${first.join('、')}行${count > first.length ? `等${count}行` : ''}`, what),
    );
  }
}

const kindOfUnit = (unit: string): RosterKind => (/(乡|镇|街道|街道办事处)$/.test(unit) ? 'township' : 'unit');
