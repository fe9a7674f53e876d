import type { MergeDraft } from '../../distribution/groups/group-merge.service.js';
import { mergeGroups } from '../../domain/scope/group-merge.js';
import { type GroupDefinition, type GroupPost, readRule } from '../../domain/scope/group.js';
import { mergeLines, mergeWarnings } from './group-merge-view.js';

const post = (postId: string, groupIds: string[], level = 'other'): GroupPost => ({
  ...{ postId, groupIds, level, bodyKind: 'government', unitKind: 'unit', tags: [] },
});
const group = (id: string, more: Partial<GroupDefinition> = {}): GroupDefinition => ({
  ...{ id, name: id, rule: null, parts: [], excludedParts: [], excludedPosts: [] },
  ...more,
});
function draft(groups: [GroupDefinition, GroupDefinition, ...GroupDefinition[]], posts: GroupPost[]): MergeDraft {
  const outcome = mergeGroups(groups, posts, groups[0].id, groups[1].id);
  if (!outcome.ok) throw new Error(outcome.reason);
  const [source, target] = groups.map((one) => ({ ...one, aliases: [] }));
  return { source: source!, target: target!, merge: outcome.merge, nameOf: (id) => id };
}

it('says of two rules which one goes, and whom it leaves listed one by one', () => {
  const groups = [
    group('正职', { rule: readRule({ levels: ['principal'] }) }),
    group('副职', { rule: readRule({ levels: ['deputy'] }) }),
  ] as const;
  const both = draft([...groups], [post('甲局局长', [], 'principal'), post('甲局副局长', [], 'deputy')]);
  expect(mergeLines(both)).toContain('“副职”增加1个岗位：甲局局长。');
  expect(mergeWarnings(both)).toEqual([
    '两个分组各有规则，合并后只用“副职”的规则：级别为副职。“正职”的规则（级别为正职）不再使用，以后新设的岗位不会再按它列入。',
    '1个岗位改为逐个列入“副职”，以后不随规则增减：甲局局长。',
  ]);
});

it('says of one rule that it goes over, and warns of nothing', () => {
  const one = draft([group('正职', { rule: readRule({ levels: ['principal'] }) }), group('各局')], []);
  expect(mergeLines(one)).toContain('“正职”的规则成为“各局”的规则：级别为正职。');
  expect(mergeWarnings(one)).toEqual([]);
});

it('names the posts that are in neither group afterwards, and why', () => {
  const groups = [group('甲组'), group('乙组', { excludedParts: ['丙组'] }), group('丙组')] as const;
  expect(mergeWarnings(draft([...groups], [post('某局局长', ['甲组', '丙组'])]))).toEqual([
    '1个岗位合并后不在组内，因为“乙组”除去了它们所在的分组：某局局长。',
  ]);
});
