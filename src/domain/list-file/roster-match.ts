import { addressKinds, type Addresses, type RosterEntry, type StoredSeat } from './roster-state.js';
import { isSame } from '../text/same-text.js';

/** Names hold no line breaks: cells are read without them. */
export const postKey = (unit: string, title: string): string => `${unit}\n${title}`;
export const unitOf = (key: string): string => key.slice(0, key.indexOf('\n'));

/**
 * Which row is which post. Among posts of one unit with one title the person decides, not the place: first name and address,
 * then the name, and only what is left is paired in protocol order. So reordering five 副主任 changes five orders, no holder.
 *
 * @returns the post of each row; null where it is new
 */
export function matchSeats(entries: readonly RosterEntry[], seats: readonly StoredSeat[]): (StoredSeat | null)[] {
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
  return entries.map((entry) => found.get(entry) ?? null);
}

export const isHolder = (entry: RosterEntry, seat: StoredSeat): boolean =>
  entry.name !== null && seat.holder !== null && isSame(seat.holder.name, entry.name);

const sharesAddress = (a: Addresses, b: Addresses): boolean =>
  addressKinds.some((kind) => a[kind] !== null && a[kind].hash === b[kind]?.hash);
