import { distributionLabel } from '../../../domain/bulletin/distribution.js';
import { readSignOffs } from '../../../domain/bulletin/sign-off.js';
import type { DocumentLine } from '../document-text.js';
import type { PageLine } from './page-lines.js';
import { median } from './segments.js';

/** Space a column leaves for lines, by what its lines show. */
interface Column {
  left: number;
  /** Null where no two lines end at the same place: nothing is wrapped. */
  right: number | null;
  leading: number;
}

/** In letter heights. */
const sameEdge = 0.7;
const indented = 1.2;
/** Lines further apart have a blank one between them; lines of one paragraph are no further apart. In usual distances. */
const [blankLine, sameParagraph] = [1.75, 1.4];
const otherSize = 1.12;
const fewestFull = 4;
/** Both ends of a centred line stand at least so far in; the middle is met by half a letter or so. */
const [farIn, middle] = [2, 1];
/** Where paragraphs begin at the edge too, a unit's bracket ends one at the right edge by chance, and a mark begins one. */
const mayEnd = /[。！？!?][）)】〕]$|[。！？][（(【〔][^（(【〔]{2,20}[）)】〕]$/u;
const mayBegin = /^(?:[^\p{L}\p{N}\s“‘《（(]|\p{No}|[（(]?[\d一二三四五六七八九十]{1,3}[）)、．.](?!\d))/u;

/**
 * The lines of a document as paragraphs: what the right edge cut is joined. A line is cut where the next one begins at the left
 * edge with something that had no room on it. An empty line stands where the page leaves one, a form feed where it ends.
 */
export function paragraphsOf(pages: readonly (readonly PageLine[])[], width: number): DocumentLine[] {
  const lines = pages.flat();
  const columns = columnsOf(lines, width);
  const body = median(
    lines.flatMap(({ size, text }) => Array.from({ length: Math.min(text.length, 200) }, () => size)),
  );
  const indents = isIndented(lines, columns);
  const whole: DocumentLine[] = [];
  let before: PageLine | null = null;
  let parts: PageLine[] = [];
  const close = (): void => {
    if (parts.length > 0) whole.push(paragraphOf(parts, columns, body, width));
    parts = [];
  };
  for (const line of lines) {
    const column = columns.get(line.column)!;
    if (before && goesOn(before, line, columns.get(before.column)!, column, indents)) parts.push(line);
    else {
      close();
      if (before && before.page !== line.page) whole.push({ text: '\f' });
      else if (before && before.column === line.column && line.y - before.y > blankLine * column.leading)
        whole.push({ text: '' });
      parts = [line];
    }
    before = line;
  }
  close();
  return whole;
}

function columnsOf(lines: readonly PageLine[], width: number): Map<string, Column> {
  const byColumn = new Map<string, PageLine[]>();
  for (const line of lines) byColumn.set(line.column, [...(byColumn.get(line.column) ?? []), line]);
  return new Map([...byColumn].map(([name, own]) => [name, columnOf(own, width)]));
}

function columnOf(lines: readonly PageLine[], width: number): Column {
  const size = median(lines.map((line) => line.size));
  const sorted = lines.map((line) => line.left).sort((one, other) => one - other);
  const left = sorted.find((x, at) => (sorted[at + 1] ?? Infinity) - x < sameEdge * size) ?? sorted[0] ?? 0;
  const steps = lines
    .slice(1)
    .map((line, at) => (line.page === lines[at]!.page ? line.y - lines[at]!.y : 0))
    .filter((step) => step > 0.8 * size);
  return { left, right: rightEdge(lines, left, size, width), leading: median(steps) || size * 1.5 };
}

/**
 * Where long lines end, give or take a letter; a mark of punctuation may hang beyond. Two short lines may end alike too: an edge
 * leaves the margin of the other side, or many lines end there.
 */
function rightEdge(lines: readonly PageLine[], left: number, size: number, width: number): number | null {
  const sorted = [...lines].sort((one, other) => one.right - other.right);
  let [best, edge, full] = [0, left, 0];
  let [weight, from] = [0, 0];
  for (const [at, line] of sorted.entries()) {
    weight += line.right - line.left;
    for (; sorted[from]!.right < line.right - sameEdge * size; from += 1)
      weight -= sorted[from]!.right - sorted[from]!.left;
    if (weight >= best) [best, edge, full] = [weight, line.right, at - from + 1];
  }
  return full >= fewestFull || (full > 1 && edge > width - left - 4 * size) ? edge : null;
}

/** Whether paragraphs of the document begin further in than they go on. */
function isIndented(lines: readonly PageLine[], columns: ReadonlyMap<string, Column>): boolean {
  const full = lines.filter(({ text }) => text.length > 12);
  const inside = full.filter(({ left, size, column }) => {
    const in_ = (left - columns.get(column)!.left) / size;
    return in_ > indented && in_ < 3.5;
  });
  return inside.length * 12 > full.length;
}

function goesOn(before: PageLine, line: PageLine, from: Column, to: Column, indents: boolean): boolean {
  if (from.right === null || isCentred(before, from) || isCentred(line, to)) return false;
  if ((!indents && isRow(before.text)) || isRow(line.text)) return false;
  const ratio = before.size / line.size;
  if (ratio > otherSize || ratio < 1 / otherSize || (before.bold && !line.bold && line.lead === null)) return false;
  const hasRoom = before.right + line.opening < from.right + 0.2 * line.size;
  if (hasRoom || line.left > to.left + sameEdge * line.size) return false;
  const isNext = before.page === line.page && before.column === line.column;
  if (isNext && line.y - before.y > sameParagraph * to.leading) return false;
  if (beginsFoot(line.text)) return false;
  return indents || !(mayEnd.test(before.text) || mayBegin.test(line.text));
}

/** The number, the issuer and the date; the cells of a table. */
const isRow = (text: string): boolean => / {4}/.test(text.trimStart());

/** A line of recipients or of names, which a blank set apart: blanks at the end of a line are not drawn. */
const beginsFoot = (text: string): boolean => {
  const colon = /^[^：:]{1,10}[：:]/u.exec(text);
  return colon !== null && (distributionLabel(text) !== null || text.startsWith(readSignOffs(text)[0]?.label ?? '\0'));
};

function isCentred({ left, right, size }: PageLine, column: Column): boolean {
  if (column.right === null) return false;
  const [before, behind] = [left - column.left, column.right - right];
  return before > farIn * size && behind > farIn * size && Math.abs(before - behind) < 2 * middle * size;
}

function paragraphOf(
  parts: readonly PageLine[],
  columns: ReadonlyMap<string, Column>,
  body: number,
  width: number,
): DocumentLine {
  const first = parts[0]!;
  const column = columns.get(first.column)!;
  const edges = column.right === null ? { ...column, right: width - column.left } : column;
  const centred = parts.length === 1 && isCentred(first, edges);
  const isIn =
    !centred && first.left - column.left > indented * first.size && first.left - column.left < 3.5 * first.size;
  const text = parts.reduce((whole, part, at) => whole + joint(parts[at - 1], part) + part.text, '');
  const bold = parts.every((part) => part.bold);
  return {
    text: (isIn ? '　　' : '') + text,
    page: first.page,
    look: {
      ...{ heading: null, bold, lead: bold ? null : first.bold ? first.text : first.lead, centred },
      ...{ red: parts.every(({ red }) => red), size: Math.round((first.size / body) * 100) / 100 },
    },
  };
}

/** A blank where one was typed; a word or a figure is never parted, so that one stood between two of them. */
function joint(before: PageLine | undefined, after: PageLine): string {
  if (before === undefined) return '';
  const words = /\w$/.test(before.text) && /^\w/.test(after.text);
  return words || before.blankAfter || after.blankBefore ? ' ' : '';
}
