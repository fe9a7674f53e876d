import { columnHeading, rosterColumns } from './roster-header.js';
import { maxRosterRows, readRoster } from './roster.js';
import type { RosterFault } from './roster-row.js';

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
  return result.ok ? result.rows.at(0) : result.faults;
}

describe('the header', () => {
  it('may be Chinese and in any order, without the columns that are not needed', () => {
    const header = ['姓名', '序号', '组别', '单 位', '职务', '手机', '邮箱', '类别', '联络员'];
    const result = readRoster([header, ['赵甲', '1', '县委常委；副县长', '县委', '书记', '', '', '领导', '钱乙']]);
    expect(result.ok && [...result.rows]).toMatchObject([
      {
        order: 1,
        groups: ['县委常委', '副县长'],
        unit: '县委',
        post: '书记',
        name: '赵甲',
        mobile: null,
        email: null,
        wecom: null,
        kind: 'leader',
        officers: [{ name: '钱乙', mobile: null }],
        row: 2,
      },
    ]);
    expect(result.ok && result.columns.has('wecom')).toBe(false);
  });

  it('may stand below a title, and lines are counted from the top of the file', () => {
    const result = readRoster([['延津县发送名单'], [], [...rosterColumns.map(columnHeading)], aRow({ mobile: '1' })]);
    expect(result.ok ? [] : result.faults).toMatchObject([{ row: 4, column: 'mobile', position: 5 }]);
  });

  it('names what is unknown and what is missing', () => {
    const result = readRoster([['序号', '单位', 'unit', '血型'], aRow()]);
    expect(result.ok ? [] : result.faults.map(({ row, message }) => [row, message.slice(0, 12)])).toEqual([
      [1, '无法识别表头“unit”'],
      [1, '无法识别表头“血型”，或'],
      [1, '没有一列对应“分组”，请'],
      [1, '没有一列对应“职务”，请'],
      [1, '没有一列对应“姓名”，请'],
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
    [{ groups: '（无）' }, { groups: [] }],
    [{ name: '（空缺）' }, { name: null }],
    [{ post: "'+代书记" }, { post: '+代书记' }],
    [{ startsOn: '2026/3/1' }, { startsOn: '2026-03-01' }],
    [{ startsOn: '2026年3月1日' }, { startsOn: '2026-03-01' }],
    [
      { acting: '是', level: '副职', tags: '甲；乙' },
      { acting: true, level: 'deputy', tags: ['甲', '乙'] },
    ],
    [{ unitKind: '乡镇、街道' }, { unitKind: 'township' }],
    [{ proxy: '党政办联络员' }, { officers: [{ name: '党政办联络员', mobile: null }] }],
    [
      { proxy: '王 五（154 0000 9999）；赵六 15400009998、15400009997' },
      {
        officers: [
          { name: '王五', mobile: '15400009999' },
          { name: '赵六', mobile: '15400009998' },
          { name: null, mobile: '15400009997' },
        ],
      },
    ],
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
    [{ kind: 'boss' }, /无法识别类别“boss”/],
    [{ wecom: '张三' }, /企业微信账号不正确/],
    [{ mobile: '154****0001' }, /隐去一部分/],
    [{ email: 'r***@yanjin.example' }, /隐去一部分/],
    [{ wecom: 'r0***' }, /隐去一部分/],
    [{ name: '（示例）' }, /示例行/],
    [{ level: '科长' }, /正职、副职或工作人员/],
    [{ unitKind: '好单位' }, /党委部门/],
    [{ acting: '也许' }, /“代理”只能填写/],
    [{ startsOn: '三月' }, /2026-03-01/],
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

  it('lets one person hold two posts, but not the same post twice', () => {
    const same = { mobile: '15400007777', email: 'two@yanjin.example', wecom: 'two', name: '周甲' };
    expect(faultsOf(aRow({ ...same, post: '局长' }), aRow({ ...same, post: '书记' }))).toEqual([]);
    const twice = faultsOf(aRow({ ...same, unit: '县局' }), aRow({ ...same, unit: '县局' }));
    expect(twice).toMatchObject([{ row: 3, message: expect.stringContaining('同一岗位') as string }]);
  });

  it('hands rows on in protocol order', () => {
    const result = readRoster([[...rosterColumns], aRow({ order: '803' }), aRow({ order: '801' })]);
    expect(result.ok && [...result.rows].map(({ order, row }) => [order, row])).toEqual([
      [801, 3],
      [803, 2],
    ]);
  });

  it('stops at 2,000 faults and at 50,000 rows', () => {
    expect(faultsOf(...Array.from({ length: 1500 }, () => aRow({ mobile: '1', email: '1' })))).toHaveLength(2000);
    const tooLong = Array.from({ length: maxRosterRows + 1 }, () => ['1']);
    expect(faultsOf(...tooLong)).toMatchObject([{ message: expect.stringContaining('50000') as string }]);
  });
});

describe('how a file was read', () => {
  const headings = rosterColumns.map(columnHeading);

  it('says where nobody was named, by the word that stands there', () => {
    const names = ['待定', '（空缺）', '/', '待定'];
    const result = readRoster([headings, ...names.map((name) => aRow({ name, mobile: '', email: '', wecom: '' }))]);
    expect(result.ok && [...result.rows].map(({ name }) => name)).toEqual([null, null, null, null]);
    expect(result.ok && result.notes).toEqual([
      expect.stringMatching(/^第2、5行的“姓名”写的是“待定”，按空缺处理/),
      expect.stringMatching(/^第4行的“姓名”写的是“\/”，按空缺处理/),
    ]);
  });

  it.each([
    headings,
    headings.map((heading) => [...heading].join('　')),
    headings.map((heading) => `\u200b${heading}\ufeff`),
    headings.map((heading) => `${heading}：`),
    ['次序', '组别', '单位名称', '岗位', '姓 名', '手机号码', '', '', '', '', '', '', '', '', ''],
  ])('takes no heading that comes again for a person: %j', (...again) => {
    const result = readRoster([headings, aRow(), again, aRow()]);
    expect(result.ok && result.rows.length).toBe(2);
    expect(result.ok && result.notes).toEqual(['第3行又是表头，没有当作人员。']);
  });
});
