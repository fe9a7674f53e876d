import { regionsOf } from '../src/platform/document/pdf/columns.js';
import { withoutFurniture } from '../src/platform/document/pdf/furniture.js';
import type { Glyph } from '../src/platform/document/pdf/glyphs.js';
import { linesOf, type PageLine } from '../src/platform/document/pdf/page-lines.js';
import { paragraphsOf } from '../src/platform/document/pdf/paragraphs.js';
import { segmentsOf } from '../src/platform/document/pdf/segments.js';

/** Letters as they stand on pages, for what rebuilds lines from them. */

const size = 12;
export const [width, height, left] = [595, 842, 72];

export interface Placed {
  text: string;
  y: number;
  x?: number;
  size?: number;
  bold?: boolean;
}

/** Letters of a line as a program sets them: Chinese ones as wide as they are high, others half as wide. */
function glyphsOf({ text, y, x = left, size: high = size, bold = false }: Placed): Glyph[] {
  let at = x;
  return [...text].map((letter) => {
    const glyph = { text: letter, x: at, y, width: letter > '\u2000' ? high : high / 2, size: high, bold, red: false };
    at += glyph.width;
    return glyph;
  });
}

export const pageLines = (placed: readonly Placed[], page = 0): PageLine[] =>
  regionsOf(segmentsOf(placed.flatMap(glyphsOf))).flatMap((region) => linesOf(region, page));

export function textOf(...pages: Placed[][]): string[] {
  const lines = pages.map(pageLines);
  const kept = withoutFurniture(lines, height).pages;
  return paragraphsOf(kept, width).flatMap(({ text }) => (text.trim() === '' ? [] : [text]));
}

/** A line that fills the width of 37 letters, or of a column of 17. */
export const full = (begin: string, letters = 37) => begin.padEnd(letters, '字');
export const rows = (texts: string[], x = left, from = 90): Placed[] =>
  texts.map((text, at) => ({ text, x, y: from + at * 18 }));
export const many = (count: number, name = '行') => Array.from({ length: count }, (_, at) => full(`${name}${at % 10}`));
