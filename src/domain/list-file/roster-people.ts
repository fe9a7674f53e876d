import { type AddressOwner, addressKinds, type RosterEntry, type StoredSeat } from './roster-state.js';
import { isSame } from '../text/same-text.js';

/** Who a row's name is. */
export interface EntryPerson {
  personId: string;
  /** Not in the list before. */
  isNew: boolean;
  /** The post this person leaves for this one; null when none. */
  cameFrom: StoredSeat | null;
}

/**
 * The person of each row that names one: whoever holds the post under that name, else whoever has one of the addresses
 * under that name, else somebody new. Several rows of one new person are one person.
 */
export class RosterPeople {
  private readonly ids: (string | null)[];
  private readonly firstRows = new Set<number>();
  private readonly made = new Map<string, string>();

  constructor(
    rows: number,
    private readonly newId: () => string,
  ) {
    this.ids = Array.from({ length: rows }, () => null);
  }

  /** Null: the row names nobody. */
  idOf(index: number): string | null {
    return this.ids[index] ?? null;
  }

  /** The row with which somebody new comes into the list. */
  isNew(index: number): boolean {
    return this.firstRows.has(index);
  }

  /** Whoever holds the row's post stays. */
  keep(index: number, personId: string): void {
    this.ids[index] = personId;
  }

  /** Rows have to come in order. */
  find(index: number, entry: RosterEntry, owners: ReadonlyMap<string, AddressOwner>): void {
    const hashes = addressKinds.flatMap((kind) => entry.addresses[kind]?.hash ?? []);
    const known = hashes
      .map((hash) => owners.get(hash))
      .find((owner) => owner && entry.name !== null && isSame(owner.name, entry.name));
    // A file gives an address to one person only: the first tells them apart. Without any, the row stands for the person.
    const personId = known?.personId ?? this.made.get(hashes[0] ?? '');
    this.ids[index] = personId ?? this.newcomer(index, hashes[0]);
  }

  private newcomer(index: number, hash: string | undefined): string {
    const personId = this.newId();
    this.firstRows.add(index);
    if (hash !== undefined) this.made.set(hash, personId);
    return personId;
  }
}
