import { deflateRawSync } from 'node:zlib';
import { columnLetter, readSheets } from './read-sheet.js';
import { xlsxFile } from './write-sheet.js';
import { visitZip } from './zip-entries.js';

const limits = { rows: 100, columns: 10, cell: 50 };
const read = (bytes: Buffer) => readSheets(bytes, limits);
const rowsOf = async (bytes: Buffer) => [...(await read(bytes))[0]!.rows];
const gb = Buffer.from('d0d5c3fb2cbcd70a', 'hex'); // 姓名,甲 in GB18030

/** A zip with one deflated entry. */
function zipOf(name: string, content: Buffer, flags = 0): Buffer {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(name.length, 26);
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(flags, 8);
  head.writeUInt16LE(8, 10);
  head.writeUInt32LE(packed.length, 20);
  head.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return Buffer.concat([local, Buffer.from(name), packed, head, Buffer.from(name), end]);
}

describe('a CSV', () => {
  it.each<[string, Buffer]>([
    ['UTF-8', Buffer.from('姓名,甲\n')],
    ['UTF-8 with a mark', Buffer.from('\uFEFF姓名,甲\r\n')],
    ['GB18030', gb],
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('姓名\t甲\n', 'utf16le')])],
    ['with semicolons', Buffer.from('姓名;甲\n')],
  ])('is read as %s', async (_, bytes) => {
    expect((await rowsOf(bytes))[0]).toEqual(['姓名', '甲']);
  });
});

describe('a workbook', () => {
  it('keeps every digit and every line, and names its sheets', async () => {
    const rows = [['标题'], [], ['手机', '15400000001'], ['=1+1', "'引号"]];
    const sheets = await read(
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
    ['an encrypted zip', zipOf('xl/workbook.xml', Buffer.from('x'), 1), /密码/],
    ['a Word file', zipOf('word/document.xml', Buffer.from('x')), /Word/],
    ['.xlsb', zipOf('xl/workbook.bin', Buffer.from('x')), /xlsb/],
    ['a damaged zip', Buffer.from('PK\u0003\u0004????'), /损坏/],
    ['PDF', Buffer.from('%PDF-1.7'), /PDF/],
    ['a page that calls itself .xls', Buffer.from('<html><table></table></html>'), /网页文件/],
    ['an open quote', Buffer.from('a,"b\n'), /引号没有配对/],
    ['too many rows', Buffer.from('a\n'.repeat(101)), /超过上限100行/],
    ['too many columns', Buffer.from('a,'.repeat(11)), /超过上限10列/],
    ['a long cell', Buffer.from('a'.repeat(51)), /超过50个字/],
  ])('%s', async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toThrow(message);
  });

  it('a small file that unfolds into a large one', () => {
    const bomb = zipOf('xl/worksheets/sheet1.xml', Buffer.alloc(5_000_000));
    expect(bomb.length).toBeLessThan(10_000);
    expect(() => visitZip(bomb, 1_000_000, () => undefined)).toThrow(/展开后太大/);
  });
});

it('calls columns what a spreadsheet calls them', () => {
  expect([0, 25, 26, 701, 702].map(columnLetter)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
});
