import type { RosterRow } from './roster-row.js';

/** The list as it stands on the day from which an import is to count. */

export const addressKinds = ['sms', 'email', 'wecom'] as const;
export type AddressKind = (typeof addressKinds)[number];

/** An address as it may be compared and shown. */
export interface KnownAddress {
  hash: string;
  masked: string;
}
export type Addresses = Readonly<Record<AddressKind, KnownAddress | null>>;

export interface SeatHolder {
  tenureId: string;
  personId: string;
  name: string;
  acting: boolean;
  startsOn: string;
  addresses: Addresses;
}

/** A post open on that day. */
export interface StoredSeat {
  postId: string;
  unitId: string;
  unit: string;
  unitKind: string;
  title: string;
  /** 1..n among posts of one unit with one title (five 副主任 are five seats). */
  seat: number;
  kind: string;
  order: number;
  liaison: string | null;
  level: string;
  tags: readonly string[];
  groups: readonly string[];
  holder: SeatHolder | null;
  /** First day of a later holder, if one is already appointed. */
  nextStartsOn: string | null;
}

export interface RosterState {
  seats: readonly StoredSeat[];
  /** Closed posts of units, to be opened again rather than doubled. */
  closed: readonly { postId: string; unit: string; title: string; seat: number }[];
  units: readonly { id: string; name: string; kind: string; closed: boolean }[];
  groups: readonly { id: string; name: string; aliases?: readonly string[] }[];
  /** Whose the file's addresses are, by hash. */
  owners: ReadonlyMap<string, AddressOwner>;
}

export interface AddressOwner {
  personId: string;
  name: string;
  /** What the owner is in the list for now, e.g. 县委 书记 or 联络员; null when for nothing. */
  holds: string | null;
}

/** A row of the file with its addresses as hashes. */
export interface RosterEntry extends RosterRow {
  addresses: Addresses;
}
