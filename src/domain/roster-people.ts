import { isHolder, type RosterMatch } from './roster-match.js';
import {
  type AddressOwner,
  addressKinds,
  type RosterEntry,
  type RosterState,
  type StoredSeat,
} from './roster-state.js';

/** Who a row's name is. */
export interface EntryPerson {
  personId: string;
  /** Not in the list before. */
  isNew: boolean;
  /** The post this person leaves for this one; null when none. */
  cameFrom: StoredSeat | null;
}

/**
 * Finds the person of each row that names one: whoever holds the post under that name, else whoever has one of the
 * addresses under that name, else somebody new. Several rows of one new person are one person.
 */
export function entryPeople(
  { pairs }: RosterMatch,
  state: RosterState,
  newId: () => string,
): Map<RosterEntry, EntryPerson> {
  const holderOf = new Map<string, RosterEntry>();
  for (const { entry, seat } of pairs) if (seat && isHolder(entry, seat)) holderOf.set(seat.postId, entry);
  const seatsOf = new Map<string, StoredSeat[]>();
  for (const seat of state.seats)
    if (seat.holder) seatsOf.set(seat.holder.personId, [...(seatsOf.get(seat.holder.personId) ?? []), seat]);

  const made = new Map<string, string>();
  const people = new Map<RosterEntry, EntryPerson>();
  for (const { entry, seat } of pairs) {
    if (entry.name === null) continue;
    if (seat && isHolder(entry, seat)) {
      people.set(entry, { personId: seat.holder!.personId, isNew: false, cameFrom: null });
      continue;
    }
    const known = knownPerson(entry, state.owners);
    if (known) {
      const left = (seatsOf.get(known.personId) ?? []).find((other) => !holderOf.has(other.postId));
      people.set(entry, { personId: known.personId, isNew: false, cameFrom: left ?? null });
      continue;
    }
    const key = newcomerKey(entry);
    const personId = made.get(key) ?? newId();
    people.set(entry, { personId, isNew: !made.has(key), cameFrom: null });
    made.set(key, personId);
  }
  return people;
}

function knownPerson(entry: RosterEntry, owners: ReadonlyMap<string, AddressOwner>): AddressOwner | null {
  for (const kind of addressKinds) {
    const owner = owners.get(entry.addresses[kind]?.hash ?? '');
    if (owner?.name === entry.name) return owner;
  }
  return null;
}

/** Without an address nobody can be known to be the same: the row itself stands for the person. */
function newcomerKey(entry: RosterEntry): string {
  const hashes = addressKinds.map((kind) => entry.addresses[kind]?.hash ?? '');
  return JSON.stringify([entry.name, ...(hashes.join('') === '' ? [entry.row] : hashes)]);
}
