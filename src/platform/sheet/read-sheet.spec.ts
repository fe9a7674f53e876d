import { zipFile } from '../../../test/zip-file.js';
import { readSheets } from './read-sheet.js';
import { xlsxFile } from './write-sheet.js';

const limits = { rows: 100, columns: 10, cell: 50 };
const read = (bytes: Buffer) => readSheets(bytes, limits);

const zip = (...names: string[]) => zipFile(Object.fromEntries(names.map((name) => [name, 'x'])));
/** A compound file with a stream of that name. */
const compound = (stream: string) =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1000), Buffer.from(stream, 'utf16le')]);

describe('a workbook', () => {
  it('keeps every digit and every line, and names its sheets', async () => {
    const rows = [['标题'], [], ['手机', '15400000001'], ['=1+1', "'引号"]];
    const { sheets } = await read(
      await xlsxFile([
        { name: '甲表', rows, widths: [] },
        { name: '乙表', rows: [['另一张']], widths: [] },
      ]),
    );
    expect(sheets.map(({ name }) => name)).toEqual(['甲表', '乙表']);
    expect([...sheets[0]!.rows]).toEqual([
      ['标题', ''],
      ['', ''],
      ['手机', '15400000001'],
      ['=1+1', "'引号"],
    ]);
  });
});

describe('what is refused, with a way out', () => {
  it.each<[string, Buffer, RegExp]>([
    ['nothing', Buffer.alloc(0), /空的/],
    ['.xls', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), /旧版 Excel.*另存为 \.xlsx/],
    ['a password', Buffer.concat([Buffer.from('d0cf11e0', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]), /密码/],
    ['an encrypted zip', zipFile({ 'xl/workbook.xml': { content: 'x', flags: 1 } }), /密码/],
    ['a Word file', zip('word/document.xml'), /Word/],
    ['.xlsb', zip('xl/workbook.bin'), /xlsb/],
    ['.xls without a container', Buffer.from('0908100000060500', 'hex'), /旧版 Excel.*另存为/],
    ['.doc', compound('WordDocument'), /旧版 Word/],
    ['.et', compound('Workbook'), /WPS 的 \.et.*另存为 \.xlsx/],
    ['an encrypted .xlsx', compound('EncryptedPackage'), /密码/],
    ['.ods', zip('mimetype', 'content.xml'), /ods.*另存为 \.xlsx/],
    ['.fods', Buffer.from('<?xml version="1.0"?>\n<office:document xmlns:office="x">'), /fods.*另存为/],
    [
      'Excel 2003 XML',
      Buffer.from(`<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`),
      /2003.*另存为/,
    ],
    ['.numbers', zip('Index/Document.iwa'), /Numbers.*导出/],
    ['.pptx', zip('ppt/presentation.xml'), /演示文稿/],
    ['a zip of a list', zip('名单.xlsx'), /压缩文件.*解压/],
    ['.rar', Buffer.from('Rar!\u001a\u0007\u0000'), /压缩文件/],
    ['a screenshot', Buffer.from('89504e470d0a1a0a', 'hex'), /图片/],
    ['a photograph', Buffer.from('ffd8ffe000104a46', 'hex'), /图片/],
    ['.rtf', Buffer.from('{\\rtf1\\ansi'), /RTF/],
    ['.slk', Buffer.from('ID;PWXL;N;E\r\n'), /slk.*另存为/],
    ['.mht', Buffer.from('MIME-Version: 1.0\r\n'), /网页存档.*另存为/],
    ['a page with blanks and a mark in front', Buffer.from('\uFEFF\n <META charset="gbk"><table>'), /网页文件.*另存为/],
    ['a page in GB18030', Buffer.concat([Buffer.from('<table><td>'), Buffer.from('d0d5c3fb', 'hex')]), /网页文件/],
    ['a program', Buffer.from(Array.from({ length: 4096 }, (_, n) => (n * 37) % 256)), /不是表格/],
    ['a damaged zip', Buffer.from('PK\u0003\u0004????'), /损坏/],
    ['PDF', Buffer.from('%PDF-1.7'), /PDF/],
    ['a page that calls itself .xls', Buffer.from('<html><table></table></html>'), /网页文件/],
    ['too many rows', Buffer.from('a\n'.repeat(101)), /超过上限100行/],
    ['too many columns', Buffer.from('a,'.repeat(11)), /超过上限10列/],
    ['a long cell', Buffer.from('a'.repeat(51)), /超过50个字/],
  ])('%s', async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toThrow(message);
  });
});
