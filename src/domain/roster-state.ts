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
  level: string;
  tags: readonly string[];
  groups: readonly string[];
  holder: SeatHolder | null;
  /** First day of a later holder, if one is already appointed. */
  nextStartsOn: string | null;
}

/** A tenure of an open post besides that of its holder, not over on that day: a planned successor, or one who acts beside him. */
export interface OtherTenure {
  tenureId: string;
  postId: string;
  name: string;
  startsOn: string;
}

/** A liaison officer, of a unit or of one post, who serves on that day or is appointed for a later one. */
export interface StoredOfficer {
  id: string;
  unitId: string | null;
  postId: string | null;
  personId: string;
  name: string;
  mobile: KnownAddress | null;
  startsOn: string;
}

export interface Namesake {
  personId: string;
  name: string;
  /** 县水利局 局长; null when he is in the list for nothing. */
  holds: string | null;
}

export interface RosterState {
  seats: readonly StoredSeat[];
  /** Closed posts of units, to be opened again rather than doubled. */
  closed: readonly { postId: string; unit: string; title: string; seat: number }[];
  units: readonly { id: string; name: string; kind: string; closed: boolean }[];
  groups: readonly { id: string; name: string; aliases?: readonly string[] }[];
  others: readonly OtherTenure[];
  officers: readonly StoredOfficer[];
  /** Everybody who is called as the file calls a liaison officer. */
  namesakes: readonly Namesake[];
  /** Whose the file's addresses are, by hash. */
  owners: ReadonlyMap<string, AddressOwner>;
}

export interface AddressOwner {
  personId: string;
  kind: AddressKind;
  name: string;
  /** What the owner is in the list for now, e.g. 县委 书记 or 联络员; null when for nothing. */
  holds: string | null;
}

/** A row of the file with its addresses as hashes. */
export interface RosterEntry extends Omit<RosterRow, 'officers'> {
  addresses: Addresses;
  officers: readonly EntryOfficer[];
}

export interface EntryOfficer {
  name: string | null;
  mobile: (KnownAddress & { value: string }) | null;
}
