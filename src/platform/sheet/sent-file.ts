import { PackedRows, type RowsParts } from './packed-rows.js';
import type { Sheet } from './table-builder.js';
import type { TableFile } from './table-file.js';

/** A file as one thread hands it to another. */
export interface SentFile {
  sheets: (Omit<Sheet, 'rows'> & { rows: RowsParts })[];
  hiddenSheets: string[];
}

/** @returns with the memory that changes hands instead of being copied */
export function sentFile({ sheets, hiddenSheets }: TableFile): { file: SentFile; transfer: ArrayBuffer[] } {
  const sent = sheets.map(({ rows, ...sheet }) => ({ ...sheet, rows: rows.parts() }));
  const blocks = sent.flatMap(({ rows }) => rows.blocks.map(({ buffer }) => buffer));
  return { file: { sheets: sent, hiddenSheets }, transfer: [...new Set(blocks)] };
}

export const receivedFile = ({ sheets, hiddenSheets }: SentFile): TableFile => ({
  sheets: sheets.map(({ rows, ...sheet }) => ({ ...sheet, rows: PackedRows.from(rows) })),
  hiddenSheets,
});
