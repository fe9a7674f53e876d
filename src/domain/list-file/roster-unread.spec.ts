import { disarmed } from './formula.js';
import { columnLetter } from './cell-name.js';
import { readMobile } from '../people/address.js';
import { readDate, readOrder } from './roster-cells.js';
import { hiddenParts, withoutHidden } from './roster-hidden.js';
import { readRoster, readRosterTable } from './roster.js';
import type { Unreadable } from './unread-cell.js';

const heading = ['分组', '单位', '职务', '姓名', '手机', '备注'];
const rows = [
  ['名单'],
  heading.slice(0, 5),
  ['甲组', '县局', '局长', '王甲', '15400000001'],
  ['甲组', '县办', '主任', '李乙', ''],
];
const reasons: Unreadable[] = ['error', 'noResult', 'characters', 'damaged'];

describe('a cell that could not be read', () => {
  it.each(reasons)('(%s) refuses the file and is named, in whatever column', (why) => {
    for (const column of [0, 1, 2, 3, 4]) {
      const reading = readRoster(rows, [{ row: 4, column, why }]);
      expect(reading.ok ? [] : reading.faults).toMatchObject([
        { row: 4, position: column, message: expect.stringContaining(`${columnLetter(column)}4格`) as string },
      ]);
    }
  });

  it('has one fault, whatever else is said against it', () => {
    const wrong = rows.map((row, at) => (at === 2 ? [...row.slice(0, 4), '#N/A'] : row));
    const reading = readRoster(wrong, [{ row: 3, column: 4, why: 'error' }]);
    expect(reading.ok ? [] : reading.faults.map(({ row }) => row)).toEqual([3]);
  });

  it('does no harm in a title, in a heading, or in a column that is not imported', () => {
    const table = rows.map((row, at) => (at === 0 ? row : [...row, at === 1 ? '备注' : '']));
    const mapping = ['groups', 'unit', 'post', 'name', 'mobile', null] as const;
    const unread = [
      { row: 1, column: 0, why: 'error' as const },
      { row: 2, column: 5, why: 'error' as const },
      { row: 4, column: 5, why: 'error' as const },
    ];
    expect(readRosterTable({ rows: table, header: 1, mapping, unread }).ok).toBe(true);
  });

  it('behind the last heading is a fault as any other content there', () => {
    const reading = readRoster(rows, [{ row: 3, column: 9, why: 'noResult' }]);
    expect(reading.ok ? [] : reading.faults).toMatchObject([{ row: 3, position: 9 }]);
  });

  it('makes no blank row of its row', () => {
    const reading = readRoster([...rows, ['', '', '', '', '']], [{ row: 5, column: 4, why: 'noResult' }]);
    expect(reading.ok ? [] : reading.faults).toMatchObject([{ row: 5, column: 'mobile' }]);
  });
});

describe('hidden parts', () => {
  const table = { rows, header: 1, mapping: ['groups', 'unit', 'post', 'name', 'mobile'] as const, unread: [] };
  const shown = { hiddenRows: [], hiddenColumns: [], filtered: true };

  it('are none where all is shown, or only a title, the heading or a column that is not imported is not', () => {
    expect(hiddenParts([], shown, table)).toBeNull();
    expect(hiddenParts([], { ...shown, hiddenRows: [1, 2], hiddenColumns: [5, 40] }, table)).toBeNull();
  });

  it('are named in words', () => {
    const hidden = { hiddenRows: [1, 3, 5, 6, 7, 9], hiddenColumns: [4], filtered: true };
    expect(hiddenParts(['旧名单'], hidden, table)).toEqual({
      sheets: ['旧名单'],
      rows: '第3、5至7、9行',
      rowCount: 5,
      filtered: true,
      columns: 'E列“手机”',
      answer: null,
    });
    const odd = Array.from({ length: 500 }, (_, n) => 3 + n * 2);
    expect(hiddenParts([], { ...shown, hiddenRows: odd }, table)!.rows).toMatch(/^第3、5、.{10,120}……行$/);
  });

  it('left out are as if they were not in the file, and lines keep their numbers', () => {
    const hidden = { hiddenRows: [2, 3], hiddenColumns: [4], filtered: false };
    const unread = [{ row: 3, column: 3, why: 'error' as const }];
    const reading = readRosterTable(withoutHidden({ ...table, unread }, hidden));
    expect(reading.ok && [...reading.rows]).toMatchObject([{ name: '李乙', row: 4, mobile: null }]);
    expect(reading.ok && reading.columns.has('mobile')).toBe(false);
  });

  it('left out, a column that a list needs is missed by name', () => {
    const reading = readRosterTable(withoutHidden(table, { hiddenRows: [], hiddenColumns: [3], filtered: false }));
    expect(reading.ok ? [] : reading.faults.map(({ message }) => message.slice(0, 11))).toEqual([
      '没有一列对应“姓名”，',
    ]);
  });
});

describe('what people and programs write around a number', () => {
  it.each([
    '15400000001',
    "'15400000001",
    '‘15400000001',
    '＇15400000001',
    '`15400000001',
    '"15400000001"',
    '“15400000001”',
    '=15400000001',
    '="15400000001"',
    '15400000001.0',
    '15400000001.00',
    '(+86)15400000001',
    '（+86）15400000001',
    '（８６）１５４０００００００１',
    '+86-154-0000-0001',
    '+86 (154) 0000 0001',
    '+86－154—0000–0001',
    '0086-15400000001',
    '8615400000001',
    '８６-15400000001',
    ' 154 0000 0001 ',
    '+8615400000001.0',
  ])('%s', (cell) => {
    expect(readMobile(cell)).toEqual({ value: '15400000001' });
  });

  it.each([
    '1540000000.0',
    '1540000000.1',
    '15400000001.5',
    '1.54E+10',
    '1.5400000001E+10',
    '154000000012',
    '+1 15400000001x',
    '15400000001/15400000002',
    '25400000001',
    '154OOOO0001',
  ])('%s is no number', (cell) => {
    expect(readMobile(cell)).toHaveProperty('fault');
  });

  it('an apostrophe in front marks a text, and one of the text itself is kept', () => {
    for (const name of ["'王甲", '王甲', "''王甲", '=王甲']) {
      const reading = readRoster([heading.slice(0, 4), ['甲组', '县局', '局长', disarmed(name)]]);
      expect(reading.ok && reading.rows.at(0).name).toBe(name);
    }
    const typed = readRoster([heading.slice(0, 5), ["'甲组", "'县局", "'局长", "'王甲", "'15400000001"]]);
    expect(typed.ok && typed.rows.at(0)).toMatchObject({ unit: '县局', name: '王甲', mobile: '15400000001' });
  });

  it.each(['12', '12.0', '12.00'])('%s is the twelfth', (cell) => {
    expect(readOrder(cell)).toEqual({ value: 12 });
  });

  it.each(['2026-03-01 00:00:00', '2026/3/1 0:00', '2026-03-01T00:00:00'])('%s is a day', (cell) => {
    expect(readDate(cell, '任职日期')).toEqual({ value: '2026-03-01' });
  });
});
