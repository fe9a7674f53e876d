import type {
  Addresses,
  AddressKind,
  AddressOwner,
  RosterState,
  SeatHolder,
  StoredList,
  StoredSeat,
} from './roster-state.js';
import type { ContactWrite, PostWrite, RosterWrites } from './roster-writes.js';

/** What a post has no dates for. */
export type PostMarks = Pick<PostWrite, 'kind' | 'order' | 'level' | 'tags'>;

/**
 * Part of an import that waits for its day, because the list keeps no dates for it. Each piece says what it was made against:
 * what somebody has changed since is left alone.
 */
export interface DueWrites {
  on: string;
  units: { id: string; kind: string; wasKind: string; wasClosed: boolean }[];
  /** `was` null: closed, to be opened again. */
  posts: (PostMarks & { id: string; was: PostMarks | null })[];
  tenures: { id: string; startsOn: string; acting: boolean; wasStartsOn: string; wasActing: boolean }[];
  removedContacts: { personId: string; kind: AddressKind; hash: string }[];
  newContacts: ContactWrite[];
}

export const countDue = ({ units, posts, tenures, removedContacts, newContacts }: DueWrites): number =>
  units.length + posts.length + tenures.length + Math.max(removedContacts.length, newContacts.length);

/** Parts for the same day are one. */
export function addDue(known: Map<string, DueWrites>, parts: readonly DueWrites[]): void {
  for (const part of parts) {
    const due = known.get(part.on);
    if (!due) known.set(part.on, part);
    else
      for (const key of ['units', 'posts', 'tenures', 'removedContacts', 'newContacts'] as const)
        (due[key] as unknown[]).push(...part[key]);
  }
}

/** What is written now, and what waits: nothing does in an import that counts from today. */
export function splitWrites(
  writes: RosterWrites,
  state: RosterState,
  { day, today }: { day: string; today: string },
): { now: RosterWrites; due: DueWrites[] } {
  const waits = ({ on }: { on: string | null }): boolean => on !== null && on > today;
  if (day <= today && !writes.newContacts.some(waits)) return { now: writes, due: [] };
  const due = new Map<string, DueWrites>();
  const at = (on: string): DueWrites => {
    const known = due.get(on) ?? { on, units: [], posts: [], tenures: [], removedContacts: [], newContacts: [] };
    due.set(on, known);
    return known;
  };
  const now: RosterWrites = {
    ...writes,
    removedContacts: writes.removedContacts.filter((contact) => !waits(contact)),
    newContacts: writes.newContacts.filter((contact) => !waits(contact)),
  };
  const hashes = addressesByPerson(state);
  for (const { personId, kind, on, hash: known } of writes.removedContacts.filter(waits)) {
    const hash = known ?? hashes.get(`${personId} ${kind}`);
    if (hash !== undefined) at(on).removedContacts.push({ personId, kind, hash });
  }
  for (const contact of writes.newContacts) if (waits(contact)) at(contact.on!).newContacts.push(contact);
  if (day > today) {
    Object.assign(now, { changedUnits: [], changedPosts: [], changedTenures: [] });
    now.touchedPosts = writes.changedPosts.map(({ id }) => ({ id }));
    undated(writes, state, at(day));
  }
  return { now, due: [...due.values()].filter((part) => countDue(part) > 0).sort((a, b) => (a.on < b.on ? -1 : 1)) };
}

function undated(writes: RosterWrites, state: RosterState, due: DueWrites): void {
  const units = new Map(state.units.map((unit) => [unit.id, unit]));
  const seats = new Map(state.seats.map((seat) => [seat.postId, seat]));
  const holders = new Map(state.seats.flatMap(({ holder }) => (holder ? [[holder.tenureId, holder] as const] : [])));
  for (const { id, kind } of writes.changedUnits) {
    const unit = units.get(id)!;
    due.units.push({ id, kind, wasKind: unit.kind, wasClosed: unit.closed });
  }
  for (const { id, ...post } of writes.changedPosts) {
    const seat = seats.get(id);
    const [marks, was] = [marksOf(post), seat ? marksOf(seat) : null];
    if (JSON.stringify(marks) !== JSON.stringify(was)) due.posts.push({ id, ...marks, was });
  }
  for (const { id, startsOn, acting } of writes.changedTenures) {
    const holder = holders.get(id)!;
    due.tenures.push({ id, startsOn, acting, wasStartsOn: holder.startsOn, wasActing: holder.acting });
  }
}

const marksOf = ({ kind, order, level, tags }: Omit<PostMarks, 'tags'> & { tags: readonly string[] }): PostMarks => ({
  kind,
  order,
  level,
  tags: [...tags],
});

function addressesByPerson({ seats, owners, officers }: RosterState): Map<string, string> {
  const hashes = new Map<string, string>();
  for (const { personId, mobile } of officers) if (mobile) hashes.set(`${personId} sms`, mobile.hash);
  for (const [hash, { personId, kind }] of owners) hashes.set(`${personId} ${kind}`, hash);
  for (const { holder } of seats)
    for (const [kind, address] of Object.entries(holder?.addresses ?? {}))
      if (address) hashes.set(`${holder!.personId} ${kind}`, address.hash);
  return hashes;
}

/** The list as it will be on a later day, with what waits for days up to then. */
export async function withDue(list: StoredList, due: readonly DueWrites[]): Promise<StoredList> {
  let then = list;
  for (const part of due) then = await withOneDue(then, part);
  return then;
}

async function withOneDue(list: StoredList, due: DueWrites): Promise<StoredList> {
  const posts = new Map(due.posts.map((post) => [post.id, marksOf(post)]));
  const kinds = new Map(due.units.map(({ id, kind }) => [id, kind]));
  const tenures = new Map(due.tenures.map(({ id, startsOn, acting }) => [id, { startsOn, acting }]));
  const removed = new Set(due.removedContacts.map(({ hash }) => hash));
  const changed = new Map<string, ContactWrite | null>();
  for (const { personId, kind } of due.removedContacts) changed.set(`${personId} ${kind}`, null);
  for (const contact of due.newContacts) changed.set(`${contact.personId} ${contact.kind}`, contact);

  const seatThen = (seat: StoredSeat): StoredSeat => ({
    ...seat,
    ...posts.get(seat.postId),
    unitKind: kinds.get(seat.unitId) ?? seat.unitKind,
    holder: seat.holder && {
      ...seat.holder,
      ...tenures.get(seat.holder.tenureId),
      addresses: addressesThen(seat.holder, changed),
    },
  });
  const heldBy = async (personIds: readonly string[]) =>
    (await list.heldBy(personIds)).map(seatThen).sort((a, b) => a.order - b.order);
  const come = newOwners(due.newContacts, await heldBy(due.newContacts.map(({ personId }) => personId)));
  return {
    ...list,
    units: list.units.map((unit) =>
      kinds.has(unit.id) ? { ...unit, kind: kinds.get(unit.id)!, closed: false } : unit,
    ),
    async *marks() {
      for await (const mark of list.marks()) {
        const { order, kind } = posts.get(mark.postId) ?? mark;
        yield { ...mark, order, kind };
      }
    },
    seats: async (postIds) => (await list.seats(postIds)).map(seatThen),
    heldBy,
    async owners(hashes) {
      const owners = new Map([...(await list.owners(hashes))].filter(([hash]) => !removed.has(hash)));
      for (const hash of hashes) if (come.has(hash)) owners.set(hash, come.get(hash)!);
      return owners;
    },
  };
}

const addressesThen = (
  { personId, addresses }: SeatHolder,
  changed: ReadonlyMap<string, ContactWrite | null>,
): Addresses =>
  Object.fromEntries(
    Object.entries(addresses).map(([kind, address]) => {
      const contact = changed.get(`${personId} ${kind}`);
      return [kind, contact === undefined ? address : contact && { hash: contact.hash, masked: contact.masked }];
    }),
  ) as Addresses;

function newOwners(contacts: readonly ContactWrite[], seats: readonly StoredSeat[]): Map<string, AddressOwner> {
  const holders = new Map<string, StoredSeat>();
  for (const seat of seats) if (!holders.has(seat.holder!.personId)) holders.set(seat.holder!.personId, seat);
  return new Map(
    contacts.flatMap(({ personId, kind, hash }) => {
      const seat = holders.get(personId);
      if (!seat) return [];
      return [[hash, { personId, kind, name: seat.holder!.name, holds: `${seat.unit} ${seat.title} ` }] as const];
    }),
  );
}
