import type { DocumentLine } from './document-text.js';

/** Between cells of a row, as readers of text know columns. */
const betweenCells = '    ';

/** A row of a table as lines: one where each cell has one, else those of its cells one after the other. */
export function rowOf(cells: readonly (readonly DocumentLine[])[]): DocumentLine[] {
  const filled = cells.map((lines) => lines.filter(({ text }) => text.trim() !== ''));
  if (filled.some((lines) => lines.length > 1)) return filled.flat();
  const line = filled.flat();
  const [first, ...more] = line;
  if (!first || more.length === 0) return [first ?? { text: '' }];
  const looks = line.flatMap(({ look }) => (look ? [look] : []));
  const text = line.map((cell) => cell.text.trim()).join(betweenCells);
  if (!first.look || looks.length < line.length) return [{ text }];
  const all = (is: 'bold' | 'red'): boolean => looks.every((look) => look[is]);
  return [{ text, look: { ...first.look, bold: all('bold'), red: all('red'), lead: null, centred: false } }];
}
