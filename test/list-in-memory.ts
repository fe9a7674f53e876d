import type { PostChange } from '../src/domain/list-file/roster-diff.js';
import { rosterColumns, type RosterColumn } from '../src/domain/list-file/roster-header.js';
import type { RosterMode, RosterOptions } from '../src/domain/list-file/roster-options.js';
import { planRoster } from '../src/domain/list-file/roster-plan.js';
import type { RosterFault } from '../src/domain/list-file/roster-row.js';
import type {
  Addresses,
  AddressOwner,
  ClosedPost,
  Namesake,
  RosterEntry,
  StoredList,
  StoredSeat,
} from '../src/domain/list-file/roster-state.js';
import { noWrites, type RosterWrites } from '../src/domain/list-file/roster-writes.js';

/** A list for tests of rules, all of it at hand. */
export interface ListInMemory extends Pick<StoredList, 'units' | 'groups' | 'others' | 'officers'> {
  seats: readonly StoredSeat[];
  closed: readonly ClosedPost[];
  namesakes: readonly Namesake[];
  owners: ReadonlyMap<string, AddressOwner>;
}

function asStored({ seats, closed, namesakes, owners, ...rest }: ListInMemory): StoredList {
  const byOrder = [...seats].sort((a, b) => a.order - b.order);
  const within = <T>(items: readonly T[], wanted: readonly string[], key: (item: T) => string | undefined): T[] => {
    const keys = new Set(wanted);
    return items.filter((item) => keys.has(key(item) ?? '—'));
  };
  return {
    ...rest,
    async *marks() {
      for (const { holder, ...seat } of byOrder)
        yield await Promise.resolve({ ...seat, personId: holder?.personId ?? null, name: holder?.name ?? null });
    },
    seats: (ids) => Promise.resolve(within(byOrder, ids, ({ postId }) => postId)),
    heldBy: (ids) => Promise.resolve(within(byOrder, ids, ({ holder }) => holder?.personId)),
    owners: (hashes) => Promise.resolve(new Map(within([...owners], hashes, ([hash]) => hash))),
    closed: (posts) =>
      Promise.resolve(closed.filter((post) => posts.some((p) => p.unit === post.unit && p.title === post.title))),
    namesakes: (names) => Promise.resolve(within(namesakes, names, ({ name }) => name)),
  };
}

interface WholePlan {
  /** How much of the list each part was compared with. */
  parts: { seats: number }[];
  changes: PostChange[];
  counts: Readonly<Record<string, number>>;
  unchanged: number;
  writes: RosterWrites;
  /** What was said to be done, row by row. */
  reached: number[];
}

/** The plan of a short file, its parts put together. */
export async function planned(
  list: ListInMemory,
  entries: readonly RosterEntry[],
  options: RosterOptions,
): Promise<{ ok: true; plan: WholePlan } | { ok: false; faults: RosterFault[] }> {
  let next = 0;
  const [changes, writes, parts]: [PostChange[], RosterWrites, WholePlan['parts']] = [[], noWrites(), []];
  const reached: number[] = [];
  const given = {
    length: entries.length,
    row: (at: number) => ({
      ...entries[at]!,
      officers: entries[at]!.officers.map(({ name, mobile }) => ({ name, mobile: mobile?.value ?? null })),
    }),
    entry: (at: number) => entries[at]!,
  };
  const result = await planRoster(
    asStored(list),
    given,
    options,
    () => `new${(next += 1)}`,
    (part) => {
      changes.push(...part.changes);
      parts.push({ seats: part.state.seats.length });
      for (const key of Object.keys(writes) as (keyof RosterWrites)[])
        (writes[key] as unknown[]).push(...part.writes[key]);
      return Promise.resolve();
    },
    (rows) => {
      reached.push(rows);
      return Promise.resolve();
    },
  );
  return result.ok ? { ok: true, plan: { ...result.plan, changes, writes, parts, reached } } : result;
}

export const day = '2026-11-25';
export const address = (mobile: string | null): Addresses => ({
  sms: mobile === null ? null : { hash: `h${mobile}`, masked: `${mobile.slice(0, 3)}****` },
  email: null,
  wecom: null,
});

export function seat(order: number, title: string, name: string | null, more: Partial<StoredSeat> = {}): StoredSeat {
  const mobile = `154${order}`;
  const holder = {
    tenureId: `t${order}`,
    personId: `p${order}`,
    name: name ?? '',
    acting: false,
    startsOn: '2025-01-01',
  };
  return {
    postId: `post${order}`,
    unitId: 'u1',
    unit: '县政府',
    unitKind: 'government',
    title,
    seat: 1,
    kind: 'leader',
    order,
    level: 'principal',
    tags: [],
    groups: ['副县长'],
    holder: name === null ? null : { ...holder, addresses: address(mobile) },
    nextStartsOn: null,
    ...more,
  };
}

export function entryOf(from: StoredSeat, more: Partial<RosterEntry> = {}): RosterEntry {
  const mobile = from.holder?.addresses.sms?.hash.slice(1) ?? null;
  return {
    order: from.order,
    groups: [...from.groups],
    unit: from.unit,
    post: from.title,
    name: from.holder?.name ?? null,
    mobile,
    email: null,
    wecom: null,
    kind: 'leader',
    officers: [],
    unitKind: null,
    level: null,
    tags: [],
    acting: false,
    startsOn: null,
    row: from.order + 1,
    addresses: address(mobile),
    ...more,
  };
}

export const stateOf = (seats: readonly StoredSeat[]): ListInMemory => ({
  seats,
  closed: [],
  units: [{ id: 'u1', name: '县政府', kind: 'government', closed: false }],
  groups: [{ id: 'g1', name: '副县长' }],
  others: [],
  officers: [],
  namesakes: [],
  owners: new Map(
    seats.flatMap(({ holder, unit, title }) =>
      holder?.addresses.sms
        ? [
            [
              holder.addresses.sms.hash,
              { kind: 'sms' as const, personId: holder.personId, name: holder.name, holds: `${unit} ${title} ` },
            ],
          ]
        : [],
    ),
  ),
});

export async function plan(
  list: ListInMemory,
  entries: RosterEntry[],
  mode: RosterMode = 'whole',
  columns: readonly RosterColumn[] = rosterColumns,
) {
  const result = await planned(list, entries, { columns: new Set(columns), mode, day });
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.plan;
}

export const told = (changes: Awaited<ReturnType<typeof plan>>['changes']) =>
  changes.map(({ kind, post, name, fields }) => [kind, post, name, ...fields.map(({ field }) => field)]);
