import { type CsvShape, separatorsIn } from './csv-separator.js';

/** Gets cells as they are met; blank ones are passed over. */
export interface CellSink {
  /** @param row counted from 1 @param column counted from 0 */
  cell(row: number, column: number, text: string): void;
  endRow(row: number): void;
}

const [quote, space, tab, carriageReturn, lineFeed] = [34, 32, 9, 13, 10];
/** How much is looked through for closing quotes, as a multiple of the text. */
const lookahead = 4;
/** No spreadsheet has a longer cell, with each of its characters doubled: what is longer is handed on as it is, to be refused. */
const longestCell = 65_536;

/**
 * Reads separated values (RFC 4180) as people and programs write them. Rows end with CRLF, LF or CR, mixed as well. A quote counts
 * only where it opens a cell and another closes it in front of a separator; any other is a character like others, so that none
 * swallows what follows.
 */
export class CsvRows {
  private at: number;
  private row = 1;
  private column = 0;
  private readonly separator: number;
  private readonly hasLineFeeds: boolean;
  private allowance: number;
  /** Quotes before this are known to be closed by none. */
  private unclosedBefore = -1;
  private returns = { from: 0, to: 0 };

  constructor(
    private readonly text: string,
    private readonly shape: CsvShape,
    private readonly sink: CellSink,
  ) {
    this.at = shape.start;
    this.row = shape.start > 0 ? 2 : 1;
    this.separator = shape.separator.charCodeAt(0);
    this.hasLineFeeds = text.includes('\n', shape.start);
    this.allowance = text.length * lookahead;
  }

  read(): void {
    while (this.at < this.text.length) this.readCell();
    this.sink.endRow(this.row);
  }

  private readCell(): void {
    const opening = this.skipBlanks(this.at);
    // A formula that is a text, as many exports keep digits: ="138…".
    const from = this.text.startsWith('="', opening) ? opening + 1 : opening;
    const end = this.text.charCodeAt(from) === quote ? this.closing(from + 1) : -1;
    if (end >= 0) {
      this.sink.cell(this.row, this.column, unwrapped(this.text.slice(from + 1, end).replaceAll('""', '"')));
      this.at = this.skipBlanks(end + 1);
    } else {
      const start = this.at;
      while (this.at < this.text.length && !this.endsCell(this.at)) this.at += 1;
      if (this.at > start) this.sink.cell(this.row, this.column, withoutStray(this.text.slice(start, this.at)));
    }
    this.step();
  }

  /** Past what ends a cell. */
  private step(): void {
    if (this.at >= this.text.length) return;
    const code = this.text.charCodeAt(this.at);
    if (code === this.separator) {
      this.at += 1;
      this.column += 1;
      return;
    }
    this.at = this.afterLine(this.at);
    this.sink.endRow(this.row);
    this.row += 1;
    this.column = 0;
  }

  private endsCell(at: number): boolean {
    const code = this.text.charCodeAt(at);
    return code === this.separator || code === lineFeed || (code === carriageReturn && this.endsRow(at));
  }

  /** A lone CR in a text of LF rows ends a row only where the row is whole, or is a title. */
  private endsRow(at: number): boolean {
    return (
      !this.hasLineFeeds ||
      this.text.charCodeAt(this.afterReturns(at)) === lineFeed ||
      this.column === 0 ||
      this.column >= this.shape.width - 1
    );
  }

  /** Looks along a row of CRs once, not from each of them. */
  private afterReturns(at: number): number {
    if (at >= this.returns.from && at < this.returns.to) return this.returns.to;
    let next = at;
    while (this.text.charCodeAt(next) === carriageReturn) next += 1;
    this.returns = { from: at, to: next };
    return next;
  }

  private afterLine(at: number): number {
    if (this.text.charCodeAt(at) === lineFeed || !this.hasLineFeeds) return at + 1;
    const next = this.afterReturns(at);
    return this.text.charCodeAt(next) === lineFeed ? next + 1 : at + 1;
  }

  private skipBlanks(from: number): number {
    let at = from;
    for (;;) {
      const code = this.text.charCodeAt(at);
      if (code !== space && (code !== tab || this.separator === tab)) return at;
      at += 1;
    }
  }

  /** @returns index of the quote that closes what was opened before `from`; -1 where none does */
  private closing(from: number): number {
    const { text } = this;
    if (from <= this.unclosedBefore) return -1;
    let [line, cellsBefore] = [from, this.column];
    const end = Math.min(text.length, from + longestCell);
    for (let at = from; at < end && this.allowance > 0; at += 1) {
      this.allowance -= 1;
      const code = text.charCodeAt(at);
      if (code === quote) {
        const next = this.skipBlanks(at + 1);
        if (next >= text.length || this.endsCell(next)) return at;
        if (text.charCodeAt(at + 1) === quote) at += 1;
      } else if (code === lineFeed || code === carriageReturn) {
        if (this.isWholeRow(text.slice(line, at), cellsBefore, this.afterLine(at))) {
          this.unclosedBefore = at;
          return -1;
        }
        [line, cellsBefore] = [this.afterLine(at), 0];
        at = line - 1;
      }
    }
    return -1;
  }

  /** The row would be whole without the quote, and the next line is a row as well: the quote is a stray one. */
  private isWholeRow(line: string, cellsBefore: number, next: number): boolean {
    const { width, separator } = this.shape;
    if (width < 2 || cellsBefore + 1 + separatorsIn(line, separator) < width) return false;
    return next >= this.text.length || separatorsIn(this.text.slice(next, this.lineEnd(next)), separator) >= width - 1;
  }

  private lineEnd(from: number): number {
    let at = from;
    while (
      at < this.text.length &&
      this.text.charCodeAt(at) !== lineFeed &&
      this.text.charCodeAt(at) !== carriageReturn
    )
      at += 1;
    return at;
  }
}

const unwrapped = (text: string): string => /^="([^]*)"$/.exec(text)?.[1]?.replaceAll('""', '"') ?? text;

/** A quote at the edge of a cell that nobody closed, and one around a cell that has others in it. 19" is a size. */
function withoutStray(cell: string): string {
  if (cell.length > longestCell) return cell;
  const text = cell.trim();
  const quotes = text.includes('"') ? text.split('"').length - 1 : 0;
  if (quotes % 2 === 0) return text.replace(/^"([^]*)"$/, '$1');
  return text.startsWith('"') ? text.slice(1) : text.replace(/(\D)"$/, '$1');
}
