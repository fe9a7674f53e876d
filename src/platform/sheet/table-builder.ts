import { cellName, columnLetter } from '../../domain/list-file/cell-name.js';
import type { Unreadable, UnreadCell } from '../../domain/list-file/unread-cell.js';
import { hasNoText, isBlank, isErrorText, trimmed, withMarks } from './cell-text.js';
import { PackedRows } from './packed-rows.js';
import { SheetRefused } from './sheet-refused.js';

/** One table: cells as text, the first row being line 1 of the file. Blank rows and columns beyond the last cell are left out. */
export interface Sheet {
  name: string;
  rows: PackedRows;
  /** Merged ranges such as A1:C1; none in CSV. */
  merged: readonly string[];
  /** The first of each column; a column that has any is never without. */
  unread: readonly UnreadCell[];
  /** Rows that hold something and are not shown, counted from 1; whether a filter hides them. */
  hiddenRows: readonly number[];
  filtered: boolean;
  /** Columns that hold something and are not shown, counted from 0. */
  hiddenColumns: readonly number[];
}

export interface SheetLimits {
  rows: number;
  columns: number;
  /** Characters. */
  cell: number;
}

/** Of all tables of a file together: what stands in memory is bounded, however often one text is used. */
export class TextAllowance {
  private left = 40_000_000;

  take(length: number, where: string): void {
    this.left -= length + 1;
    if (this.left < 0)
      throw new SheetRefused(`${where}为止内容已经太多，没有读完。请只保留名单需要的列，或分成几份导入。`);
  }
}

const unreadPerColumn = 500;

/** Takes cells as they are met, row by row, and stops at the first that is beyond a limit. */
export class TableBuilder {
  private readonly rows = new PackedRows();
  private readonly unread: UnreadCell[] = [];
  private readonly unreadOf: number[] = [];
  private readonly hiddenRows: number[] = [];
  private readonly filled = new Set<number>();
  private cells: string[] = [];
  private holds = false;

  constructor(
    private readonly name: string,
    private readonly limits: SheetLimits,
    private readonly allowance: TextAllowance,
  ) {}

  /**
   * @param row counted from 1, and never lower than before
   * @param column counted from 0
   * @throws SheetRefused when the cell holds something and is beyond a limit
   */
  cell(row: number, column: number, content: string, why: Unreadable | null = null): void {
    const text = trimmed(content);
    const reason = why ?? (isErrorText(text) ? 'error' : hasNoText(text) ? 'characters' : null);
    if (reason === null && isBlank(text)) return;
    this.check(row, column, text.length);
    this.note(row, column, reason);
    while (this.cells.length < column) this.cells.push('');
    this.cells[column] = reason === null ? text : withMarks(text);
    this.filled.add(column);
    this.holds = true;
  }

  /** @param row counted from 1 */
  endRow(row: number, hidden = false): void {
    if (this.holds) {
      while (this.rows.length < row - 1) this.rows.push([]);
      this.rows.push(this.cells);
      if (hidden) this.hiddenRows.push(row);
    }
    [this.cells, this.holds] = [[], false];
  }

  /** @returns null where no cell holds anything */
  table(more: {
    merged?: readonly string[];
    filtered?: boolean;
    hiddenColumns?: (column: number) => boolean;
  }): Sheet | null {
    const { rows, name, unread, hiddenRows, filled } = this;
    if (rows.length === 0) return null;
    const { merged = [], filtered = false, hiddenColumns = () => false } = more;
    const hidden = [...filled].filter(hiddenColumns).sort((a, b) => a - b);
    return { name, rows, merged, unread, hiddenRows, filtered, hiddenColumns: hidden };
  }

  get width(): number {
    return Math.max(0, ...[...this.filled].map((column) => column + 1));
  }

  private get where(): string {
    return this.name === '' ? '文件' : `工作表“${this.name}”`;
  }

  private check(row: number, column: number, length: number): void {
    const { rows, columns, cell } = this.limits;
    const at = `${this.where}${cellName(row, column)}格`;
    if (row > rows)
      throw new SheetRefused(`${this.where}第${row}行还有内容，超过上限${rows}行，请删去多余的行，或分成几份导入。`);
    if (column >= columns)
      throw new SheetRefused(
        `${this.where}第${row}行第${column + 1}列（${columnLetter(column)}列）还有内容，超过上限${columns}列，请删去多余的列。`,
      );
    if (length > cell) throw new SheetRefused(`${at}超过${cell}个字，请缩短。`);
    this.allowance.take(length, at);
  }

  private note(row: number, column: number, why: Unreadable | null): void {
    if (why === null) return;
    const met = this.unreadOf[column] ?? 0;
    this.unreadOf[column] = met + 1;
    if (met < unreadPerColumn) this.unread.push({ row, column, why });
  }
}
