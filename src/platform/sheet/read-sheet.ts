import { parse } from 'csv-parse';
import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { PackedRows } from './packed-rows.js';
import { SheetRefused, damaged, visitZip } from './zip-entries.js';

/** One table: cells as text, the first row being line 1 of the file. */
export interface Sheet {
  name: string;
  rows: PackedRows;
  /** Merged ranges such as A1:C1; none in CSV. */
  merged: readonly string[];
}

export interface SheetLimits {
  rows: number;
  columns: number;
  cell: number;
}

const largestInflated = 160 * 1024 * 1024;
const mostSheets = 50;
const pieceSize = 64 * 1024;

/**
 * Reads .xlsx or CSV by what the bytes are, whatever the file is called.
 *
 * @returns the sheets that hold anything; a CSV has one, without a name
 * @throws SheetRefused with a sentence that says what is wrong and how to mend it
 */
export async function readSheets(bytes: Buffer, limits: SheetLimits): Promise<Sheet[]> {
  if (bytes.length === 0) throw new SheetRefused('文件是空的，请重新选择。');
  const sheets = startsWith(bytes, 0x50, 0x4b) ? await readXlsx(bytes) : [await readCsv(bytes)];
  const filled: Sheet[] = [];
  for (const { rows, name, merged } of sheets) {
    const checked = await packed(rows, name, limits);
    if (checked !== null) filled.push({ name, merged, rows: checked });
  }
  if (filled.length === 0) throw new SheetRefused('文件中没有内容，请重新选择。');
  return filled;
}

/** A table as it is read, row by row. */
interface Source extends Omit<Sheet, 'rows'> {
  rows: AsyncIterable<string[]> | Iterable<string[]>;
}

/** @returns null where no cell holds anything */
async function packed(rows: Source['rows'], name: string, limits: SheetLimits): Promise<PackedRows | null> {
  const where = name === '' ? '文件' : `工作表“${name}”`;
  const kept = new PackedRows();
  let filled = false;
  for await (const row of rows) {
    kept.push(row);
    filled ||= row.some((cell) => cell !== '');
    const at = `${where}第${kept.length}行`;
    if (row.length > limits.columns)
      throw new SheetRefused(`${at}有${row.length}列，超过上限${limits.columns}列，请删去多余的列。`);
    if (row.some((cell) => cell.length > limits.cell))
      throw new SheetRefused(`${at}有一格超过${limits.cell}个字，请缩短。`);
  }
  if (kept.length > limits.rows)
    throw new SheetRefused(`${where}有${kept.length}行，超过上限${limits.rows}行，请分成几份导入。`);
  return filled ? kept : null;
}

async function readXlsx(bytes: Buffer): Promise<Source[]> {
  const names = new Set<string>();
  const merged = new Map<string, string[]>();
  visitZip(bytes, largestInflated, (name, content) => {
    names.add(name);
    const file = /^xl\/worksheets\/(sheet\d+)\.xml$/i.exec(name)?.[1];
    if (file) merged.set(file.toLowerCase(), mergedRanges(content));
  });
  if (!names.has('xl/workbook.xml')) throw new SheetRefused(otherContainer(names));
  const workbook = await openWorkbook(bytes);
  if (workbook.length > mostSheets)
    throw new SheetRefused(`文件有${workbook.length}个工作表，请只保留名单所在的一个。`);
  // Sheets are numbered in the order of the workbook by every program that writes one.
  return workbook.map(({ sheet, data }, index) => ({
    name: sheet,
    rows: cellsOf(data),
    merged: merged.get(`sheet${index + 1}`) ?? [],
  }));
}

type Workbook = { sheet: string; data: (readonly unknown[])[] }[];

async function openWorkbook(bytes: Buffer): Promise<Workbook> {
  // Loaded by whoever meets a workbook; most processes never do.
  const { default: readWorkbook } = await import('read-excel-file/node');
  try {
    // Numbers as they are written: 15400000001 stays exact, and nothing is rounded.
    return await readWorkbook(bytes, { trim: false, parseNumber: (text: string) => text });
  } catch (error) {
    const place = /row (\d+), col (\d+)/.exec((error as Error).message);
    if (!place) throw damaged();
    const [row, column] = [Number(place[1]), Number(place[2])];
    throw new SheetRefused(`${columnLetter(column - 1)}${row}格是公式错误（如 #N/A），请改成文字后再导入。`);
  }
}

function* cellsOf(data: Workbook[number]['data']): Iterable<string[]> {
  for (const row of data) yield row.map((cell) => cellText(cell).trimEnd());
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'boolean') return cell ? '是' : '否';
  return typeof cell === 'string' || typeof cell === 'number' ? plainNumber(String(cell)) : '';
}

/** Large numbers may be stored as 1.5400000001E10, which is exact; what a screen showed as 1.54E+10 in text is not. */
function plainNumber(text: string): string {
  if (!/^-?\d+(\.\d+)?E\+?\d+$/.test(text)) return text;
  const [digits = '', exponent = '0'] = text.split(/E\+?/);
  const decimals = digits.split('.')[1]?.length ?? 0;
  return decimals >= 5 && Number.isSafeInteger(Number(text)) && decimals <= Number(exponent)
    ? String(Number(text))
    : text;
}

function mergedRanges(xml: Buffer): string[] {
  const from = xml.indexOf('<mergeCells');
  if (from < 0) return [];
  const text = xml.toString('utf8', from, Math.min(xml.length, from + 65_536));
  return [...text.matchAll(/<mergeCell ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"/g)].map(([, ref]) => ref!);
}

function otherContainer(names: ReadonlySet<string>): string {
  const saved = '请在 Excel 或 WPS 中打开，另存为 .xlsx 后再导入。';
  if (names.has('xl/workbook.bin')) return `这是二进制格式的 Excel 文件（.xlsb）。${saved}`;
  if (names.has('mimetype')) return `这是 OpenDocument 文件（.ods）。${saved}`;
  if (names.has('word/document.xml')) return `这是 Word 文件。请把表格复制到 Excel，保存为 .xlsx 后再导入。`;
  return '这是压缩文件，不是表格。请解压后选择其中的 .xlsx 或 .csv 文件。';
}

async function readCsv(bytes: Buffer): Promise<Source> {
  const refused = notText(bytes);
  if (refused !== null) throw new SheetRefused(refused);
  const encoding = encodingOf(bytes);
  const start = new TextDecoder(encoding).decode(bytes.subarray(0, pieceSize));
  if (/^\s*<(!doctype|html|table|\?xml)/i.test(start))
    throw new SheetRefused(
      '这是改了扩展名的网页文件，不是真正的表格。请在 Excel 或 WPS 中打开，另存为 .xlsx 后再导入。',
    );
  return Promise.resolve({ name: '', rows: csvRows(bytes, encoding, separatorOf(start)), merged: [] });
}

async function* csvRows(bytes: Buffer, encoding: string, delimiter: string): AsyncIterable<string[]> {
  const parser = parse({ relax_column_count: true, skip_empty_lines: false, delimiter });
  try {
    yield* Readable.from(decoded(bytes, encoding)).pipe(parser) as AsyncIterable<string[]>;
  } catch (error) {
    const line = (error as { lines?: number }).lines;
    throw new SheetRefused(
      `${line === undefined ? '文件中' : `第${line}行`}的引号没有配对，无法按 CSV 读取，请改正后重新导入。`,
    );
  }
}

function notText(bytes: Buffer): string | null {
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    return bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))
      ? '文件设有打开密码。请在 Excel 或 WPS 中取消密码，另存后再导入。'
      : '这是旧版 Excel 文件（.xls）。请在 Excel 或 WPS 中打开，另存为 .xlsx 后再导入。';
  }
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) return '这是 PDF 文件。请选择名单的 .xlsx 或 .csv 文件。';
  if (isUtf16(bytes)) return null;
  return bytes.includes(0) ? '这个文件不是表格，可能选错了。请选择 .xlsx 或 .csv 文件。' : null;
}

/** UTF-16 with a mark (Excel's “Unicode 文本”), strict UTF-8, else GB18030. */
function encodingOf(bytes: Buffer): string {
  if (isUtf16(bytes)) return bytes[0] === 0xff ? 'utf-16le' : 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : 'gb18030';
}

function* decoded(bytes: Buffer, encoding: string): Iterable<string> {
  const decoder = new TextDecoder(encoding);
  for (let from = 0; from < bytes.length; from += pieceSize)
    yield decoder.decode(bytes.subarray(from, from + pieceSize), { stream: true });
  yield decoder.decode();
}

const isUtf16 = (bytes: Buffer): boolean => startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff);
const startsWith = (bytes: Buffer, ...magic: number[]): boolean => magic.every((byte, index) => bytes[index] === byte);

/** Excel writes semicolons or tabs where the region's settings say so; groups may be separated by ; inside a cell. */
function separatorOf(text: string): ',' | ';' | '\t' {
  const firstLine = text.split(/[\r\n]/).find((line) => line.trim() !== '') ?? '';
  if (firstLine.includes('\t')) return '\t';
  return firstLine.includes(';') && !firstLine.includes(',') ? ';' : ',';
}

/** 0 is A, 26 is AA: what a spreadsheet calls the column. */
export function columnLetter(position: number): string {
  const rest = String.fromCharCode(65 + (position % 26));
  return position < 26 ? rest : columnLetter(Math.floor(position / 26) - 1) + rest;
}
