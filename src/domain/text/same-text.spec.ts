import { entryOf, plan, seat, stateOf } from '../../../test/list-in-memory.js';
import { normaliseGroupName } from '../scope/scope-names.js';
import { isSame, visible } from './same-text.js';
import { splitScopeText } from '../scope/scope-text.js';

const unseen = [
  '\u200b',
  '\u200d',
  '\u2060',
  '\ufeff',
  '\u00ad',
  '\u202d',
  '\u202c',
  '\u2066',
  '\ufe0f',
  '\u{e0100}',
  '\u{e0041}',
  '\u3164',
  '\u0007',
];

it.each(unseen)('%j is neither shown nor compared', (character) => {
  expect(visible(`王${character}五${character}`)).toBe('王五');
  expect(isSame(`单位${character}1`, '单位1')).toBe(true);
});

it.each([
  ...['·', '•', '‧', '・', '･', '∙', '⋅', '.', '．'].map((dot): [string, string] => [
    `阿依${dot}买买提`,
    '阿依·买买提',
  ]),
  ...['—', '–', '－', '‐', '−', '――'].map((dash): [string, string] => [`县委${dash}办`, '县委-办']),
  ['张\u3000三', '张三'],
  ['单位１', '单位1'],
  ['\uf9e1', '李'],
  ['县委（办）', '县委(办)'],
  ['县“两新”工委', '县"两新"工委'],
  ['县ＡＢ局', '县ab局'],
])('%s is %s', (a, b) => expect(isSame(a, b)).toBe(true));

it.each([
  ['王五', '王伍'],
  ['单位1', '单位11'],
  ['县委', '县委办'],
  ['阿依·买买提', '阿依买买提'],
  ['1.2局', '12局'],
])('%s is not %s', (a, b) => expect(isSame(a, b)).toBe(false));

describe('a file that spells what is known in look-alikes', () => {
  const known = [seat(1, '职务1', '阿依·买买提'), seat(2, '职务‧2', '乙某\u200b')];

  it('changes nobody, and makes no unit and no post', async () => {
    const entries = [
      entryOf(known[0]!, { unit: '县\u200b政府', name: '阿依•买买提', post: '职务\u30001' }),
      entryOf(known[1]!, { unit: '县政府\ufeff', name: '乙某', post: '职务•2' }),
    ];
    const { counts, writes } = await plan(stateOf(known), entries);
    expect(counts).toEqual({ added: 0, changed: 0, moved: 0, ended: 0, renumbered: 0 });
    expect([writes.newUnits, writes.newPosts, writes.newPeople, writes.endedTenures]).toEqual([[], [], [], []]);
  });

  it('spells what is new as it first comes', async () => {
    const fresh = (unit: string, post: string, order: number) => ({
      ...entryOf(known[0]!, { unit, post, name: null }),
      order,
    });
    const { writes } = await plan(stateOf([]), [fresh('县·局', '局长', 1), fresh('县•局', '局\u200b长', 2)]);
    expect(writes.newUnits.map(({ name }) => name)).toEqual(['县·局']);
    expect(writes.newPosts.map(({ title, seat: number }) => [title, number])).toEqual([
      ['局长', 1],
      ['局长', 2],
    ]);
  });
});

it('compares the names of groups and the lines of a scope alike', () => {
  expect(normaliseGroupName('县\u200b委∙常委\ufe0f')).toBe(normaliseGroupName('县委·常委'));
  expect(splitScopeText('本期\u200b发：县\u200d委\u202d常委\u202c，副\u00ad县长。')).toEqual(['县委常委', '副县长']);
});
