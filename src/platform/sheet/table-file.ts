import { FileFault } from '../office-file/file-fault.js';
import { CsvRows } from './csv-rows.js';
import { csvShape } from './csv-separator.js';
import { refusedBytes, refusedText, refusedZip } from './file-kind.js';
import { readStrings } from './shared-strings.js';
import { SheetRefused } from './sheet-refused.js';
import { type Sheet, type SheetLimits, TableBuilder, TextAllowance } from './table-builder.js';
import { decoded, encodingOf } from './text-encoding.js';
import { readFormats, type ListedSheet, workbookParts } from './workbook-parts.js';
import { ContentSeeker, WorksheetReader } from './worksheet.js';
import { readPart } from '../office-file/xml-part.js';
import { ZipArchive } from '../office-file/zip-archive.js';

/** The tables of a file. */
export interface TableFile {
  /** Those that hold anything; a CSV has one, without a name. */
  sheets: Sheet[];
  /** Names of sheets that hold something and are not shown: they are not read. */
  hiddenSheets: string[];
}

/** Bytes that the parts we read may unfold to: fifty thousand rows of sixty columns have half of it. */
const largestInflated = 160 * 1024 * 1024;
const sampleSize = 64 * 1024;
/** WPS keeps the pictures of cells in a sheet of its own. */
const ofPrograms = /^(?:WpsReserved|_xlnm|_xltb)/i;

/**
 * Reads .xlsx or CSV by what the bytes are, whatever the file is called. It works without a pause: see `readSheets`.
 *
 * @throws SheetRefused with a sentence that says what is wrong and how to mend it; FileFault
 */
export function readTableFile(bytes: Buffer, limits: SheetLimits): TableFile {
  if (bytes.length === 0) throw new SheetRefused('文件是空的，请重新选择。');
  const file = bytes.toString('latin1', 0, 2) === 'PK' ? readWorkbook(bytes, limits) : readText(bytes, limits);
  if (file.sheets.length > 0) return file;
  const hidden = file.hiddenSheets.map((name) => `“${name}”`).join('');
  throw new SheetRefused(
    hidden === ''
      ? '文件中没有内容，请重新选择。'
      : `文件中看得见的工作表都没有内容；工作表${hidden}是隐藏的，没有读取。如果名单在其中，请取消隐藏后再导入。`,
  );
}

function readWorkbook(bytes: Buffer, limits: SheetLimits): TableFile {
  const zip = new ZipArchive(bytes, largestInflated);
  const parts = workbookParts(zip);
  if (parts === null) throw new SheetRefused(refusedZip(zip));
  const context = {
    strings: readStrings(zip, parts.strings),
    formats: readFormats(zip, parts.styles),
    from1904: parts.from1904,
  };
  const allowance = new TextAllowance();
  const read = ({ name, part }: ListedSheet): Sheet[] => {
    const reader = new WorksheetReader(name, context, limits, allowance);
    readPart(zip.pieces(part), reader);
    const sheet = reader.table();
    return sheet === null ? [] : [sheet];
  };
  const hidden = parts.sheets.filter((sheet) => sheet.hidden && !ofPrograms.test(sheet.name));
  return {
    sheets: parts.sheets.filter((sheet) => !sheet.hidden).flatMap(read),
    hiddenSheets: hidden.filter(({ part }) => holdsAnything(zip, part)).map(({ name }) => name),
  };
}

/** What cannot be read may hold something. */
function holdsAnything(zip: ZipArchive, part: string): boolean {
  const seeker = new ContentSeeker();
  try {
    readPart(zip.pieces(part), seeker);
  } catch (error) {
    if (!(error instanceof SheetRefused || error instanceof FileFault)) throw error;
    return true;
  }
  return seeker.done();
}

function readText(bytes: Buffer, limits: SheetLimits): TableFile {
  const refused = refusedBytes(bytes);
  if (refused !== null) throw new SheetRefused(refused);
  const encoding = encodingOf(bytes);
  if (encoding === null) throw new SheetRefused('这个文件不是表格，可能选错了。请选择 .xlsx 或 .csv 文件。');
  const text = decoded(bytes, encoding);
  const otherwise = refusedText(text.slice(0, 2000));
  if (otherwise !== null) throw new SheetRefused(otherwise);
  const builder = new TableBuilder('', limits, new TextAllowance());
  new CsvRows(text, csvShape(wholeLines(text)), builder).read();
  const sheet = builder.table({});
  return { sheets: sheet === null ? [] : [sheet], hiddenSheets: [] };
}

/** The beginning of a text without the line that is cut off. */
function wholeLines(text: string): string {
  if (text.length <= sampleSize) return text;
  const sample = text.slice(0, sampleSize);
  const end = Math.max(sample.lastIndexOf('\n'), sample.lastIndexOf('\r'));
  return end < 0 ? sample : sample.slice(0, end + 1);
}
