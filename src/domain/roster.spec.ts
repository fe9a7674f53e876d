import { maxRosterRows, readRoster, rosterColumns, type RosterFault } from './roster.js';

type Cells = Partial<Record<(typeof rosterColumns)[number], string>>;

let next = 0;
function aRow(cells: Cells = {}): string[] {
  next += 1;
  const digits = String(next).padStart(4, '0');
  const row: Cells = {
    order: String(next),
    groups: '县直各单位负责人',
    unit: `县${digits}局`,
    post: '局长',
    name: '周甲',
    mobile: `1540000${digits}`,
    email: `r${digits}@yanjin.example`,
    kind: 'unit',
    wecom: `r${digits}`,
    ...cells,
  };
  return rosterColumns.map((column) => row[column] ?? '');
}

function faultsOf(...rows: string[][]): RosterFault[] {
  const result = readRoster([[...rosterColumns], ...rows]);
  return result.ok ? [] : result.faults;
}

function onlyRow(cells: Cells) {
  const result = readRoster([[...rosterColumns], aRow(cells)]);
  return result.ok ? result.rows[0] : result.faults;
}

describe('the header', () => {
  it('may be Chinese and in any order, without the WeCom column', () => {
    const header = ['姓名', '序号', '组别', '单 位', '职务', '手机', '邮箱', '类别', '联络员'];
    const result = readRoster([header, ['赵甲', '1', '县委常委；副县长', '县委', '书记', '', '', '领导', '钱乙']]);
    expect(result).toEqual({
      ok: true,
      rows: [
        {
          order: 1,
          groups: ['县委常委', '副县长'],
          unit: '县委',
          post: '书记',
          seat: 1,
          name: '赵甲',
          mobile: null,
          email: null,
          wecom: null,
          kind: 'leader',
          liaison: '钱乙',
          row: 2,
        },
      ],
    });
  });

  it('names every missing, unknown and doubled column', () => {
    const result = readRoster([['\uFEFForder', '单位', 'unit', '电话'], aRow()]);
    expect(result.ok ? [] : result.faults.map(({ row, column }) => [row, column])).toEqual([
      [1, 'unit'],
      [1, '电话'],
      [1, 'groups'],
      [1, 'post'],
      [1, 'name'],
      [1, 'mobile'],
      [1, 'email'],
      [1, 'kind'],
      [1, 'proxy'],
    ]);
  });

  it('is missed in an empty file, and people below it', () => {
    expect(readRoster([]).ok).toBe(false);
    expect(faultsOf(['', ''])).toMatchObject([{ row: 2, message: '名单中没有人，请在表头下逐行填写。' }]);
  });
});

describe('cells', () => {
  it.each<[Cells, object]>([
    [{ mobile: '+86 154-0000-9999' }, { mobile: '15400009999' }],
    [{ mobile: '１５４００００９９９９' }, { mobile: '15400009999' }],
    [{ email: ' a.b＠yanjin.example ' }, { email: 'a.b@yanjin.example' }],
    [{ name: '李　勉' }, { name: '李勉' }],
    [{ name: '买买提 江' }, { name: '买买提江' }],
    [{ kind: ' 乡镇 ' }, { kind: 'township' }],
    [{ groups: '甲;甲； 乙 ;' }, { groups: ['甲', '乙'] }],
    [
      { wecom: '', mobile: '', email: '' },
      { wecom: null, mobile: null, email: null },
    ],
  ])('%j is read as %j', (cells, expected) => {
    expect(onlyRow(cells)).toMatchObject(expected);
  });

  it.each<[Cells, RegExp]>([
    [{ order: '' }, /“序号”不能为空/],
    [{ order: '0' }, /序号“0”不正确/],
    [{ order: '1.5' }, /整数/],
    [{ groups: ' ；' }, /“分组”不能为空/],
    [{ unit: '' }, /“单位”不能为空/],
    [{ post: ' ' }, /“职务”不能为空/],
    [{ name: '' }, /“姓名”不能为空/],
    [{ name: '甲'.repeat(101) }, /超过100个字/],
    [{ mobile: '0373-0000101' }, /11位手机号码/],
    [{ mobile: '154000000012' }, /11位手机号码/],
    [{ mobile: '1.54E+10' }, /科学计数法/],
    [{ email: 'a@b' }, /邮箱地址不正确/],
    [{ email: 'a@yanjin.example;b@yanjin.example' }, /邮箱地址不正确/],
    [{ email: 'a@yanjin.example\r\nBcc: x@y.example' }, /邮箱地址不正确/],
    [{ email: 'a..b@yanjin.example' }, /邮箱地址不正确/],
    [{ kind: '' }, /“类别”不能为空/],
    [{ kind: 'boss' }, /不认识类别“boss”/],
    [{ wecom: '张三' }, /企业微信账号不正确/],
  ])('%j is a fault', (cells, message) => {
    const faults = faultsOf(aRow(cells));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({
      row: 2,
      column: Object.keys(cells)[0],
      message: expect.stringMatching(message) as string,
    });
  });

  it('must not run past the header', () => {
    expect(faultsOf([...aRow(), '', '多'])).toMatchObject([
      { row: 2, message: expect.stringContaining('逗号') as string },
    ]);
    expect(faultsOf([...aRow(), '', ''])).toEqual([]);
  });

  it('never repeats a contact in a message', () => {
    const text = JSON.stringify(faultsOf(aRow({ mobile: '1540000', email: 'secret@', wecom: '秘 号' })));
    expect(text).not.toMatch(/1540000|secret|秘 号/);
  });
});

describe('the whole list', () => {
  it('reports all faults of all rows at once, with the line of the file', () => {
    const faults = faultsOf(aRow({ mobile: '1', kind: 'x' }), ['', ''], aRow(), aRow({ name: '' }));
    expect(faults.map(({ row, column }) => [row, column])).toEqual([
      [2, 'mobile'],
      [2, 'kind'],
      [5, 'name'],
    ]);
  });

  it.each<[keyof Cells, string, string]>([
    ['order', '700', '700'],
    ['mobile', '15400008888', '+8615400008888'],
    ['email', 'Same@yanjin.example', 'same@YANJIN.example'],
    ['wecom', 'Same', 'same'],
  ])('names both rows that share one %s', (column, first, second) => {
    const faults = faultsOf(aRow({ [column]: first }), aRow(), aRow({ [column]: second }));
    expect(faults).toMatchObject([{ row: 4, column, message: expect.stringContaining('第2行和第4行') as string }]);
  });

  it('does not call two unreadable or absent cells equal', () => {
    const columns = faultsOf(aRow({ order: 'x', mobile: '' }), aRow({ order: 'x', mobile: '' })).map(
      ({ column }) => column,
    );
    expect(columns).toEqual(['order', 'order']);
  });

  it('numbers equal posts of one unit in protocol order', () => {
    const same = { unit: '县政协', post: '副主席' };
    const rows = [
      aRow({ ...same, order: '803' }),
      aRow({ ...same, order: '801' }),
      aRow({ ...same, order: '802', post: '主席' }),
    ];
    const result = readRoster([[...rosterColumns], ...rows]);
    expect(
      result.ok ? result.rows.map(({ order, post, seat, row }) => [order, post, seat, row]) : result.faults,
    ).toEqual([
      [801, '副主席', 1, 3],
      [802, '主席', 1, 4],
      [803, '副主席', 2, 2],
    ]);
  });

  it('stops at 200 faults and at 50,000 rows', () => {
    expect(faultsOf(...Array.from({ length: 150 }, () => aRow({ mobile: '1', email: '1' })))).toHaveLength(200);
    const tooLong = Array.from({ length: maxRosterRows + 1 }, () => ['1']);
    expect(faultsOf(...tooLong)).toMatchObject([{ message: expect.stringContaining('50000') as string }]);
  });
});
