import type { Glyph } from './glyphs.js';
import type { Region } from './columns.js';
import { median, type Segment } from './segments.js';

/** A line as it stands on the page. */
export interface PageLine {
  page: number;
  column: string;
  text: string;
  /** A blank that was typed stands before its first letter, or behind its last. */
  blankBefore: boolean;
  blankAfter: boolean;
  left: number;
  right: number;
  y: number;
  size: number;
  /** Width of what may not be parted at its beginning, which had no room on the line before. */
  opening: number;
  bold: boolean;
  /** The bold beginning of a line that goes on in plain type. */
  lead: string | null;
  red: boolean;
}

/** Gaps in letter heights: blanks that were typed, the ideographic one, and what a tab leaves. */
const [blankGap, wideGap, tabGap] = [0.4, 0.8, 1.6];
/** Between words of Latin letters. */
const wordGap = 0.17;
const cellBlank = '    ';
const nearlyAll = 0.9;

export function linesOf({ segments, column }: Region, page: number): PageLine[] {
  const rows: Segment[][] = [];
  for (const segment of [...segments].sort((one, other) => one.y - other.y)) {
    const first = rows.at(-1)?.[0];
    if (first && segment.y - first.y < 0.4 * Math.max(first.size, segment.size)) rows.at(-1)!.push(segment);
    else rows.push([segment]);
  }
  return rows.map((row) => lineOf(row, page, column));
}

function lineOf(row: Segment[], page: number, column: string): PageLine {
  const glyphs = row.sort((one, other) => one.left - other.left).flatMap((segment) => segment.glyphs);
  const shown = glyphs.filter(({ text }) => text.trim() !== '');
  const share = (is: (glyph: Glyph) => boolean): number => shown.filter(is).length / shown.length;
  const text = textOf(glyphs);
  const bold = share((glyph) => glyph.bold) >= nearlyAll;
  return {
    ...{ page, column, bold, lead: bold ? null : leadOf(glyphs) },
    ...{ text: text.trim(), blankBefore: /^\s/u.test(text), blankAfter: /\s$/u.test(text) },
    left: Math.min(...row.map(({ left }) => left)),
    right: Math.max(...row.map(({ right }) => right)),
    y: row[0]!.y,
    size: median(shown.map(({ size }) => size)),
    opening: openingOf(shown),
    red: share((glyph) => glyph.red) >= nearlyAll,
  };
}

function textOf(glyphs: readonly Glyph[]): string {
  const spacing = letterSpacing(glyphs);
  let text = '';
  let before: Glyph | null = null;
  for (const glyph of glyphs) {
    if (before) text += blankBetween(before, glyph, spacing);
    text += glyph.text;
    before = glyph;
  }
  return text;
}

/** What a masthead or a justified line adds between all its letters. */
function letterSpacing(glyphs: readonly Glyph[]): number {
  const gaps = glyphs.slice(1).map((glyph, at) => glyph.x - glyphs[at]!.x - glyphs[at]!.width);
  return gaps.length < 3 ? 0 : Math.max(0, median(gaps));
}

function blankBetween(before: Glyph, glyph: Glyph, spacing: number): string {
  const gap = (glyph.x - before.x - before.width - spacing) / Math.max(before.size, glyph.size);
  const besideBlank = before.text.trim() === '' || glyph.text.trim() === '';
  if (gap >= tabGap) return cellBlank;
  if (besideBlank) return '';
  if (gap >= wideGap) return '\u3000';
  const words = /[\w.,;:!?)]$/.test(before.text) && /^[\w(]/.test(glyph.text);
  return gap >= (words ? wordGap : blankGap) ? ' ' : '';
}

function leadOf(glyphs: readonly Glyph[]): string | null {
  const plain = glyphs.findIndex(({ bold, text }) => !bold && text.trim() !== '');
  return plain > 0 ? textOf(glyphs.slice(0, plain)).trim() : null;
}

const opens = /^[（(【〔[［《“‘「『]$/u;
const closes = /^[，。、；：！？）】》”’」』〕…％%,.;:!?)\]］]$/u;
const word = /^[\w.%％‰℃\-/]$/u;
const longestOpening = 24;

/** 全 of 全县, （全 of （全县）, 县， of 县，市, 2025 of 2025年: what no program parts. */
function openingOf(shown: readonly Glyph[]): number {
  let end = 0;
  while (end < shown.length && end < longestOpening && opens.test(shown[end]!.text)) end += 1;
  const isWord = word.test(shown[end]?.text ?? '');
  end += 1;
  while (isWord && end < shown.length && end < longestOpening && word.test(shown[end]!.text)) end += 1;
  while (end < shown.length && end < longestOpening && closes.test(shown[end]!.text)) end += 1;
  const [first, last] = [shown[0], shown[Math.min(end, shown.length) - 1]];
  return first && last ? last.x + last.width - first.x : 0;
}
