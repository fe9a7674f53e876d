import {
  circleThrough,
  type GroupDefinition,
  GroupMembers,
  type GroupPost,
  groupsWithin,
  readRule,
  ruleText,
} from './group.js';

const post = (postId: string, more: Partial<GroupPost> = {}): GroupPost => ({
  postId,
  bodyKind: 'government',
  unitKind: 'unit',
  level: 'principal',
  tags: [],
  groupIds: [],
  ...more,
});
const group = (id: string, more: Partial<GroupDefinition> = {}): GroupDefinition => ({
  id,
  name: `分组${id}`,
  rule: null,
  parts: [],
  excludedParts: [],
  excludedPosts: [],
  ...more,
});
const rule = (more: object) => readRule(more);

const posts = [
  post('finance', { tags: ['经济'] }),
  post('financeDeputy', { level: 'deputy', tags: ['经济'] }),
  post('organisation', { bodyKind: 'party' }),
  post('league', { bodyKind: 'mass', groupIds: ['listed'] }),
  post('town', { bodyKind: 'township', unitKind: 'township', tags: ['沿黄'] }),
  post('secretary', { bodyKind: 'party', unitKind: 'leader', groupIds: ['listed'] }),
];

describe('who is in a group', () => {
  it.each<[string, Partial<GroupDefinition>, string[]]>([
    ['what is listed', { id: 'listed' }, ['league', 'secretary']],
    ['nobody without any definition', {}, []],
    [
      'one condition: any of its values',
      { rule: rule({ unitKinds: ['party', 'mass'] }) },
      ['organisation', 'league', 'secretary'],
    ],
    [
      'several conditions: all together',
      { rule: rule({ unitKinds: ['party'], postKinds: ['unit'] }) },
      ['organisation'],
    ],
    ['levels', { rule: rule({ unitKinds: ['government'], levels: ['deputy', 'staff'] }) }, ['financeDeputy']],
    ['tags: one is enough', { rule: rule({ tags: ['沿黄', '经济'] }) }, ['finance', 'financeDeputy', 'town']],
    ['a rule that asks nothing takes nobody', { rule: { unitKinds: [], postKinds: [], levels: [], tags: [] } }, []],
    [
      'rule and list together',
      { id: 'listed', rule: rule({ postKinds: ['township'] }) },
      ['league', 'town', 'secretary'],
    ],
    ['groups inside', { parts: ['listed', 'economy'] }, ['finance', 'financeDeputy', 'league', 'secretary']],
    ['less a group', { parts: ['listed'], excludedParts: ['leaders'] }, ['league']],
    ['less a post', { parts: ['economy'], excludedPosts: ['financeDeputy'] }, ['finance']],
    ['an exclusion beats the list', { id: 'listed', excludedPosts: ['league'] }, ['secretary']],
    ['a group that is not there', { parts: ['gone'] }, []],
  ])('%s', (_what, definition, expected) => {
    const it = group('it', definition);
    const others = [
      group('listed'),
      group('economy', { rule: rule({ tags: ['经济'] }) }),
      group('leaders', { rule: rule({ postKinds: ['leader'] }) }),
    ];
    const members = new GroupMembers([...others.filter(({ id }) => id !== it.id), it], posts);
    const ids = [...members.of(it.id)].map(({ postId }) => postId);
    expect(posts.map(({ postId }) => postId).filter((id) => ids.includes(id))).toEqual(expected);
    expect(ids).toHaveLength(expected.length);
  });

  it('says by which reason, and why not', () => {
    const part = group('part', { rule: rule({ unitKinds: ['mass'] }) });
    const whole = group('listed', {
      parts: ['part'],
      rule: rule({ postKinds: ['leader'] }),
      excludedPosts: ['secretary'],
    });
    const members = new GroupMembers([part, whole], posts);
    const explain = (id: string) =>
      members.explain(
        whole,
        posts.find(({ postId }) => postId === id)!,
      );
    expect(explain('league')).toEqual({
      in: true,
      reasons: [{ by: 'listed' }, { by: 'part', groupId: 'part' }],
      excludedBy: null,
    });
    expect(explain('secretary')).toEqual({
      in: false,
      reasons: [{ by: 'listed' }, { by: 'rule' }],
      excludedBy: { by: 'post' },
    });
    expect(explain('town')).toBeNull();
  });

  it('does not hang on a circle that got in all the same', () => {
    const members = new GroupMembers(
      [group('a', { parts: ['b'] }), group('b', { parts: ['a', 'listed'] }), group('listed')],
      posts,
    );
    expect([...members.of('a')].map(({ postId }) => postId)).toEqual(['league', 'secretary']);
  });
});

describe('circles', () => {
  const groups = [
    group('a'),
    group('b', { parts: ['c'] }),
    group('c', { excludedParts: ['d'] }),
    group('d', { parts: ['a'] }),
  ];
  it.each<[string, string, string[], string[] | null]>([
    ['itself', 'a', ['a'], ['分组a', '分组a']],
    ['over several, exclusions included', 'a', ['b'], ['分组a', '分组b', '分组c', '分组d', '分组a']],
    ['none', 'b', ['d'], null],
    ['none from the top', 'b', ['c', 'd', 'a'], null],
  ])('%s', (_what, id, parts, circle) => {
    expect(circleThrough(groups, id, parts)).toEqual(circle);
  });
  it('finds all that a group is made of', () => {
    expect(groupsWithin(groups, ['c']).map(({ id }) => id)).toEqual(['c', 'd', 'a']);
  });
});

describe('rules', () => {
  it('drop what does not exist, and are none when nothing is left', () => {
    expect(readRule({ unitKinds: ['party', 'moon'], levels: 'principal', tags: [' 经济 ', '经济', ''] })).toEqual({
      unitKinds: ['party'],
      postKinds: [],
      levels: [],
      tags: ['经济'],
    });
    expect(readRule({ unitKinds: ['moon'] })).toBeNull();
    expect(readRule(null)).toBeNull();
  });
  it('read as a sentence', () => {
    const text = ruleText(readRule({ unitKinds: ['party', 'government'], levels: ['principal'], tags: ['经济'] })!);
    expect(text).toBe('单位类别为党委部门或政府部门，且级别为正职，且标签为“经济”');
  });
});
