import { rowOf, textCell, workbookFile, type WorkbookXml } from '../../../test/workbook-file.js';
import { listLimits } from '../../domain/list-file/roster.js';
import { readTableFile } from './table-file.js';

const read = (workbook: WorkbookXml) => readTableFile(workbookFile(workbook), listLimits);
const sheetOf = (data: string) =>
  read({ sheets: [{ name: '名单', data: `<row r="1">${textCell('头')}</row>${data}` }] }).sheets[0]!;

describe('places', () => {
  it('follow one another where none is stated, and may be stated for some', () => {
    const { rows } = sheetOf(
      `<row>${textCell('甲')}${textCell('丁', 'D2')}${textCell('戊')}</row><row r="5">${textCell('乙', 'B5')}</row><row>${textCell('丙', 'C9')}</row>`,
    );
    expect([...rows].map((row) => row.join('|'))).toEqual([
      '头||||',
      '甲|||丁|戊',
      '||||',
      '||||',
      '|乙|||',
      '||||',
      '||||',
      '||||',
      '||丙||',
    ]);
  });

  it('blank cells and rows beyond the table do not count, however far and however dressed', () => {
    const { rows } = sheetOf(
      `<row r="60000">${textCell(' ', 'A60000')}${textCell('\u200b\u3000', 'C60000')}</row><row r="1048576"><c r="XFD1048576" s="1"/></row>`,
    );
    expect([...rows]).toEqual([['头']]);
  });
});

describe('parts', () => {
  const list = {
    name: '名单',
    data: [
      ['姓名', '手机'],
      ['王甲', '15400000001'],
    ],
    after: '<mergeCells><mergeCell ref="B2:B3"/></mergeCells>',
  };
  const other = { name: '说明', data: [['怎样填写']], after: '<mergeCells><mergeCell ref="A1:F1"/></mergeCells>' };
  const seen = (workbook: WorkbookXml) =>
    read(workbook).sheets.map(({ name, rows, merged }) => [name, rows.length, merged.join()]);
  const both = [
    ['名单', 2, 'B2:B3'],
    ['说明', 1, 'A1:F1'],
  ];

  it.each<[string, WorkbookXml]>([
    ['as usual', { sheets: [list, other] }],
    [
      'numbered the other way round',
      {
        sheets: [
          { ...list, part: 'worksheets/sheet2.xml' },
          { ...other, part: 'worksheets/sheet1.xml' },
        ],
      },
    ],
    [
      'under names of their own',
      {
        sheets: [
          { ...list, part: 'worksheets/名单.xml' },
          { ...other, part: 'tables/b.xml' },
        ],
      },
    ],
    ['by whole paths', { sheets: [{ ...list, part: '/xl/worksheets/x.xml' }, other] }],
    ['in another order', { sheets: [list, other], reversed: true }],
    ['with a prefix', { sheets: [list, other], prefix: 'x:', properties: ' date1904="0"' }],
    ['with a longer one', { sheets: [list, other], prefix: 'ss1:', reversed: true }],
    ['of the strict edition', { sheets: [list, other], strict: true }],
  ])('%s', (_, workbook) => {
    expect(seen(workbook)).toEqual(both);
  });

  it('a list stored as sheet2.xml alone', () => {
    expect(seen({ sheets: [{ ...list, part: 'worksheets/sheet2.xml' }] })).toEqual([both[0]]);
  });

  it('in front of the archive anything may stand', () => {
    const bytes = Buffer.concat([workbookFile({ sheets: [other] }), workbookFile({ sheets: [list] })]);
    expect(readTableFile(bytes, listLimits).sheets.map(({ name }) => name)).toEqual(['名单']);
  });
});

describe('what is hidden', () => {
  const rows = [
    ['姓名', '手机'],
    ['王甲', '1'],
    ['李乙', '2'],
  ];
  it.each(['hidden', 'veryHidden'])('%s sheets are named and not read', (state) => {
    const { sheets, hiddenSheets } = read({
      sheets: [
        { name: '旧名单', state, data: rows },
        { name: '名单', data: rows },
        { name: '空的', state, data: '<row r="1"><c s="1"/></row>' },
        { name: 'WpsReserved_CellImgList', state, data: rows },
        { name: '坏的', state, data: '<row r="9"><c r="A1"' },
      ],
    });
    expect(sheets.map(({ name }) => name)).toEqual(['名单']);
    expect(hiddenSheets).toEqual(['旧名单', '坏的']);
  });

  it('a file with nothing else says so', () => {
    expect(() =>
      read({
        sheets: [
          { name: '旧名单', state: 'hidden', data: rows },
          { name: '空', data: '' },
        ],
      }),
    ).toThrow(/“旧名单”是隐藏的/);
  });

  it('rows and columns are told, where they hold something', () => {
    const [one, two, three] = rows.map((cells) => rowOf(cells)) as [string, string, string];
    const [sheet] = read({
      sheets: [
        {
          name: '名单',
          before: '<cols><col min="1" max="1" width="9"/><col min="2" max="9" width="0" hidden="1"/></cols>',
          data: `${one}${two.replace('<row', '<row hidden="1"')}${three.replace('<row', '<row ht="0" customHeight="1"')}<row hidden="1"/>`,
          after: '<autoFilter ref="A1:B3"/>',
        },
      ],
    }).sheets;
    expect(sheet).toMatchObject({ hiddenRows: [2, 3], hiddenColumns: [1], filtered: true });
  });

  it('rows are hidden by default where the sheet says so', () => {
    const [one, two] = rows.map((cells) => rowOf(cells)) as [string, string];
    const [sheet] = read({
      sheets: [
        {
          name: '名单',
          before: '<sheetFormatPr zeroHeight="1"/>',
          data: `${one.replace('<row', '<row hidden="0"')}${two}`,
        },
      ],
    }).sheets;
    expect(sheet!.hiddenRows).toEqual([2]);
  });
});
