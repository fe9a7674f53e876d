import { formatKind, type NumberFormat } from './number-format.js';
import { damaged } from '../office-file/file-fault.js';
import { type Relation, relationsOf } from '../office-file/relations.js';
import { SheetRefused } from './sheet-refused.js';
import { isTrue, prefixed, readPart } from '../office-file/xml-part.js';
import type { ZipArchive } from '../office-file/zip-archive.js';

/** A worksheet as the workbook lists it. */
export interface ListedSheet {
  name: string;
  /** In the archive. */
  part: string;
  /** Hidden by a person, or by a program so that no person can show it. */
  hidden: boolean;
}

export interface WorkbookParts {
  sheets: ListedSheet[];
  strings: string | null;
  styles: string | null;
  from1904: boolean;
}

const mostSheets = 200;
/** Excel itself allows 65,490. */
const mostFormats = 100_000;

/** @returns null where the archive holds no workbook that can be read */
export function workbookParts(zip: ZipArchive): WorkbookParts | null {
  const main = mainPart(zip);
  if (main === null) return null;
  const relations = relationsOf(zip, main);
  const found: WorkbookParts = { sheets: [], strings: null, styles: null, from1904: false };
  for (const { kind, part } of relations.values()) {
    if (kind === 'sharedStrings' && zip.has(part)) found.strings = part;
    if (kind === 'styles' && zip.has(part)) found.styles = part;
  }
  readPart(zip.pieces(main), {
    open(name, attributes) {
      if (name === 'workbookPr') found.from1904 = isTrue(attributes.date1904);
      if (name !== 'sheet') return;
      const relation = relations.get(prefixed(attributes, 'id') ?? '');
      // Sheets of charts, dialogs and macros hold no cells.
      if (relation?.kind !== 'worksheet') return;
      if (!zip.has(relation.part)) throw damaged();
      const hidden = ['hidden', 'veryhidden'].includes((attributes.state ?? '').toLowerCase());
      found.sheets.push({ name: attributes.name ?? '', part: relation.part, hidden });
      if (found.sheets.length > mostSheets)
        throw new SheetRefused(`文件有${mostSheets}个以上的工作表，请只保留名单所在的一个。`);
    },
  });
  return found;
}

/** By relationship, as the standard has it; under its usual name where a program forgot to write one. */
function mainPart(zip: ZipArchive): string | null {
  const relations = zip.has('_rels/.rels') ? relationsOf(zip, '') : new Map<string, Relation>();
  const stated = [...relations.values()].find(({ kind }) => kind === 'officeDocument')?.part;
  const part = stated ?? 'xl/workbook.xml';
  return zip.has(part) && part.endsWith('.xml') && isWorkbook(zip, part) ? part : null;
}

function isWorkbook(zip: ZipArchive, part: string): boolean {
  let root: string | null = null;
  readPart(zip.pieces(part), { open: (name) => (root ??= name), done: () => root !== null });
  return root === 'workbook';
}

/** Formats of numbers by the index that a cell states. */
export function readFormats(zip: ZipArchive, part: string | null): NumberFormat[] {
  const formats: NumberFormat[] = [];
  const codes = new Map<number, string>();
  let inCells = false;
  if (part === null) return formats;
  readPart(zip.pieces(part), {
    open(name, { numFmtId, formatCode }) {
      if (name === 'numFmt' && formatCode !== undefined) codes.set(Number(numFmtId), formatCode);
      if (name === 'cellXfs') inCells = true;
      if (name !== 'xf' || !inCells) return;
      const id = Number(numFmtId ?? 0);
      formats.push(formatKind(id, codes.get(id) ?? null));
      if (formats.length > mostFormats) throw damaged();
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return formats;
}
