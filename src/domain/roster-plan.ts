import {
  type ChangeKind,
  changeKinds,
  fieldChanges,
  keepingPlace,
  type PostChange,
  postText,
  successor,
} from './roster-diff.js';
import type { RosterColumn } from './roster-header.js';
import { isHolder, matchSeats } from './roster-match.js';
import { planOfficers } from './roster-officers.js';
import { type EntryPerson, entryPeople } from './roster-people.js';
import type { RosterFault } from './roster-row.js';
import { takenAddresses } from './roster-addresses.js';
import type { OtherTenure, RosterEntry, RosterState, StoredSeat } from './roster-state.js';
import { noWrites, type RosterWrites } from './roster-writes.js';
import { RosterWriter } from './roster-writer.js';
import { normaliseGroupName } from './scope-names.js';

/** `whole`: posts that are not in the file end. `addition`: nothing ends. */
export type RosterMode = 'whole' | 'addition';

export interface RosterOptions {
  columns: ReadonlySet<RosterColumn>;
  mode: RosterMode;
  /** Civil date from which it counts. */
  day: string;
}

export interface RosterPlan {
  changes: PostChange[];
  counts: Readonly<Record<ChangeKind, number>>;
  unchanged: number;
  /** Posts in the list before. */
  before: number;
  writes: RosterWrites;
}

/** More than a fifth of the list ending at once is rarely meant. */
export const endsTooMany = (plan: Pick<RosterPlan, 'counts' | 'before'>): boolean =>
  plan.before >= 5 && plan.counts.ended * 5 > plan.before;

/** A file may still say what a group was called before, or another of its names. */
function withGroupsAsNamed(given: readonly RosterEntry[], state: RosterState): RosterEntry[] {
  const names = new Map(
    state.groups.flatMap(({ name, aliases = [] }) =>
      aliases.map((alias) => [normaliseGroupName(alias), name] as const),
    ),
  );
  const own = new Set(state.groups.map(({ name }) => name));
  const named = (group: string): string => (own.has(group) ? group : (names.get(normaliseGroupName(group)) ?? group));
  if (names.size === 0) return [...given];
  return given.map((entry) => ({ ...entry, groups: [...new Set(entry.groups.map(named))] }));
}

/** What a file changes in the list, and the writes that do it: the dry run shows the one, applying does the other. */
export function planRoster(
  state: RosterState,
  given: readonly RosterEntry[],
  options: RosterOptions,
  newId: () => string,
): { ok: true; plan: RosterPlan } | { ok: false; faults: RosterFault[] } {
  const entries = numbered(withGroupsAsNamed(given, state), state, options);
  const columns = withOrder(options);
  const match = matchSeats(entries, state.seats);
  const people = entryPeople(match, state, newId);
  const gone = options.mode === 'whole' ? match.unmatched : [];
  const officers = planOfficers({ match, people, state, gone }, options, newId);
  const faults = [
    ...takenAddresses(match, people, state, gone),
    ...startFaults(match.pairs, options.columns),
    ...officers.faults,
  ];
  if (faults.length > 0) return { ok: false, faults: faults.sort((a, b) => a.row - b.row) };

  const writer = new RosterWriter(state, officers, { ...options, columns }, newId, noWrites());
  const changes: PostChange[] = [];
  let unchanged = 0;
  const kept = keptPlaces(match.pairs);
  const others = new Map<string, OtherTenure[]>();
  for (const tenure of state.others) others.set(tenure.postId, [...(others.get(tenure.postId) ?? []), tenure]);
  match.pairs.forEach(({ entry, seat }, index) => {
    const person = people.get(entry) ?? null;
    const fields = seat ? fieldChanges(entry, seat, columns, officers.texts.get(entry)) : [];
    if (seat && fields.length > 0 && !isHolder(entry, seat))
      fields.push(...(others.get(seat.postId) ?? []).map((tenure) => successor(tenure, '不变')));
    const number = writer.write(entry, seat, person, fields.length > 0);
    if (seat && fields.length === 0) unchanged += 1;
    else changes.push(postChange(entry, seat, number, person, fields, kept.has(index)));
  });
  writer.finish(gone);
  changes.push(...gone.map((seat) => endedPost(seat, state, others.get(seat.postId) ?? [])));
  const counts = Object.fromEntries(
    changeKinds.map((kind) => [kind, changes.filter((change) => change.kind === kind).length]),
  ) as Record<ChangeKind, number>;
  return { ok: true, plan: { changes, counts, unchanged, before: state.seats.length, writes: writer.writes } };
}

/** Without a column of numbers an addition stands behind what there is; a whole list counts its lines. */
function numbered(
  entries: readonly RosterEntry[],
  state: RosterState,
  { columns, mode }: RosterOptions,
): RosterEntry[] {
  if (columns.has('order') || mode === 'whole') return [...entries];
  const last = state.seats.reduce((most, { order }) => Math.max(most, order), 0);
  return entries.map((entry) => ({ ...entry, order: last + entry.order }));
}

const withOrder = ({ columns, mode }: RosterOptions): ReadonlySet<RosterColumn> =>
  mode === 'whole' ? new Set([...columns, 'order' as const]) : columns;

function keptPlaces(pairs: readonly { entry: RosterEntry; seat: StoredSeat | null }[]): Set<number> {
  const known = pairs.flatMap(({ seat }, index) => (seat ? [{ index, order: seat.order }] : []));
  const kept = keepingPlace(known.map(({ order }) => order));
  return new Set(known.filter((_, at) => kept.has(at)).map(({ index }) => index));
}

function postChange(
  entry: RosterEntry,
  seat: StoredSeat | null,
  number: number,
  person: EntryPerson | null,
  fields: PostChange['fields'],
  keptPlace: boolean,
): PostChange {
  const from = person?.cameFrom ?? null;
  const onlyNumber = keptPlace && fields.length === 1 && fields[0]!.field === '序号';
  const kind: ChangeKind = from ? 'moved' : seat === null ? 'added' : onlyNumber ? 'renumbered' : 'changed';
  return {
    kind,
    post: postText(entry.unit, entry.post, number),
    name: entry.name ?? '（空缺）',
    row: entry.row,
    cameFrom: from ? postText(from.unit, from.title, from.seat) : null,
    fields: keptPlace && !onlyNumber ? fields.filter(({ field }) => field !== '序号') : fields,
  };
}

/** Who was to come, and who serves the post alone, goes with it. */
function endedPost(seat: StoredSeat, state: RosterState, others: readonly OtherTenure[]): PostChange {
  const officers = state.officers.filter(({ postId }) => postId === seat.postId).map(({ name }) => name);
  return {
    kind: 'ended',
    post: postText(seat.unit, seat.title, seat.seat),
    name: seat.holder?.name ?? '（空缺）',
    row: null,
    cameFrom: null,
    fields: [
      ...others.map((tenure) => successor(tenure, '取消')),
      ...(officers.length > 0 ? [{ field: '联络员', from: officers.join('；'), to: '' }] : []),
    ],
  };
}

function startFaults(
  pairs: readonly { entry: RosterEntry; seat: StoredSeat | null }[],
  columns: ReadonlySet<RosterColumn>,
): RosterFault[] {
  if (!columns.has('startsOn')) return [];
  return pairs.flatMap(({ entry, seat }) => {
    const { startsOn } = entry;
    const holder = seat?.holder;
    if (startsOn === null || !holder) return [];
    const next = seat.nextStartsOn;
    const early = entry.name !== holder.name && startsOn <= holder.startsOn;
    const late = next !== null && startsOn >= next;
    if (!early && !late) return [];
    const message = early
      ? `任职日期不晚于现任${holder.name}的任职日期${holder.startsOn}，请改正，或先在岗位页面更正前任的任期。`
      : `任职日期不早于已排定的下一任的任职日期${next!}，请改正。`;
    return [{ row: entry.row, column: 'startsOn' as const, position: null, message }];
  });
}
