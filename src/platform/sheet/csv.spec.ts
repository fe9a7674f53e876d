import { listLimits } from '../../domain/list-file/roster.js';
import { readTableFile } from './table-file.js';

const rowsOf = (bytes: Buffer | string) => [...readTableFile(Buffer.from(bytes), listLimits).sheets[0]!.rows];
const table = [
  ['分组', '单位', '职务', '姓名', '手机'],
  ['甲组', '单位1', '局长', '王甲', '15400000001'],
  ['乙组', '单位2', '主任', '李乙', '15400000002'],
];
const joined = (separator: string, lineEnd = '\n') => table.map((row) => row.join(separator)).join(lineEnd) + lineEnd;
const utf16be = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
const gb18030 = Buffer.from('b7d6d7e92cb5a5cebb0a2cbaab310a', 'hex');

describe('encodings', () => {
  it.each<[string, Buffer]>([
    ['UTF-8', Buffer.from(joined(','))],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${joined(',', '\r\n')}`)],
    ['UTF-16LE with a mark', Buffer.from(`\uFEFF${joined('\t')}`, 'utf16le')],
    ['UTF-16BE with a mark', utf16be(joined('\t'))],
    ['UTF-16LE without one', Buffer.from(joined('\t'), 'utf16le')],
    ['UTF-16BE without one', Buffer.from(joined(','), 'utf16le').swap16()],
  ])('%s', (_, bytes) => {
    expect(rowsOf(bytes)).toEqual(table);
  });

  it('GB18030', () => {
    expect(rowsOf(gb18030)).toEqual([
      ['分组', '单位'],
      ['', '韩1'],
    ]);
  });

  it('UTF-8 with one broken character is still UTF-8, and the cell is named', () => {
    const bytes = Buffer.from(joined(','));
    bytes[bytes.lastIndexOf('李') + 1] = 0x20;
    const [sheet] = readTableFile(bytes, listLimits).sheets;
    expect(sheet!.rows.at(1)).toEqual(table[1]);
    expect(sheet!.unread).toEqual([{ row: 3, column: 3, why: 'characters' }]);
  });

  it('a NUL in a cell names the cell', () => {
    const [sheet] = readTableFile(Buffer.from(joined(',').replace('王甲', '王\0甲')), listLimits).sheets;
    expect(sheet!.unread).toEqual([{ row: 2, column: 3, why: 'characters' }]);
    expect(sheet!.rows.at(1)![3]).toBe('王\uFFFD甲');
  });
});

describe('separators: the one that makes a table', () => {
  it.each([',', ';', '\t', '|', '，', '；', '｜', '\t,', ',\t', ' , ', '\t;', ' | '])('%j', (separator) => {
    expect(rowsOf(joined(separator))).toEqual(table);
  });

  it.each<[string, string]>([
    ['a title with another separator', '名单;2026'],
    ['a title with several', '名单;2026;第一版;密'],
    ['a title with the same', '延津县,2026年'],
    ['a title with a tab', '名单\t2026'],
    ['a long title', '延津县领导干部、县直单位负责人名单；2026年11月；办公室'],
  ])('%s above a comma table', (_, title) => {
    expect(rowsOf(`${title}\n${joined(',')}`).slice(1)).toEqual(table);
    expect(rowsOf(`${title}\n\n${joined(',')}`).slice(2)).toEqual(table);
  });

  it.each([';', '\t', '|'])('a title with commas above a table of %j', (separator) => {
    expect(rowsOf(`名单，第一版,2026年,11月\n${joined(separator)}`).slice(1)).toEqual(table);
  });

  it('lists of groups in every row do not make the table', () => {
    const rows = table.map(([groups, ...rest]) => [`${groups!};丙组`, ...rest]);
    expect(rowsOf(rows.map((row) => row.join(',')).join('\n'))).toEqual(rows);
    const commas = table.map(([groups, ...rest]) => [`${groups!},丙组`, ...rest]);
    expect(rowsOf(commas.map((row) => row.join('\t')).join('\n'))).toEqual(commas);
  });

  it('is the one a first line states, which is no row of its own', () => {
    expect(rowsOf(`sep=;\r\n${joined(';', '\r\n')}`)).toEqual([[], ...table]);
  });
});

describe('line ends', () => {
  it.each<[string, string]>([
    ['CRLF', joined(',', '\r\n')],
    ['CR', joined(',', '\r')],
    ['a CRLF head with LF rows', joined(',').replace('\n', '\r\n')],
    ['a CR head with LF rows', joined(',').replace('\n', '\r')],
    ['LF, the last with CRLF', joined(',').replace(/\n$/, '\r\n')],
    ['CRCRLF', joined(',', '\r\r\n')],
    ['without one at the end', joined(',').trim()],
  ])('%s', (_, text) => {
    expect(rowsOf(text)).toEqual(table);
  });

  it('a CR within a row of LF rows is a blank of its cell', () => {
    expect(rowsOf(joined(',').replace('单位1', '单位\r1'))[1]![1]).toBe('单位\r1');
  });
});

describe('quotes and marks of text', () => {
  it.each<[string, string]>([
    ['"15400000001"', '15400000001'],
    ['="15400000001"', '15400000001'],
    ['"=""15400000001"""', '15400000001'],
    ['="a,b"', 'a,b'],
    ['"县长,书记"', '县长,书记'],
    ['"县长""主持"""', '县长"主持"'],
    ['县长"主持"', '县长"主持"'],
    ['"县长"主持""', '县长"主持"'],
    [' "县长" ', '县长'],
    ['"县长', '县长'],
    ['县长"', '县长'],
    ['"', ''],
    ['""', ''],
    ['"一\n二"', '一\n二'],
    ['"一,1\r\n二"', '一,1\r\n二'],
    ['"一\n\n二,2"', '一\n\n二,2'],
    ['显示器19"', '显示器19"'],
    ['\t15400000001', '15400000001'],
    ['15400000001\t', '15400000001'],
    ["'15400000001", "'15400000001"],
  ])('%j says %j, in every column, and takes no other cell with it', (written, read) => {
    for (const column of [0, 2, 4]) {
      const rows = table.map((row) => [...row]);
      rows[1]![column] = written;
      const expected = table.map((row) => [...row]);
      expected[1]![column] = read;
      if (read === '' && column === 4) expected[1]!.pop();
      expect(rowsOf(rows.map((row) => row.join(',')).join('\n'))).toEqual(expected);
    }
  });

  it('two stray quotes in two rows do not make one cell of what stands between', () => {
    const text = joined(',').replace('王甲', '"王甲').replace('李乙', '李乙"');
    expect(rowsOf(text).map((row) => row.length)).toEqual([5, 5, 5]);
    expect(rowsOf(`${joined(',')}${joined(',').replace('分组', '"分组')}`)).toHaveLength(6);
  });
});

describe('blank rows and columns', () => {
  it('beyond the table are no part of it, however far', () => {
    const far = '\n'.repeat(60_000) + ' , \u3000,\u200b\n' + ','.repeat(500);
    expect(rowsOf(joined(',') + far)).toEqual(table);
  });

  it('within it keep their numbers', () => {
    expect(rowsOf(joined(',').replace('\n', '\n,,,,\n\n'))).toEqual([table[0], [], [], table[1], table[2]]);
  });
});

describe('errors as text', () => {
  it.each([
    '#N/A',
    '＃N/A',
    '#REF!',
    '#VALUE!',
    '#DIV/0!',
    '#NAME?',
    '#NUM!',
    '#NULL!',
    '#SPILL!',
    '#值!',
    '#名称?',
    '#引用！',
    '########',
    'Err:502',
    '错误:502',
    '#GETTING_DATA',
  ])('%s is an error', (text) => {
    const [sheet] = readTableFile(Buffer.from(joined(',').replace('15400000001', text)), listLimits).sheets;
    expect(sheet!.unread).toEqual([{ row: 2, column: 4, why: 'error' }]);
  });

  it.each(['#1锅炉房', '3#楼', '#', '办公室#N/A', 'N/A', 'Error', '错误', '#红旗', '＃３井', '10#'])(
    '%s is none',
    (text) => {
      const [sheet] = readTableFile(Buffer.from(joined(',').replace('单位1', text)), listLimits).sheets;
      expect([sheet!.unread, sheet!.rows.at(1)![1]]).toEqual([[], text]);
    },
  );
});
