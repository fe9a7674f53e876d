import { circleThrough, type GroupDefinition, GroupMembers, type GroupPost } from './group.js';

/** What a group and those that contain it become when another group is merged into it. */
export interface GroupMerge {
  parts: string[];
  excludedParts: string[];
  excludedPosts: string[];
  /** The other group's rule, where this one has none. */
  rule: GroupDefinition['rule'];
  /** Both have a rule, and no rule says what the two do: what the other one took in is listed post by post. */
  ruleDropped: boolean;
  /** Posts to be listed one by one, so that none is lost. */
  listed: string[];
  /** Groups that contain or leave out the one that goes, with this one in its place. */
  users: { id: string; name: string; parts: string[]; excludedParts: string[] }[];
  /** Posts that are new in the group, and those of either that are in it no more. */
  joins: string[];
  leaves: string[];
}

/** Afterwards the group holds the posts of both as they are on the day; a sentence says why it cannot. */
export function mergeGroups(
  groups: readonly GroupDefinition[],
  posts: readonly GroupPost[],
  sourceId: string,
  targetId: string,
): { ok: true; merge: GroupMerge } | { ok: false; reason: string } {
  const [source, target] = [groups.find(({ id }) => id === sourceId), groups.find(({ id }) => id === targetId)];
  if (!source || !target || source === target) return { ok: false, reason: '请选择另一个没有停用的分组' };
  for (const [one, other] of [
    [source, target],
    [target, source],
  ] as const)
    if (one.excludedParts.includes(other.id)) return { ok: false, reason: `“${one.name}”除去了“${other.name}”` };
  const users = groups.filter(
    ({ id, parts, excludedParts }) => id !== targetId && [...parts, ...excludedParts].includes(sourceId),
  );
  const replaced = users.map(({ id, name, parts, excludedParts }) => ({
    id,
    name,
    parts: swapped(parts, sourceId, targetId),
    excludedParts: swapped(excludedParts, sourceId, targetId),
  }));
  const torn = replaced.find(
    ({ parts, excludedParts }) => parts.includes(targetId) && excludedParts.includes(targetId),
  );
  if (torn) return { ok: false, reason: `“${torn.name}”包含其中一个、除去另一个` };

  const own = (ids: readonly string[]) => ids.filter((id) => id !== sourceId && id !== targetId);
  const before = new GroupMembers(groups, posts);
  const of = (id: string) => new Set([...before.of(id)].map(({ postId }) => postId));
  const [mine, theirs] = [of(targetId), of(sourceId)];
  const both = new Set([...mine, ...theirs]);
  const leavesOut = (id: string) => [...of(id)].every((postId) => !both.has(postId));
  const merged = {
    ...target,
    rule: target.rule ?? source.rule,
    parts: own([...new Set([...target.parts, ...source.parts])]),
    excludedParts: own([...new Set([...target.excludedParts, ...source.excludedParts.filter(leavesOut)])]),
    excludedPosts: [...new Set([...target.excludedPosts, ...source.excludedPosts])].filter((id) => !both.has(id)),
  };
  const byId = new Map(replaced.map((user) => [user.id, user]));
  const rest = groups.flatMap((group) => {
    if (group.id === sourceId) return [];
    return group.id === targetId ? [] : [{ ...group, ...byId.get(group.id) }];
  });
  const circle = circleThrough([...rest, merged], targetId, [...merged.parts, ...merged.excludedParts]);
  if (circle) return { ok: false, reason: `合并后会绕回自己：${circle.join(' → ')}` };

  const outcome = (definition: GroupDefinition, listed: ReadonlySet<string>): Set<string> => {
    const moved = posts.map((post) =>
      post.groupIds.includes(sourceId) || listed.has(post.postId)
        ? { ...post, groupIds: [...post.groupIds, targetId] }
        : post,
    );
    return new Set([...new GroupMembers([...rest, definition], moved).of(targetId)].map(({ postId }) => postId));
  };
  const first = outcome(merged, new Set());
  merged.excludedPosts.push(...[...first].filter((id) => !both.has(id) && !merged.excludedPosts.includes(id)));
  const listed = new Set([...both].filter((id) => !first.has(id)));
  const after = outcome(merged, listed);
  const { rule, parts, excludedParts, excludedPosts } = merged;
  return {
    ok: true,
    merge: {
      ...{ rule, parts, excludedParts, excludedPosts },
      ruleDropped: target.rule !== null && source.rule !== null && !sameRule(target.rule, source.rule),
      listed: [...listed].filter((id) => after.has(id)),
      users: replaced,
      joins: [...after].filter((id) => !mine.has(id)),
      leaves: [...both].filter((id) => !after.has(id)),
    },
  };
}

const swapped = (ids: readonly string[], from: string, to: string): string[] => [
  ...new Set(ids.map((id) => (id === from ? to : id))),
];

const sameRule = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);
