import { squash } from './glyphs.js';
import type { PaperLayout } from './paper-layout.js';

const HEAD_LINES = 15;
const LONGEST_LINE = 60;
const ORNAMENTS = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
/** What stands behind the name on its line: the number in whatever form. */
const NUMBER_BEHIND =
  /^(?:增刊)?[^\p{L}\p{N}]*(?:(?:19|20)\d{2}(?:年(?:\d{1,2}月)?|[^\p{L}\p{N}])?)?[^\p{L}\p{N}]*(?:第|总第?|No\.?)?[^\p{L}\p{N}]*[\d〇零一二三四五六七八九十百]{1,6}(?:期|号|$)/iu;

/**
 * The paper that a text names in its masthead; null where it names none of them. A paper whose name begins with that of another
 * is not taken for it.
 *
 * @param series as it was read without knowing the paper
 */
export function namedPaper(
  series: string | null,
  texts: readonly string[],
  papers: readonly PaperLayout[],
): PaperLayout | null {
  const own = series ? papers.find((paper) => paper.series === squash(series)) : undefined;
  if (own) return own;
  const heads = texts
    .filter((text) => text.trim() !== '' && text.length <= LONGEST_LINE)
    .slice(0, HEAD_LINES)
    .map((text) => squash(text).replace(ORNAMENTS, ''));
  const names = (text: string, name: string): boolean =>
    text === name || (text.startsWith(name) && NUMBER_BEHIND.test(text.slice(name.length)));
  const found = papers.filter(
    ({ series: name }) => name !== null && name.length > 1 && heads.some((text) => names(text, name)),
  );
  return found.sort((one, other) => (other.series?.length ?? 0) - (one.series?.length ?? 0))[0] ?? null;
}
