import { median, type Segment } from './segments.js';

/** A part of a page that is read from top to bottom before the next one: all of it, or one of its columns. */
export interface Region {
  segments: Segment[];
  /** Regions of like kind on other pages have the same: `1/1` is the whole width. */
  column: string;
}

/** Fewer lines side by side are a row of a table, or the number and the date. */
const fewestLines = 5;
/** Columns of less are those of a table, or page numbers of a list of contents; in letter heights. */
const narrowest = 8;
/** A line of a column ends at its edge, give or take a word; a cell of a table anywhere; in letter heights. */
const ragged = 2.5;
/** Headings and last lines of paragraphs end before it. */
const leastFull = 0.3;
const widestGutter = 4;
const fewestBeside = 12;
/** Columns equally long end within two lines of each other; in letter heights, as is the space below them. */
const [level, spaceBelow] = [3.5, 3.3];
/** Where more stands below, the last column of a text ends early. */
const mostBelow = 6;
/** Columns side by side, one split for each. */
const mostSplits = 3;
const mostEdges = 60;

/** The parts of a page in the order in which they are read. */
export function regionsOf(segments: readonly Segment[]): Region[] {
  return split(
    [...segments].sort((one, other) => one.y - other.y),
    '1/1',
    0,
  );
}

function split(segments: Segment[], column: string, depth: number): Region[] {
  const band = depth < mostSplits ? widestBand(segments) : null;
  if (band === null) return segments.length > 0 ? [{ segments, column }] : [];
  const inside = segments.slice(band.from, band.to);
  return [
    ...split(segments.slice(0, band.from), column, depth),
    ...split(
      inside.filter(({ left }) => left < band.gutter),
      `${column}:1`,
      depth + 1,
    ),
    ...split(
      inside.filter(({ left }) => left >= band.gutter),
      `${column}:2`,
      depth + 1,
    ),
    ...split(segments.slice(band.to), column, depth),
  ];
}

interface Band {
  from: number;
  to: number;
  gutter: number;
}

/** The most lines on a stretch that no letter crosses from one column into the other. */
function widestBand(segments: readonly Segment[]): Band | null {
  let best: Band | null = null;
  for (const gutter of edges(segments)) {
    let from = 0;
    for (let at = 0; at <= segments.length; at += 1) {
      const segment = segments[at];
      if (segment && !(segment.left < gutter && segment.right > gutter)) continue;
      const isLonger: boolean = best === null || at - from > best.to - best.from;
      const band: Band = { from, to: isLonger ? endOf(segments, { from, to: at, gutter }) : at, gutter };
      if (isLonger && areColumns(segments.slice(from, band.to), gutter)) best = band;
      from = at + 1;
    }
  }
  return best;
}

/**
 * Where columns end that are equally long, with a space below them: what stands there on the left goes across both, as the foot
 * of a bulletin does whose lines are short.
 */
function endOf(segments: readonly Segment[], { from, to, gutter }: Band): number {
  let last = to - 1;
  while (last > from && segments[last]!.left < gutter) last -= 1;
  const sizes = segments[last]?.size ?? 0;
  for (let at = last + 1; at < to; at += 1) {
    const space = segments[at]!.y - segments[at - 1]!.y;
    const isLevel = segments[at - 1]!.y - segments[last]!.y < level * sizes;
    if (isLevel && space > spaceBelow * sizes && to - at <= Math.min(mostBelow, (to - from) / 4)) return at;
  }
  return to;
}

/** Where lines begin, a point before it, for figures that are rounded; of very many the most frequent. */
function edges(segments: readonly Segment[]): number[] {
  const lefts = new Map<number, number>();
  for (const { left } of segments) lefts.set(Math.round(left), (lefts.get(Math.round(left)) ?? 0) + 1);
  const leftmost = Math.min(...lefts.keys());
  return [...lefts]
    .filter(([x]) => x > leftmost + 1)
    .sort(([, one], [, other]) => other - one)
    .slice(0, mostEdges)
    .map(([x]) => x - 1);
}

function areColumns(segments: readonly Segment[], gutter: number): boolean {
  const left = segments.filter((segment) => segment.left < gutter);
  const right = segments.filter((segment) => segment.left >= gutter);
  if (left.length < fewestLines || right.length === 0) return false;
  const size = median(segments.map((segment) => segment.size));
  const edge = Math.max(...left.map((segment) => segment.right));
  const ending = (within: number) => left.filter((segment) => segment.right > edge - within * size).length;
  if (ending(ragged) < Math.max(fewestLines, left.length * leastFull)) return false;
  if (Math.min(...right.map((segment) => segment.left)) > edge + widestGutter * size) return false;
  // The last column of a text may hold a line or two, names perhaps: then the first one must show its edge.
  const isShort = right.length < fewestLines;
  if (isShort && (left.length < fewestBeside || ending(ragged) * 2 < left.length)) return false;
  const isWide = (side: readonly Segment[], least: number): boolean =>
    wide(side.map((segment) => segment.right - segment.left)) >= least * size;
  return isWide(left, narrowest) && isWide(right, isShort ? narrowest / 2 : narrowest);
}

/** The width that three quarters of some lines do not reach. */
const wide = (widths: readonly number[]): number =>
  [...widths].sort((one, other) => one - other)[Math.floor(widths.length * 0.75)] ?? 0;
