import { columnAt } from '../../domain/list-file/cell-name.js';
import type { Unreadable } from '../../domain/list-file/unread-cell.js';
import { plainNumber, serialDate, unescaped } from './cell-text.js';
import type { NumberFormat } from './number-format.js';
import { damaged } from '../office-file/file-fault.js';
import { RichText, type SharedStrings } from './shared-strings.js';
import { type Sheet, type SheetLimits, TableBuilder, type TextAllowance } from './table-builder.js';
import { type Attributes, isTrue, type PartReader } from '../office-file/xml-part.js';

/** What cells of a worksheet refer to. */
export interface CellContext {
  strings: SharedStrings;
  formats: readonly NumberFormat[];
  from1904: boolean;
}

const lastRow = 1_048_576;
const lastColumn = 16_384;
const mostMerged = 5000;

interface OpenCell {
  type: string;
  style: number;
  column: number;
  formula: boolean;
  /** Null without a stored value, which is something else than an empty one. */
  value: string | null;
  inline: boolean;
  broken: boolean;
}

/** One worksheet, read from its XML as it comes. */
export class WorksheetReader implements PartReader {
  private readonly builder: TableBuilder;
  private readonly rich = new RichText();
  private readonly merged: string[] = [];
  private readonly hiddenColumns: [number, number][] = [];
  private hiddenByDefault = false;
  private filtered = false;
  private inData = false;
  private row = 0;
  private rowStated = true;
  private rowHidden = false;
  private column = -1;
  private open_: OpenCell | null = null;
  private inValue = false;

  constructor(
    name: string,
    private readonly context: CellContext,
    limits: SheetLimits,
    allowance: TextAllowance,
  ) {
    this.builder = new TableBuilder(name, limits, allowance);
  }

  open(name: string, attributes: Attributes): void {
    if (this.open_ !== null) this.openInCell(name);
    else if (this.inData) {
      if (name === 'row') this.beginRow(attributes);
      else if (name === 'c') this.beginCell(attributes);
    } else this.openAround(name, attributes);
  }

  close(name: string): void {
    if (this.open_ !== null) this.closeInCell(name, this.open_);
    else if (name === 'row') this.builder.endRow(this.row, this.rowHidden);
    else if (name === 'sheetData') this.inData = false;
  }

  text(text: string): void {
    if (this.open_ === null) return;
    if (this.inValue) this.open_.value = (this.open_.value ?? '') + text;
    else this.rich.text(text);
  }

  badCharacter(): boolean {
    if (this.open_ === null) return false;
    this.open_.broken = true;
    return true;
  }

  /** @returns null where no cell holds anything */
  table(): Sheet | null {
    const hiddenColumns = (column: number) => this.hiddenColumns.some(([from, to]) => column >= from && column <= to);
    const sheet = this.builder.table({ merged: this.merged, filtered: this.filtered, hiddenColumns });
    sheet?.rows.padTo(this.builder.width);
    return sheet;
  }

  private openAround(name: string, attributes: Attributes): void {
    if (name === 'sheetData') this.inData = true;
    else if (name === 'sheetFormatPr') this.hiddenByDefault = isTrue(attributes.zeroHeight);
    else if (name === 'autoFilter') this.filtered = true;
    else if (
      name === 'col' &&
      this.hiddenColumns.length < lastColumn &&
      (isTrue(attributes.hidden) || Number(attributes.width ?? 1) === 0)
    )
      this.hiddenColumns.push([Number(attributes.min) - 1, Number(attributes.max) - 1]);
    else if (name === 'mergeCell' && this.merged.length < mostMerged) {
      const range = (attributes.ref ?? '').toUpperCase().replaceAll('$', '');
      if (/^[A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7}$/.test(range)) this.merged.push(range);
    }
  }

  private beginRow({ r, hidden, ht }: Attributes): void {
    const row = r === undefined ? this.row + 1 : Number(r);
    if (!Number.isInteger(row) || row <= this.row || row > lastRow) throw damaged();
    [this.row, this.column, this.rowStated] = [row, -1, r !== undefined];
    this.rowHidden = hidden === undefined ? this.hiddenByDefault || Number(ht ?? 1) === 0 : isTrue(hidden);
  }

  private beginCell({ r, t, s }: Attributes): void {
    const [, letters, digits] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(r ?? '') ?? [];
    if (r !== undefined && letters === undefined) throw damaged();
    if (digits !== undefined && !this.rowStated && Number(digits) > this.row) this.row = Number(digits);
    this.rowStated = true;
    this.column = letters === undefined ? this.column + 1 : columnAt(letters.toUpperCase());
    if (this.column >= lastColumn || this.row > lastRow) throw damaged();
    const state = { formula: false, value: null, inline: false, broken: false };
    this.open_ = { type: t ?? 'n', style: Number(s ?? 0), column: this.column, ...state };
  }

  private openInCell(name: string): void {
    if (name === 'v') this.inValue = true;
    else if (name === 'f') this.open_!.formula = true;
    else if (name === 'is') this.open_!.inline = true;
    else this.rich.open(name);
    if (name === 'v') this.open_!.value ??= '';
  }

  private closeInCell(name: string, cell: OpenCell): void {
    if (name === 'v') this.inValue = false;
    else if (name !== 'c') this.rich.close(name);
    else {
      this.open_ = null;
      const inline = this.rich.take();
      const [text, why] = cell.inline ? ([inline, null] as const) : this.content(cell);
      this.builder.cell(this.row, cell.column, text, cell.broken ? 'characters' : why);
    }
  }

  /** What the cell shows, or would show, and why that cannot be relied on. */
  private content({ type, value, formula, style }: OpenCell): readonly [string, Unreadable | null] {
    if (type === 'e') return [value?.trim() || '#N/A', 'error'];
    const missing = formula && (type === 'str' ? value === null : (value ?? '').trim() === '');
    if (missing) return ['', 'noResult'];
    if (value === null) return ['', null];
    if (type === 's') return this.shared(value);
    if (type === 'str' || type === 'inlineStr') return [unescaped(value), null];
    const text = value.trim();
    if (type === 'b') return [isTrue(text) ? '是' : '否', null];
    if (type === 'd') return [/^\d{4}-\d\d-\d\d/.exec(text)?.[0] ?? text, null];
    return [this.number(text, this.context.formats[style] ?? 'number'), null];
  }

  private shared(value: string): readonly [string, Unreadable | null] {
    const { texts, broken } = this.context.strings;
    const index = Number(value);
    const text = texts[index];
    if (text === undefined || value.trim() === '') return ['', 'damaged'];
    return [text, broken.has(index) ? 'characters' : null];
  }

  private number(text: string, format: NumberFormat): string {
    const value = Number(text);
    if (format !== 'number' && text !== '' && Number.isFinite(value)) {
      if (format === 'date') return serialDate(value, this.context.from1904) ?? plainNumber(text);
      if (value >= 0 && value < 1) return new Date(Math.round(value * 1440) * 60_000).toISOString().slice(11, 16);
    }
    return plainNumber(text);
  }
}

/** Whether a worksheet holds anything; stops at the first cell that does. */
export class ContentSeeker implements PartReader {
  private found = false;
  private inText = false;

  open(name: string): void {
    this.inText = name === 'v' || name === 't';
  }

  text(text: string): void {
    this.found ||= this.inText && text.trim() !== '';
  }

  close(): void {
    this.inText = false;
  }

  done(): boolean {
    return this.found;
  }
}
