import type { PageLine } from './page-lines.js';

/** A page's number, alone at its edge. */
const pageNumber =
  /^[-‐-―─━~·•\s]*(?:第\s*)?(?:\d{1,3}|[ivxlc]{1,6}|[一二三四五六七八九十]{1,4})(?:\s*页)?(?:\s*[,，/／]?\s*(?:of|共)?\s*[\d一二三四五六七八九十]{1,4}\s*页?)?[-‐-―─━~·•\s]*$/iu;
/** Heads and feet stand in the outer part of a page. */
const outer = 0.12;
/** The same head stands on every page at one height, to a point or so. */
const samePlace = 3;
const mostLines = 3;
const longestHead = 40;

/**
 * Takes page numbers and running heads off the pages. A head is what stands at the same place, in the same size, with the same
 * words but for figures, at the edge of two pages or more.
 *
 * @param pages the lines of each page from top to bottom
 * @returns the lines without them, and each head once
 */
export function withoutFurniture(
  pages: readonly (readonly PageLine[])[],
  height: number,
): { pages: PageLine[][]; heads: string[] } {
  const edges = pages.map((lines) => edgesOf(lines, height));
  const times = new Map<string, number>();
  for (const edge of edges)
    for (const key of new Set(edge.flatMap((line) => keysOf(line)))) times.set(key, (times.get(key) ?? 0) + 1);
  const heads = new Map<string, string>();
  const kept = pages.map((lines, page) => {
    const gone = new Set<PageLine>();
    for (const line of edges[page]!) {
      const repeats = keysOf(line).some((key) => (times.get(key) ?? 0) > 1);
      const isNumber = pageNumber.test(line.text.trim());
      if (!repeats && !isNumber) continue;
      gone.add(line);
      if (!isNumber) heads.set(line.text.replace(/\d+/g, ''), heads.get(line.text.replace(/\d+/g, '')) ?? line.text);
    }
    return lines.filter((line) => !gone.has(line));
  });
  return { pages: kept, heads: [...heads.values()] };
}

/** Up to three lines at the top and at the bottom, so far out that no text stands there. */
function edgesOf(lines: readonly PageLine[], height: number): PageLine[] {
  const sorted = [...lines].sort((one, other) => one.y - other.y);
  const isOuter = ({ y }: PageLine): boolean => y < height * outer || y > height * (1 - outer);
  return [...new Set([...sorted.slice(0, mostLines), ...sorted.slice(-mostLines)])].filter(isOuter);
}

/** Two keys, so that a place just beside a rounding edge counts as the same. */
function keysOf({ text, y, size }: PageLine): string[] {
  if (text.length > longestHead || /[。！？；，、]$/u.test(text)) return [];
  const words = text.replace(/\s+/gu, '').replace(/\d+/g, '#');
  const place = Math.floor(y / samePlace);
  return [place, place + 1].map((at) => `${at} ${Math.round(size)} ${words}`);
}
