import { visible } from '../text/same-text.js';
import { postKinds, postKindText, type PostKind, postLevelText, unitKindText } from '../people/list-words.js';
import { type PostLevel, postLevels, type UnitKind, unitKinds } from '../people/organisation.js';

/** Which posts a group (分组) is made of on one day. */

/** All conditions together; of one condition any value. An empty condition asks nothing; a rule that asks nothing takes nobody. */
export interface GroupRule {
  unitKinds: readonly UnitKind[];
  postKinds: readonly PostKind[];
  levels: readonly PostLevel[];
  tags: readonly string[];
}

export interface GroupDefinition {
  id: string;
  name: string;
  rule: GroupRule | null;
  /** Groups whose posts are in. */
  parts: readonly string[];
  /** Groups whose posts are out, whatever brought them in. */
  excludedParts: readonly string[];
  excludedPosts: readonly string[];
}

/** A post open on the day. */
export interface GroupPost {
  postId: string;
  /** UnitKind of its unit. */
  bodyKind: string;
  /** PostKind. */
  unitKind: string;
  level: string;
  tags: readonly string[];
  /** Groups that list it on the day. */
  groupIds: readonly string[];
}

export type MembershipReason = { by: 'listed' } | { by: 'rule' } | { by: 'part'; groupId: string };

export interface Membership {
  in: boolean;
  reasons: MembershipReason[];
  /** Why it is out in spite of the reasons. */
  excludedBy: { by: 'post' } | { by: 'part'; groupId: string } | null;
}

export function matchesRule(rule: GroupRule, post: GroupPost): boolean {
  if (isEmptyRule(rule)) return false;
  const asks = <T extends string>(values: readonly T[], value: string) =>
    values.length === 0 || (values as readonly string[]).includes(value);
  return (
    asks(rule.unitKinds, post.bodyKind) &&
    asks(rule.postKinds, post.unitKind) &&
    asks(rule.levels, post.level) &&
    (rule.tags.length === 0 || rule.tags.some((tag) => post.tags.includes(tag)))
  );
}

export const isEmptyRule = (rule: GroupRule): boolean =>
  rule.unitKinds.length + rule.postKinds.length + rule.levels.length + rule.tags.length === 0;

/** Members of groups on one day; every group is worked out once however many others contain it. */
export class GroupMembers<P extends GroupPost> {
  private readonly byId: ReadonlyMap<string, GroupDefinition>;
  private readonly known = new Map<string, ReadonlySet<P>>();
  private readonly listed = new Map<string, P[]>();

  constructor(
    groups: readonly GroupDefinition[],
    private readonly posts: readonly P[],
  ) {
    this.byId = new Map(groups.map((group) => [group.id, group]));
    for (const post of posts) {
      for (const id of post.groupIds) {
        const list = this.listed.get(id);
        if (list) list.push(post);
        else this.listed.set(id, [post]);
      }
    }
  }

  of(groupId: string): ReadonlySet<P> {
    const known = this.known.get(groupId);
    if (known) return known;
    // A circle is refused when it is drawn; one that is there all the same must not hang a sign-off.
    this.known.set(groupId, new Set());
    const group = this.byId.get(groupId);
    const members = group ? this.workOut(group) : new Set<P>();
    this.known.set(groupId, members);
    return members;
  }

  /** Why a post is, or is not, in the group; null when nothing speaks of it. */
  explain(group: GroupDefinition, post: P): Membership | null {
    const reasons: MembershipReason[] = [
      ...(post.groupIds.includes(group.id) ? [{ by: 'listed' } as const] : []),
      ...(group.rule && matchesRule(group.rule, post) ? [{ by: 'rule' } as const] : []),
      ...group.parts.filter((id) => this.of(id).has(post)).map((groupId) => ({ by: 'part', groupId }) as const),
    ];
    if (reasons.length === 0) return null;
    const out = group.excludedParts.find((id) => this.of(id).has(post));
    const excludedBy = group.excludedPosts.includes(post.postId)
      ? ({ by: 'post' } as const)
      : out === undefined
        ? null
        : ({ by: 'part', groupId: out } as const);
    return { in: excludedBy === null, reasons, excludedBy };
  }

  private workOut(group: GroupDefinition): ReadonlySet<P> {
    const { rule } = group;
    const members = new Set<P>(this.listed.get(group.id) ?? []);
    if (rule) for (const post of this.posts) if (matchesRule(rule, post)) members.add(post);
    for (const part of group.parts) for (const post of this.of(part)) members.add(post);
    for (const part of group.excludedParts) for (const post of this.of(part)) members.delete(post);
    const out = new Set(group.excludedPosts);
    if (out.size > 0) for (const post of members) if (out.has(post.postId)) members.delete(post);
    return members;
  }
}

/** The groups that these are made of, themselves included. */
export function groupsWithin(groups: readonly GroupDefinition[], ids: Iterable<string>): GroupDefinition[] {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const within = new Set<GroupDefinition>();
  const visit = (id: string): void => {
    const group = byId.get(id);
    if (!group || within.has(group)) return;
    within.add(group);
    [...group.parts, ...group.excludedParts].forEach(visit);
  };
  [...ids].forEach(visit);
  return [...within];
}

/**
 * The circle that would close if `groupId` were made of `parts`, as names from the group back to itself; null when there is none.
 * Excluded groups count as well: 甲除外乙, 乙除外甲 has no answer.
 */
export function circleThrough(
  groups: readonly GroupDefinition[],
  groupId: string,
  parts: readonly string[],
): string[] | null {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const seen = new Set<string>();
  const search = (id: string): string[] | null => {
    const group = byId.get(id);
    if (id === groupId) return [group?.name ?? ''];
    if (!group || seen.has(id)) return null;
    seen.add(id);
    for (const next of [...group.parts, ...group.excludedParts]) {
      const found = search(next);
      if (found) return [group.name, ...found];
    }
    return null;
  };
  for (const part of parts) {
    const found = search(part);
    if (found) return [byId.get(groupId)?.name ?? '', ...found];
  }
  return null;
}

/** A rule as stored or sent; values that do not exist are dropped. Null when it asks nothing. */
export function readRule(value: unknown): GroupRule | null {
  if (typeof value !== 'object' || value === null) return null;
  const given = value as Record<string, unknown>;
  const texts = (key: string): string[] => {
    const list = given[key];
    return Array.isArray(list) ? list.filter((entry) => typeof entry === 'string') : [];
  };
  const rule: GroupRule = {
    unitKinds: unitKinds.filter((kind) => texts('unitKinds').includes(kind)),
    postKinds: postKinds.filter((kind) => texts('postKinds').includes(kind)),
    levels: postLevels.filter((level) => texts('levels').includes(level)),
    tags: [...new Set(texts('tags').map((tag) => visible(tag).trim()))].filter((tag) => tag !== ''),
  };
  return isEmptyRule(rule) ? null : rule;
}

/** 单位类别为党委部门或政府部门，且级别为正职 */
export function ruleText(rule: GroupRule): string {
  const condition = (what: string, values: readonly string[]): string[] =>
    values.length === 0 ? [] : [`${what}为${values.join('或')}`];
  return [
    ...condition(
      '单位类别',
      rule.unitKinds.map((kind) => unitKindText[kind]),
    ),
    ...condition(
      '岗位类别',
      rule.postKinds.map((kind) => postKindText[kind]),
    ),
    ...condition(
      '级别',
      rule.levels.map((level) => postLevelText[level]),
    ),
    ...condition(
      '标签',
      rule.tags.map((tag) => `“${tag}”`),
    ),
  ].join('，且');
}
