import type { MergeDraft } from '../../distribution/groups/group-merge.service.js';
import { ruleText } from '../../domain/scope/group.js';

const postsNamed = 30;

/** What becomes of the two groups and of those that contain one of them. */
export function mergeLines({ source, target, merge, nameOf }: MergeDraft): string[] {
  const names = [source.name, ...source.aliases].map((name) => `“${name}”`).join('、');
  return [
    `“${source.name}”从今天起停用；以前的日子和已经签发的各期不变。`,
    `${names}成为“${target.name}”的别名，发送范围里仍可以这样写。`,
    merge.joins.length === 0
      ? `“${target.name}”的岗位不变。`
      : `“${target.name}”增加${merge.joins.length}个岗位：${named(merge.joins, nameOf)}。`,
    ...merge.users.map(({ name }) => `“${name}”里的“${source.name}”换成“${target.name}”。`),
    ...(target.rule === null && merge.rule !== null
      ? [`“${source.name}”的规则成为“${target.name}”的规则：${ruleText(merge.rule)}。`]
      : []),
  ];
}

/** What the office may not expect of it. */
export function mergeWarnings({ source, target, merge, nameOf }: MergeDraft): string[] {
  const { ruleDropped, listed, leaves } = merge;
  return [
    ...(ruleDropped
      ? [
          `两个分组各有规则，合并后只用“${target.name}”的规则：${ruleText(target.rule!)}。` +
            `“${source.name}”的规则（${ruleText(source.rule!)}）不再使用，以后新设的岗位不会再按它列入。`,
        ]
      : []),
    ...(listed.length > 0
      ? [`${listed.length}个岗位改为逐个列入“${target.name}”，以后不随规则增减：${named(listed, nameOf)}。`]
      : []),
    ...(leaves.length > 0
      ? [`${leaves.length}个岗位合并后不在组内，因为“${target.name}”除去了它们所在的分组：${named(leaves, nameOf)}。`]
      : []),
  ];
}

const named = (postIds: readonly string[], nameOf: (id: string) => string): string =>
  postIds.slice(0, postsNamed).map(nameOf).join('、') + (postIds.length > postsNamed ? `等${postIds.length}个` : '');
