import { nearNames } from './near-name.js';

/** 发送范围: the line of group names at an issue's foot, and the people it stands for. */

export interface ScopeGroup {
  id: string;
  name: string;
  aliases: readonly string[];
}

/** One post with whoever holds it now. */
export interface Seat {
  postId: string;
  unitName: string;
  unitKind: string;
  postTitle: string;
  protocolOrder: number;
  groupIds: readonly string[];
  liaison: string | null;
  holder: { personId: string; name: string; acting: boolean } | null;
}

export interface ScopeEntry {
  personId: string;
  name: string;
  postId: string;
  postTitle: string;
  unitName: string;
  unitKind: string;
  protocolOrder: number;
  acting: boolean;
  liaison: string | null;
  /** Names of all groups through which the person is in scope, in scope order. */
  groups: readonly string[];
}

export interface ResolvedScope {
  /** In protocol order, one for each person. */
  entries: ScopeEntry[];
  /** In scope order, one for each group, however often or under whichever alias the scope names it. */
  groups: { label: string; groupId: string; groupName: string; people: number; vacantPosts: string[] }[];
  unknown: { label: string; suggestions: string[] }[];
  people: number;
}

/** Resolves labels to people. A person in several groups is one entry, but counts in each group. */
export function resolveScope(
  labels: readonly string[],
  groups: readonly ScopeGroup[],
  seats: readonly Seat[],
): ResolvedScope {
  const byName = groupsByName(groups);
  const found = new Map<ScopeGroup, string>();
  const unknown = new Map<string, ResolvedScope['unknown'][number]>();
  for (const label of labels) {
    const wanted = normaliseGroupName(label);
    const group = byName.get(wanted);
    if (wanted === '') continue;
    if (group === undefined) {
      if (!unknown.has(wanted)) unknown.set(wanted, { label, suggestions: nearNames(wanted, namedForms(groups)) });
    } else if (!found.has(group)) {
      found.set(group, label);
    }
  }

  const ordered = [...seats].sort(byProtocol);
  const resolved = [...found].map(([group, label]) => {
    const members = ordered.filter((seat) => seat.groupIds.includes(group.id));
    const people = new Set(members.flatMap(({ holder }) => holder?.personId ?? []));
    const vacantPosts = members
      .filter(({ holder }) => holder === null)
      .map((seat) => `${seat.unitName} ${seat.postTitle}`);
    return { label, groupId: group.id, groupName: group.name, people: people.size, vacantPosts };
  });
  const entries = onePerPerson(ordered, resolved);
  return { entries, groups: resolved, unknown: [...unknown.values()], people: entries.length };
}

/** Somebody who holds several posts in scope receives in the highest of them. */
function onePerPerson(ordered: readonly Seat[], groups: ResolvedScope['groups']): ScopeEntry[] {
  const inScope = new Set(groups.map(({ groupId }) => groupId));
  const groupsOf = new Map<string, Set<string>>();
  const highest = new Map<string, Omit<ScopeEntry, 'groups'>>();
  for (const { holder, groupIds, ...seat } of ordered) {
    const reached = groupIds.filter((id) => inScope.has(id));
    if (holder === null || reached.length === 0) continue;
    const { personId, name, acting } = holder;
    const { postId, postTitle, unitName, unitKind, protocolOrder, liaison } = seat;
    groupsOf.set(personId, new Set([...(groupsOf.get(personId) ?? []), ...reached]));
    if (!highest.has(personId)) {
      highest.set(personId, { personId, name, postId, postTitle, unitName, unitKind, protocolOrder, acting, liaison });
    }
  }
  return [...highest.values()].map((entry) => ({
    ...entry,
    groups: groups
      .filter(({ groupId }) => groupsOf.get(entry.personId)?.has(groupId))
      .map(({ groupName }) => groupName),
  }));
}

/** Ties are broken by id, so that two runs over the same data give the same order. */
function byProtocol(a: Seat, b: Seat): number {
  return a.protocolOrder - b.protocolOrder || (a.postId < b.postId ? -1 : 1);
}

/** A name wins over an alias, and the earlier group over the later one. */
function groupsByName(groups: readonly ScopeGroup[]): Map<string, ScopeGroup> {
  const forms = [
    ...groups.map((group) => [group.name, group] as const),
    ...groups.flatMap((group) => group.aliases.map((alias) => [alias, group] as const)),
  ];
  return new Map(forms.reverse().map(([form, group]) => [normaliseGroupName(form), group]));
}

function namedForms(groups: readonly ScopeGroup[]): { name: string; forms: string[] }[] {
  return groups.map(({ name, aliases }) => ({ name, forms: [name, ...aliases].map(normaliseGroupName) }));
}

/** Group names are compared without white space and punctuation, so that （镇） and (镇) are one name. */
export function normaliseGroupName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\s\p{P}\p{Z}\p{Cf}]/gu, '')
    .toLowerCase();
}

const label = /(?:本期)?(?:发送范围|主送|主报|抄送|抄报|分送|分发|发送|印发|报送|呈报|呈送|报|送|发|呈)[：:]/u;
const leadingLabel = new RegExp(`^${label.source}`, 'u');
const innerLabel = new RegExp(`\\s+(?=${label.source})`, 'gu');
/** 存档（2） and 共印85份 stand in the same place but are nobody. */
const nobody = /（\s*共印[^（）]*）|共印\s*\d+\s*份|存档(?:（[^（）]*）)?/gu;

/**
 * The labels of a scope as printed at the foot of an issue. Splits at ， ； , ; 。 and line ends outside brackets, never at
 * 、 (县人大常委会主任、副主任 is one group); drops 本期发：, 报：, 主送： and the like. Half-width brackets become full-width.
 */
export function splitScopeText(text: string): string[] {
  const fullWidth = text.replaceAll('(', '（').replaceAll(')', '）').replace(nobody, '').replace(innerLabel, '\n');
  const labels = splitOutsideBrackets(fullWidth)
    .map((part) => part.trim().replace(leadingLabel, '').trim())
    .filter((part) => part !== '');
  return [...new Set(labels)];
}

function splitOutsideBrackets(text: string): string[] {
  const balanced = text.split('（').length === text.split('）').length;
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    // A bracket that is never closed must not swallow the rest of the scope.
    if (balanced && character === '（') depth += 1;
    if (character === '）') depth = Math.max(depth - 1, 0);
    if (depth === 0 && /[，；,;。\r\n]/u.test(character)) parts.push('');
    else parts.push((parts.pop() ?? '') + character);
  }
  return parts;
}
