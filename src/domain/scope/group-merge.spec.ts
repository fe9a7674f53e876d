import { type GroupMerge, mergeGroups } from './group-merge.js';
import { type GroupDefinition, type GroupPost, readRule } from './group.js';

const post = (postId: string, groupIds: string[] = [], more: Partial<GroupPost> = {}): GroupPost => ({
  ...{ postId, groupIds, bodyKind: 'government', unitKind: 'unit', level: 'principal', tags: [] },
  ...more,
});
const group = (id: string, more: Partial<GroupDefinition> = {}): GroupDefinition => ({
  ...{ id, name: `分组${id}`, rule: null, parts: [], excludedParts: [], excludedPosts: [] },
  ...more,
});
const rule = (level: string) => readRule({ levels: [level] });

function merged(groups: GroupDefinition[], posts: GroupPost[]): GroupMerge {
  const outcome = mergeGroups(groups, posts, 'a', 'b');
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.merge;
}
const refusal = (...groups: GroupDefinition[]) => {
  const outcome = mergeGroups(groups, [], 'a', 'b');
  return outcome.ok ? null : outcome.reason;
};

it('holds the posts of both', () => {
  const posts = [post('p1', ['a']), post('p2', ['b']), post('p3', ['a', 'b'])];
  expect(merged([group('a'), group('b')], posts)).toMatchObject({ joins: ['p1'], leaves: [], listed: [], users: [] });
});

it('takes the rule over where there is none, and lists the posts where there are two', () => {
  const posts = [post('p1'), post('p2', [], { level: 'deputy' })];
  expect(merged([group('a', { rule: rule('principal') }), group('b')], posts)).toMatchObject({
    rule: rule('principal'),
    ruleDropped: false,
    joins: ['p1'],
    listed: [],
  });
  const two = [group('a', { rule: rule('principal') }), group('b', { rule: rule('deputy') })];
  expect(merged(two, posts)).toMatchObject({ rule: rule('deputy'), ruleDropped: true, listed: ['p1'], joins: ['p1'] });
});

it('keeps in what one leaves out and the other has, and keeps out what both leave out', () => {
  const all = rule('principal');
  const posts = [post('p1', ['b']), post('p2'), post('p3')];
  const groups = [group('a', { rule: all, excludedPosts: ['p1', 'p2'] }), group('b')];
  expect(merged(groups, posts)).toMatchObject({ excludedPosts: ['p2'], joins: ['p3'], leaves: [] });
});

it('says which posts a group that is left out takes away', () => {
  const groups = [group('a'), group('b', { excludedParts: ['c'] }), group('c')];
  expect(merged(groups, [post('p1', ['a', 'c']), post('p2', ['a'])])).toMatchObject({ joins: ['p2'], leaves: ['p1'] });
});

it('takes the place of the other wherever that was part of a group', () => {
  const groups = [
    group('a', { parts: ['d'] }),
    group('b', { parts: ['a'] }),
    group('c', { parts: ['a', 'b'], excludedParts: [] }),
    group('d'),
    group('e', { excludedParts: ['a'] }),
  ];
  const { parts, users } = merged(groups, [post('p1', ['d'])]);
  expect(parts).toEqual(['d']);
  expect(users).toMatchObject([
    { id: 'c', parts: ['b'], excludedParts: [] },
    { id: 'e', parts: [], excludedParts: ['b'] },
  ]);
});

it('is refused where it would contradict what is set, and says why', () => {
  expect(refusal(group('a'), group('b', { excludedParts: ['a'] }))).toContain('“分组b”除去了“分组a”');
  expect(refusal(group('a', { excludedParts: ['b'] }), group('b'))).toContain('“分组a”除去了“分组b”');
  expect(refusal(group('a'), group('b'), group('c', { parts: ['a'], excludedParts: ['b'] }))).toContain('分组c');
  const round = [group('a', { parts: ['c'] }), group('b'), group('c', { parts: ['b'] })];
  expect(refusal(...round)).toContain('绕回自己');
  expect(refusal(group('a'))).toContain('另一个');
});
