/** Which character separates the cells of a text, and how many cells a row of it has. */
export interface CsvShape {
  separator: string;
  /** Of most rows; 1 where nothing separates. */
  width: number;
  /** Index of the first character behind a line that only states the separator (`sep=;`, Excel). */
  start: number;
}

/** In this order where two fit equally well; the full-width ones are typed by people. */
const candidates = [',', '\t', ';', '|', '，', '；', '｜', '：'];
const sampledLines = 200;

/**
 * The separator that makes a table: with which most lines have the same number of cells, and many. A title above the table has
 * a say of one line only.
 *
 * @param sample beginning of the text, whole lines
 */
export function csvShape(sample: string): CsvShape {
  const [stated, separator] = /^sep=(.)\r?\n/i.exec(sample) ?? [];
  const start = stated?.length ?? 0;
  const lines = sample
    .slice(start)
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '')
    .slice(0, sampledLines);
  const fits = (separator === undefined ? candidates : [separator]).map((one) => ({
    separator: one,
    ...fit(lines, one),
  }));
  const best = fits.reduce((a, b) => (b.merit > a.merit ? b : a), { separator: separator ?? ',', width: 1, merit: 0 });
  return { separator: best.separator, width: best.width, start };
}

function fit(lines: readonly string[], separator: string): { width: number; merit: number } {
  const widths = new Map<number, number>();
  let edged = 0;
  for (const line of lines) {
    const width = 1 + separatorsIn(line, separator);
    widths.set(width, (widths.get(width) ?? 0) + 1);
    if (width > 1 && isEdged(line, separator)) edged += 1;
  }
  const [width, count] = [...widths].reduce(
    (a, b) => (b[0] > 1 && b[1] * (b[0] - 1) > a[1] * (a[0] - 1) ? b : a),
    [1, 0],
  );
  if (width === 1 || edged * 2 > count) return { width: 1, merit: 0 };
  return { width, merit: (count / lines.length) * (width - 1) };
}

/** Outside quotes; where these do not pair, all of them count. */
export function separatorsIn(line: string, separator: string): number {
  const outside = line.replace(/"[^"]*"/g, '');
  return count(outside.includes('"') ? line : outside, separator);
}

function count(text: string, separator: string): number {
  let found = 0;
  for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + 1)) found += 1;
  return found;
}

/** Most cells begin or end with another separator: a tab only marks texts in a comma table, and the other way round. */
function isEdged(line: string, separator: string): boolean {
  const cells = line.split(separator).map((cell) => cell.trim());
  const filled = cells.filter((cell) => cell !== '');
  const edged = filled.filter((cell) =>
    candidates.some((other) => other !== separator && (cell.startsWith(other) || cell.endsWith(other))),
  );
  return edged.length * 2 > filled.length;
}
