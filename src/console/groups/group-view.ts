import type { ExplainedSeat, ListedGroup } from '../../distribution/groups/group-members.service.js';
import { type GroupRule, ruleText } from '../../domain/scope/group.js';
import type { ScopeGroup, ScopeIndex } from '../../domain/scope/indexed-names.js';
import { postKinds, postKindText, postLevelText, unitKindText } from '../../domain/people/list-words.js';
import { postLevels, unitKinds } from '../../domain/people/organisation.js';
import { labelGrammar } from '../../domain/scope/scope-grammar.js';
import { seatName } from '../../domain/scope/scope-directory.js';

export interface GroupRow {
  id: string;
  name: string;
  kind: string;
  people: number;
  posts: number;
  aliases: string;
}

export function groupRows(groups: readonly ListedGroup[]): GroupRow[] {
  return groups.map(({ group, posts, people, listed }) => {
    const kinds = [
      ...(listed ? ['逐个列入'] : []),
      ...(group.rule ? ['按规则'] : []),
      ...(group.parts.length > 0 ? ['包含分组'] : []),
      ...(group.excludedParts.length + group.excludedPosts.length > 0 ? ['有除外'] : []),
    ];
    const { id, name, aliases } = group;
    return { id, name, kind: kinds.join('、') || '还没有内容', people, posts, aliases: aliases.join('、') };
  });
}

export interface MemberRow {
  order: number;
  post: string;
  holder: string | null;
  reason: string;
  postId: string;
}

/** By which way a post came in, and what took it out. */
export function memberRow({ seat, reasons, excludedBy }: ExplainedSeat, groups: readonly ScopeGroup[]): MemberRow {
  const name = (id: string) => groups.find((group) => group.id === id)?.name ?? '';
  const ways = reasons.map((reason) =>
    reason.by === 'listed' ? '逐个列入' : reason.by === 'rule' ? '符合规则' : `经分组“${name(reason.groupId)}”`,
  );
  const out =
    excludedBy === null
      ? []
      : [excludedBy.by === 'post' ? '但单独除去' : `但在除去的分组“${name(excludedBy.groupId)}”中`];
  const { holder } = seat;
  return {
    order: seat.protocolOrder,
    post: seatName(seat),
    holder: holder === null ? null : holder.acting ? `${holder.name}（代理）` : holder.name,
    reason: [...ways, ...out].join('，'),
    postId: seat.postId,
  };
}

interface Choice {
  value: string;
  text: string;
  checked: boolean;
}

export interface RuleForm {
  /** Null when the group has no rule. */
  text: string | null;
  unitKinds: readonly Choice[];
  postKinds: readonly Choice[];
  levels: readonly Choice[];
  tags: string;
}

export function ruleForm(rule: GroupRule | null): RuleForm {
  const choices = <T extends string>(
    all: readonly T[],
    words: Readonly<Record<T, string>>,
    chosen: readonly T[] = [],
  ) => all.map((value) => ({ value, text: words[value], checked: chosen.includes(value) }));
  return {
    text: rule === null ? null : ruleText(rule),
    unitKinds: choices(unitKinds, unitKindText, rule?.unitKinds),
    postKinds: choices(postKinds, postKindText, rule?.postKinds),
    levels: choices(postLevels, postLevelText, rule?.levels),
    tags: rule?.tags.join('、') ?? '',
  };
}

/** Which of the labels ever printed mean this group, whole or in a part. */
export function labelsOf(groupId: string, labels: readonly string[], index: ScopeIndex): string[] {
  const means = (name: string): boolean => (index.group(name) ?? index.groupInOtherWords(name))?.id === groupId;
  return labels.filter((label) => {
    if (means(label)) return true;
    const { heads, bracket, excluded } = labelGrammar(label);
    return [...heads, ...(bracket?.names ?? []), ...excluded].some(means);
  });
}
