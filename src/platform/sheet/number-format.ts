/** Built-in formats that show a date, and such that show a time (ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are East Asian dates). */
const builtInDate = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58);
const builtInTime = (id: number): boolean => (id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47);

export type NumberFormat = 'number' | 'date' | 'time';

/**
 * Whether a number in a format is shown as a date or a time: by the first section of the code, without texts, colours and
 * conditions.
 *
 * @param code null for a built-in format
 */
export function formatKind(id: number, code: string | null): NumberFormat {
  if (code === null) return builtInDate(id) ? 'date' : builtInTime(id) ? 'time' : 'number';
  const shown = code
    .replace(/"[^"]*"?|\\.|_.|\*./gsu, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .replace(/General|G\/通用格式|通用格式|标准|E[+-]/gi, '')
    .split(';')[0]!;
  if (/[yde]|aaa|bb|[年月日]/i.test(shown)) return 'date';
  if (/h|s|上午|下午|am\/pm|a\/p/i.test(shown)) return 'time';
  return /m/i.test(shown) ? 'date' : 'number';
}
