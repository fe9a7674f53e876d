import { fieldChanges, endedPost, keepingPlace, type PostChange, postChange, successor } from './roster-diff.js';
import { startFaults, takenAddresses } from './roster-faults.js';
import type { RosterColumn } from './roster-header.js';
import { isHolder } from './roster-match.js';
import type { RosterOutline } from './roster-outline.js';
import type { EntryPerson } from './roster-people.js';
import type { RosterOptions } from './roster-options.js';
import type { RosterFault } from './roster-row.js';
import {
  addressKinds,
  type AddressOwner,
  type OtherTenure,
  type RosterEntry,
  type RosterState,
  type SeatMark,
  type StoredOfficer,
  type StoredSeat,
} from './roster-state.js';
import { RosterWriter } from './roster-writer.js';
import type { RosterWrites } from './roster-writes.js';

/** Rows of the file, or posts that end, whose details are in memory together. */
const together = 1000;

interface Pair {
  entry: RosterEntry;
  seat: StoredSeat | null;
  person: EntryPerson | null;
  /** Its number changed only because others came in or went out before it. */
  keptPlace: boolean;
}

/** Some rows' worth of a plan. Parts are written in the order in which they come. */
export interface RosterPart {
  changes: PostChange[];
  writes: RosterWrites;
  /** What the writes were made against. */
  state: RosterState;
}

/** Compares a file with the list row by row; faults are complete when the parts are through. */
export class RosterComparison {
  readonly faults: RosterFault[];
  unchanged = 0;
  /** Rows that are through. */
  compared = 0;
  private readonly columns: ReadonlySet<RosterColumn>;
  private readonly writer: RosterWriter;
  private readonly keptPlaces: ReadonlySet<number>;
  private readonly keptPosts = new Set<string>();
  private readonly others: ReadonlyMap<string, OtherTenure[]>;
  private readonly officersOf: ReadonlyMap<string, StoredOfficer[]>;
  private part = emptyPart();

  constructor(
    private readonly outline: RosterOutline,
    options: RosterOptions,
    newId: () => string,
  ) {
    const { list, entries, index, officers } = outline;
    const { columns, mode, day } = options;
    this.columns = mode === 'whole' ? new Set([...columns, 'order' as const]) : columns;
    this.faults = [...officers.faults];
    this.writer = new RosterWriter(list, index, officers, { columns: this.columns, day }, newId);
    this.others = byPost(list.others);
    this.officersOf = byPost(list.officers);
    const known: { at: number; order: number }[] = [];
    for (let at = 0; at < entries.length; at += 1) {
      const seat = index.seatOf(at);
      if (seat) known.push({ at, order: seat.order });
      if (seat && index.keepsHolder(at)) this.keptPosts.add(seat.postId);
    }
    const kept = keepingPlace(known.map(({ order }) => order));
    this.keptPlaces = new Set(known.filter((_, place) => kept.has(place)).map(({ at }) => at));
  }

  /** Rows in the order of the file, then what ends. */
  async *parts(): AsyncIterable<RosterPart> {
    const { entries, gone } = this.outline;
    for (let from = 0; from < entries.length; from += together) {
      await this.compare(from, Math.min(from + together, entries.length));
      if (this.part.seats.length >= together || this.part.changes.length >= together) yield this.take();
    }
    for (let from = 0; from < gone.length; from += together) {
      await this.end(gone.slice(from, from + together));
      if (this.part.changes.length >= together) yield this.take();
    }
    yield this.take();
  }

  private take(): RosterPart {
    const { changes, seats, owners } = this.part;
    const { units, officers } = this.outline.list;
    this.part = emptyPart();
    return { changes, writes: this.writer.take(), state: { units, officers, seats, owners } };
  }

  private async compare(from: number, to: number): Promise<void> {
    const { giving, officers } = this.outline;
    const { pairs, owners } = await this.pairs(from, to);
    for (const { entry, seat, person, keptPlace } of pairs) {
      this.faults.push(...takenAddresses(entry, owners, giving), ...startFaults(entry, seat, this.columns));
      const fields = seat ? fieldChanges(entry, seat, this.columns, officers.texts.get(entry.row)) : [];
      if (seat && fields.length > 0 && !isHolder(entry, seat))
        fields.push(...(this.others.get(seat.postId) ?? []).map((tenure) => successor(tenure, '不变')));
      const number = this.writer.write(entry, seat, person, fields.length > 0);
      if (seat && fields.length === 0) this.unchanged += 1;
      else this.part.changes.push(postChange(entry, seat, number, person, fields, keptPlace));
    }
    this.compared = to;
  }

  /** Rows with their posts and people, and everything else of the list that they speak of, in a few questions. */
  private async pairs(from: number, to: number): Promise<{ pairs: Pair[]; owners: ReadonlyMap<string, AddressOwner> }> {
    const { list, entries, index, people } = this.outline;
    const rows = Array.from({ length: to - from }, (_, i) => ({ at: from + i, entry: entries.entry(from + i) }));
    const seats = await list.seats(rows.flatMap(({ at }) => index.seatOf(at)?.postId ?? []));
    const seatById = new Map(seats.map((seat) => [seat.postId, seat]));
    const coming = rows.flatMap(({ at }) => (index.keepsHolder(at) || people.isNew(at) ? [] : (people.idOf(at) ?? [])));
    const held = await list.heldBy(coming);
    const leaving = new Map<string, StoredSeat>();
    for (const seat of [...held].reverse())
      if (!this.keptPosts.has(seat.postId)) leaving.set(seat.holder!.personId, seat);
    const pairs = rows.map(({ at, entry }) => {
      const [personId, seat] = [people.idOf(at), seatById.get(index.seatOf(at)?.postId ?? '') ?? null];
      const cameFrom = (index.keepsHolder(at) ? undefined : leaving.get(personId ?? '')) ?? null;
      const person = personId === null ? null : { personId, isNew: people.isNew(at), cameFrom };
      return { entry, seat, person, keptPlace: this.keptPlaces.has(at) };
    });
    const owners = await list.owners(pairs.flatMap(foreignHashes));
    this.part.seats.push(...seats, ...held);
    for (const [hash, owner] of owners) this.part.owners.set(hash, owner);
    const newTitles = pairs
      .filter(({ seat }) => seat === null)
      .map(({ entry }) => ({ unit: entry.unit, title: entry.post }));
    this.writer.learn(owners, await list.closed(newTitles));
    return { pairs, owners };
  }

  private async end(gone: readonly SeatMark[]): Promise<void> {
    const seats = await this.outline.list.seats(gone.map(({ postId }) => postId));
    const seatById = new Map(seats.map((seat) => [seat.postId, seat]));
    for (const { postId } of gone) {
      const [seat, others, officers] = [seatById.get(postId)!, this.others.get(postId), this.officersOf.get(postId)];
      this.writer.end(seat, others ?? [], officers ?? []);
      this.part.changes.push(endedPost(seat, others ?? [], officers ?? []));
    }
  }
}

const emptyPart = () => ({
  changes: [] as PostChange[],
  seats: [] as StoredSeat[],
  owners: new Map<string, AddressOwner>(),
});

function byPost<T extends { postId: string | null }>(items: readonly T[]): Map<string, T[]> {
  const lists = new Map<string, T[]>();
  for (const item of items) if (item.postId !== null) lists.set(item.postId, [...(lists.get(item.postId) ?? []), item]);
  return lists;
}

/** Hashes of the addresses that somebody else may have: not those which the post's holder has already. */
function foreignHashes({ entry, seat }: Pair): string[] {
  const own = seat && isHolder(entry, seat) ? seat.holder!.addresses : null;
  return addressKinds.flatMap((kind) => {
    const hash = entry.addresses[kind]?.hash;
    return hash === undefined || hash === own?.[kind]?.hash ? [] : [hash];
  });
}
