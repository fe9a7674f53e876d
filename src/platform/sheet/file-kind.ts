import { saveAgain } from './sheet-refused.js';
import type { ZipArchive } from '../office-file/zip-archive.js';

/** Sentences about what is no table that can be read, by the bytes: whatever a file is called. */

const notATable = '请选择名单的 .xlsx 或 .csv 文件。';
const oldExcel = `这是旧版 Excel 文件（.xls，或 WPS 的 .et）。${saveAgain}`;
const picture = `这是图片，不是表格。${notATable}`;
const archive = `这是压缩文件，不是表格。请解压后选择其中的 .xlsx 或 .csv 文件。`;

/** Leading bytes in hex, as the formats' own documents state them. */
const magics: readonly (readonly [string, string])[] = [
  ['25504446', `这是 PDF 文件。${notATable}`],
  // BIFF 2 to 5 outside a compound file ([MS-XLS] 2.4.21).
  ['0900', oldExcel],
  ['0902', oldExcel],
  ['0904', oldExcel],
  ['0908', oldExcel],
  ['89504e47', picture],
  ['ffd8ff', picture],
  ['47494638', picture],
  ['52617221', archive],
  ['377abcaf', archive],
  ['1f8b', archive],
];

/** Compound files ([MS-CFB]) by the name of a stream in them. */
const streams: readonly (readonly [string, string])[] = [
  ['EncryptedPackage', '文件设有打开密码。请在 Excel 或 WPS 中取消密码，另存后再导入。'],
  ['WordDocument', '这是旧版 Word 文件（.doc）。请把表格复制到 Excel，保存为 .xlsx 后再导入。'],
  ['PowerPoint Document', `这是演示文稿。${notATable}`],
];

/** What a text begins with. */
const openings: readonly (readonly [RegExp, string])[] = [
  [/^\{\\rtf/, '这是 RTF 文档。请把表格复制到 Excel，保存为 .xlsx 后再导入。'],
  [/^ID;P(WXL|CALC|SCALC)/, `这是 SYLK 格式的表格（.slk）。${saveAgain}`],
  [/^MIME-Version:/i, `这是网页存档，不是真正的表格。${saveAgain}`],
  [/urn:schemas-microsoft-com:office:spreadsheet/, `这是 XML 格式的 Excel 2003 表格。${saveAgain}`],
  [/^<\?xml[^]*<office:document/, `这是 OpenDocument 文件（.fods）。${saveAgain}`],
  [
    /^<(?:!doctype|!--|html|head|body|table|div|meta|style|\?xml|center|font|p>|tr)/i,
    `这是改了扩展名的网页文件，不是真正的表格。${saveAgain}`,
  ],
];

/** @returns null where the bytes may be text */
export function refusedBytes(bytes: Buffer): string | null {
  const start = bytes.toString('hex', 0, 8);
  if (start.startsWith('d0cf11e0')) {
    const holds = ([name]: readonly [string, string]) => bytes.includes(Buffer.from(name, 'utf16le'));
    return streams.find(holds)?.[1] ?? oldExcel;
  }
  return magics.find(([magic]) => start.startsWith(magic))?.[1] ?? null;
}

/** @param start of the decoded text */
export function refusedText(start: string): string | null {
  const text = start.trimStart();
  return openings.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

/** For a zip that is no workbook. */
export function refusedZip(zip: ZipArchive): string {
  if (zip.has('xl/workbook.bin')) return `这是二进制格式的 Excel 文件（.xlsb）。${saveAgain}`;
  if (zip.has('EncryptedPackage')) return streams[0]![1];
  if (zip.has('mimetype') && zip.has('content.xml')) return `这是 OpenDocument 文件（.ods）。${saveAgain}`;
  if (zip.has('word/document.xml')) return '这是 Word 文件。请把表格复制到 Excel，保存为 .xlsx 后再导入。';
  if (zip.has('ppt/presentation.xml')) return `这是演示文稿。${notATable}`;
  if (zip.has('Index/Document.iwa')) return `这是 Numbers 表格。请在 Numbers 中导出为 Excel（.xlsx）后再导入。`;
  return archive;
}
