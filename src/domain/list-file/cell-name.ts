/** 0 is A, 26 is AA: what a spreadsheet calls the column. */
export function columnLetter(position: number): string {
  const rest = String.fromCharCode(65 + (position % 26));
  return position < 26 ? rest : columnLetter(Math.floor(position / 26) - 1) + rest;
}

/** 0 for A; letters in capitals. */
export const columnAt = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** @param row counted from 1 @param column counted from 0 */
export const cellName = (row: number, column: number): string => `${columnLetter(column)}${row}`;
