export interface WrittenCell {
  text: string;
  /** Why the cell is marked; shown in colour. */
  marked?: boolean;
}

export interface WrittenSheet {
  name: string;
  rows: readonly (readonly (string | WrittenCell)[])[];
  /** In characters. */
  widths: readonly number[];
  /** The first row is a heading and stays in view. */
  headed?: boolean;
}

/** Every cell is written as text: a spreadsheet runs none of it, and a mobile number keeps its digits. */
export async function xlsxFile(sheets: readonly WrittenSheet[]): Promise<Buffer> {
  const { default: writeWorkbook } = await import('write-excel-file/node');
  const file = writeWorkbook(
    sheets.map(({ name, rows, widths, headed }) => ({
      sheet: name,
      columns: widths.map((width) => ({ width })),
      stickyRowsCount: headed ? 1 : 0,
      data: rows.map((row, index) => row.map((cell) => written(cell, headed === true && index === 0))),
    })),
  );
  return file.toBuffer();
}

function written(cell: string | WrittenCell, heading: boolean) {
  const { text, marked } = typeof cell === 'string' ? { text: cell, marked: false } : cell;
  if (text === '' && !marked) return null;
  return {
    value: text,
    type: String,
    format: '@',
    fontWeight: heading ? ('bold' as const) : undefined,
    ...(marked ? { backgroundColor: '#fde7e9' as const, textColor: '#8f1d1d' as const } : {}),
  };
}
