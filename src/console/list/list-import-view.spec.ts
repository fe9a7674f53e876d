import type { PostChange } from '../../domain/list-file/roster-diff.js';
import { changesAsked, columnsView, diffView, faultPlace, importView } from './list-import-view.js';

const change = (index: number, kind: PostChange['kind'] = 'added'): PostChange => ({
  kind,
  post: `岗位${index}`,
  name: '甲',
  row: index,
  cameFrom: null,
  fields: [],
});
const first = { show: '', page: 1 };
/** The page as it is shown with what it asks for. */
const shown = (changes: PostChange[], query = first) => {
  const counts = { added: 0, changed: 0, moved: 0, ended: 0, renumbered: 0 };
  for (const { kind } of changes) counts[kind] += 1;
  const { kinds, from, take } = changesAsked(query);
  const asked = changes.filter(({ kind }) => kinds.includes(kind)).slice(from, from + take);
  return diffView('/x', { ok: true, rows: 300, changes: asked, counts, unchanged: 3, before: 300, notes: [] }, query);
};

it('names a cell the way a spreadsheet does', () => {
  const fault = { row: 3, column: 'mobile' as const, message: '手机号不正确。' };
  expect(faultPlace({ ...fault, position: 5 })).toBe('F列“手机”');
  expect(faultPlace({ ...fault, position: 27 })).toBe('AB列“手机”');
  expect(faultPlace({ ...fault, column: null, position: null })).toBe('整行');
});

it('shows the first 200 faults and says how many more there are', () => {
  const faults = Array.from({ length: 250 }, (_, row) => ({ row, column: null, position: null, message: '错。' }));
  const view = importView({ id: 'x' }, { step: 'result', result: { ok: false, faults } }, first);
  expect(view.faults).toMatchObject({ count: 250, hidden: 50 });
});

it('counts posts, not fields, and leaves numbers that only moved along out of the count', () => {
  const view = shown([change(1), change(2, 'ended'), change(3, 'renumbered')]);
  expect(view).toMatchObject({ total: 2, nothing: false });
  expect(view.lines.map(({ post }) => post)).toEqual(['岗位1', '岗位2']);
  expect(view.filters.map(({ text, count }) => `${text}${count}`)).toEqual([
    '全部变动2',
    '新增1',
    '不再列入1',
    '次序顺延1',
  ]);
});

it('filters by kind and turns pages', () => {
  const many = [...Array.from({ length: 60 }, (_, i) => change(i)), change(99, 'ended')];
  expect(shown(many, { show: '', page: 2 }).lines).toHaveLength(11);
  expect(shown(many, { show: 'ended', page: 1 }).lines.map(({ post }) => post)).toEqual(['岗位99']);
});

it('warns when more than a fifth would end', () => {
  const ends = (n: number) => shown(Array.from({ length: n }, (_, i) => change(i, 'ended')));
  expect([ends(60).endsTooMany, ends(61).endsTooMany]).toEqual([false, true]);
});

it('shows what columns hold without spreading numbers and addresses out', () => {
  const view = columnsView({
    step: 'columns',
    headings: ['电话', '信箱'],
    mapping: ['mobile', null],
    examples: [['15400000001', 'r001@yanjin.example']],
    faults: [],
  });
  expect(view.columns.map(({ examples }) => examples)).toEqual(['154****', 'r***@…']);
  expect(view.columns[0]!.options.find(({ selected }) => selected)?.text).toBe('手机');
});
