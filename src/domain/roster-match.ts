import { addressKinds, type Addresses, type RosterEntry, type StoredSeat } from './roster-state.js';

export interface RosterMatch {
  /** One for each row of the file, in its order; null where the post is new. */
  pairs: { entry: RosterEntry; seat: StoredSeat | null }[];
  /** Posts that no row speaks of. */
  unmatched: StoredSeat[];
}

const postKey = (unit: string, title: string): string => JSON.stringify([unit, title]);

/**
 * Which row is which post. Among posts of one unit with one title the person decides, not the place: first name and address,
 * then the name, and only what is left is paired in protocol order. So reordering five 副主任 changes five orders, no holder.
 */
export function matchSeats(entries: readonly RosterEntry[], seats: readonly StoredSeat[]): RosterMatch {
  const open = new Map<string, StoredSeat[]>();
  for (const seat of [...seats].sort((a, b) => a.order - b.order || a.seat - b.seat)) {
    const key = postKey(seat.unit, seat.title);
    const bucket = open.get(key);
    if (bucket) bucket.push(seat);
    else open.set(key, [seat]);
  }
  const found = new Map<RosterEntry, StoredSeat>();
  const claim = (fits: (entry: RosterEntry, seat: StoredSeat) => boolean) => {
    for (const entry of entries) {
      const bucket = open.get(postKey(entry.unit, entry.post));
      if (!bucket?.length || found.has(entry)) continue;
      const at = bucket.findIndex((seat) => fits(entry, seat));
      if (at >= 0) found.set(entry, bucket.splice(at, 1)[0]!);
    }
  };
  claim((entry, seat) => isHolder(entry, seat) && sharesAddress(entry.addresses, seat.holder!.addresses));
  claim(isHolder);
  claim((entry, seat) => seat.holder === null && entry.name === null);
  claim((entry, seat) => seat.holder === null && entry.order === seat.order);
  claim(() => true);
  return {
    pairs: entries.map((entry) => ({ entry, seat: found.get(entry) ?? null })),
    unmatched: [...open.values()].flat().sort((a, b) => a.order - b.order),
  };
}

export const isHolder = (entry: RosterEntry, seat: StoredSeat): boolean =>
  entry.name !== null && seat.holder?.name === entry.name;

export const sharesAddress = (a: Addresses, b: Addresses): boolean =>
  addressKinds.some((kind) => a[kind] !== null && a[kind].hash === b[kind]?.hash);
