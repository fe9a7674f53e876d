import { ScopeDirectory } from './scope-directory.js';
import type { ScopeIndex } from './indexed-names.js';
import { type LabelReading, readLabel, type UnknownName, without } from './scope-reading.js';
import { normaliseGroupName } from './scope-names.js';
import { byProtocol, type Seat } from './scope-seat.js';

/** 发送范围: the names at an issue's foot, and the people they stand for. */

export interface ScopeEntry {
  personId: string;
  name: string;
  /** Null for a voluntary subscriber. */
  postId: string | null;
  postTitle: string;
  unitName: string;
  unitKind: string;
  protocolOrder: number;
  acting: boolean;
  liaison: string | null;
  /** Names of all groups through which the person is in scope, in scope order. */
  groups: readonly string[];
  /** Absent for a post: a subscriber is told only where he asked to be. */
  subscription?: { id: string; channel: 'email' | 'sms' } | null;
}

/** One label, or several that mean the same group. */
export interface ResolvedLabel {
  label: string;
  /** Null when the label is no group as it stands. */
  groupId: string | null;
  /** The group's name; the label itself when it is no group as it stands. */
  groupName: string;
  people: number;
  vacantPosts: string[];
}

export interface ResolvedScope {
  /** In protocol order, one for each person. */
  entries: ScopeEntry[];
  /** In scope order, one for each group, however often or under whichever alias the scope names it. */
  groups: ResolvedLabel[];
  unknown: UnknownName[];
  people: number;
  /** What each label was taken for. */
  labels: LabelReading[];
}

/**
 * Resolves labels to people. A person under several labels is one entry, but counts under each.
 *
 * @param seats open posts with their holders, at least those of seatsAsked()
 */
export function resolveScope(labels: readonly string[], index: ScopeIndex, seats: readonly Seat[]): ResolvedScope {
  const ordered = [...seats].sort(byProtocol);
  const directory = new ScopeDirectory(index, ordered);
  const readings = labels
    .filter((label) => normaliseGroupName(label) !== '')
    .map((label) => readLabel(label, directory));

  const out = new Set(
    readings.flatMap(({ excludesFromAll, excluded }) =>
      excludesFromAll ? excluded.flatMap(({ seats }) => [...seats]) : [],
    ),
  );
  const parts = distinctParts(readings).map(({ reading, ...part }) => ({
    ...part,
    members: without(reading.seats, out),
  }));
  const unknown = new Map<string, UnknownName>();
  for (const name of readings.flatMap((reading) => reading.unknown)) {
    const key = normaliseGroupName(name.label);
    if (!unknown.has(key)) unknown.set(key, name);
  }
  const entries = onePerPerson(ordered, parts);
  return {
    entries,
    groups: parts.map(({ label, groupId, groupName, members }) => ({ label, groupId, groupName, ...count(members) })),
    unknown: [...unknown.values()],
    people: entries.length,
    labels: readings,
  };
}

interface Part {
  label: string;
  groupId: string | null;
  groupName: string;
}

/** What stands for somebody, each thing once. */
function distinctParts(readings: readonly LabelReading[]): (Part & { reading: LabelReading })[] {
  const parts = new Map<string, Part & { reading: LabelReading }>();
  for (const reading of readings) {
    if (reading.meanings.length === 0) continue;
    const group = asItStands(reading);
    const key = group?.id ?? normaliseGroupName(reading.label);
    const part = { label: reading.label, groupId: group?.id ?? null, groupName: group?.name ?? reading.label, reading };
    if (!parts.has(key)) parts.set(key, part);
  }
  return [...parts.values()];
}

/** The group that a label is, whole and nothing else. */
function asItStands({ meanings, excluded, seats }: LabelReading): { id: string; name: string } | null {
  const [only] = meanings;
  if (only?.kind !== 'group' || only.id === null || meanings.length > 1 || excluded.length > 0) return null;
  return seats.size === only.seats.size ? { id: only.id, name: only.name } : null;
}

function count(members: ReadonlySet<Seat>): { people: number; vacantPosts: string[] } {
  const people = new Set<string>();
  const vacant: Seat[] = [];
  for (const seat of members) {
    if (seat.holder) people.add(seat.holder.personId);
    else vacant.push(seat);
  }
  const vacantPosts = vacant.sort(byProtocol).map((seat) => `${seat.unitName} ${seat.postTitle}`);
  return { people: people.size, vacantPosts };
}

/** Somebody who holds several posts in scope receives in the highest of them. */
function onePerPerson(
  ordered: readonly Seat[],
  parts: readonly { groupName: string; members: ReadonlySet<Seat> }[],
): ScopeEntry[] {
  const shared = sharedLists();
  const entries = new Map<string, ScopeEntry>();
  for (const seat of ordered) {
    const { holder, postId, postTitle, unitName, unitKind, protocolOrder, liaison } = seat;
    if (holder === null) continue;
    const reached = parts.filter(({ members }) => members.has(seat)).map(({ groupName }) => groupName);
    if (reached.length === 0) continue;
    const { personId, name, acting } = holder;
    const known = entries.get(personId);
    if (known) known.groups = shared(inScopeOrder(parts, [...known.groups, ...reached]));
    else {
      const groups = shared(reached);
      entries.set(personId, {
        personId,
        name,
        postId,
        postTitle,
        unitName,
        unitKind,
        protocolOrder,
        acting,
        liaison,
        groups,
      });
    }
  }
  return [...entries.values()];
}

const inScopeOrder = (parts: readonly { groupName: string }[], names: readonly string[]): string[] =>
  parts.map(({ groupName }) => groupName).filter((name) => names.includes(name));

/** 100,000 people are in some dozens of combinations of groups: equal lists are one. */
function sharedLists(): (list: readonly string[]) => readonly string[] {
  const lists = new Map<string, readonly string[]>();
  return (list) => {
    const key = list.join('\0');
    const known = lists.get(key) ?? list;
    lists.set(key, known);
    return known;
  };
}
