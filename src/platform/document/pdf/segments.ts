import type { Glyph } from './glyphs.js';

/** Letters of one baseline that stand close together: a line of a column, or a cell of a row. */
export interface Segment {
  glyphs: Glyph[];
  left: number;
  right: number;
  y: number;
  size: number;
}

/** Letters of one line differ by less, lines by more; in letter heights. */
const sameLine = 0.3;
/** Columns may stand as close as this. */
const apart = 0.85;

/** Letters drawn twice, a hair apart, to look bold; in letter heights. */
const hair = 0.12;

export function segmentsOf(glyphs: readonly Glyph[]): Segment[] {
  return baselinesOf(glyphs).flatMap((line) => cut(withoutDoubles(line)));
}

function baselinesOf(glyphs: readonly Glyph[]): Glyph[][] {
  const lines: Glyph[][] = [];
  let [y, size] = [-Infinity, 0];
  for (const glyph of [...glyphs].sort((one, other) => one.y - other.y)) {
    const line = lines.at(-1);
    if (line !== undefined && glyph.y - y <= sameLine * Math.max(size, glyph.size)) line.push(glyph);
    else {
      lines.push([glyph]);
      [y, size] = [glyph.y, glyph.size];
    }
  }
  for (const line of lines) line.sort((one, other) => one.x - other.x);
  return lines;
}

function withoutDoubles(line: readonly Glyph[]): Glyph[] {
  const kept: Glyph[] = [];
  for (const glyph of line) {
    const twin = kept.slice(-3).find((other) => other.text === glyph.text && glyph.x - other.x < hair * glyph.size);
    if (twin && glyph.text.trim() !== '') twin.bold = true;
    else kept.push(glyph);
  }
  return kept;
}

function cut(line: readonly Glyph[]): Segment[] {
  const segments: Glyph[][] = [];
  let right = -Infinity;
  let blank: Glyph | null = null;
  for (const glyph of line) {
    const isBlank = glyph.text.trim() === '';
    if (right > -Infinity && glyph.x - right < apart * glyph.size) segments.at(-1)!.push(glyph);
    else if (isBlank) blank = glyph;
    else segments.push(blank && glyph.x - blank.x - blank.width < hair * glyph.size ? [blank, glyph] : [glyph]);
    if (isBlank) continue;
    right = glyph.x + glyph.width;
    blank = null;
  }
  return segments.map(segmentOf);
}

export function segmentOf(glyphs: Glyph[]): Segment {
  const shown = glyphs.filter(({ text }) => text.trim() !== '');
  return {
    glyphs,
    left: shown[0]?.x ?? 0,
    right: shown.reduce((most, { x, width }) => Math.max(most, x + width), -Infinity),
    y: median(shown.map(({ y }) => y)),
    size: median(shown.map(({ size }) => size)),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
