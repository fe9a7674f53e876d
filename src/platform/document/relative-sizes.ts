import type { DocumentLine } from './document-text.js';

/** Letters that one line counts for at most, so that a long table is not the text. */
const mostOfALine = 200;

/** The size that most of a text is set in; 0 where no line has one. */
export function usualSize(lines: readonly DocumentLine[]): number {
  const letters = new Map<number, number>();
  for (const { text, look } of lines)
    if (look?.size) letters.set(look.size, (letters.get(look.size) ?? 0) + Math.min(text.length, mostOfALine));
  const [first] = [...letters].sort(([, one], [, other]) => other - one);
  return first?.[0] ?? 0;
}

/** Lines whose sizes are those of letters become lines whose sizes are told against the usual one. */
export function withRelativeSizes(lines: readonly DocumentLine[], usual: number): DocumentLine[] {
  return lines.map((line) => {
    const { look } = line;
    if (look?.size === undefined || usual === 0) return line;
    return { ...line, look: { ...look, size: Math.round((look.size / usual) * 100) / 100 } };
  });
}
