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

/** A closed post of a unit, to be opened again rather than doubled. */
export interface ClosedPost {
  postId: string;
  unit: string;
  title: string;
  seat: number;
}

/** What is kept of every open post while a file is compared with the list; the rest is asked for when its row comes. */
export type SeatMark = Pick<StoredSeat, 'postId' | 'seat' | 'order' | 'kind'> & {
  /** The holder. */
  personId: string | null;
  name: string | null;
};

/** The list as it stands on that day, asked piece by piece: a long one never stands in memory whole. */
export interface StoredList {
  readonly units: readonly { id: string; name: string; kind: string; closed: boolean }[];
  readonly groups: readonly { id: string; name: string; aliases?: readonly string[] }[];
  readonly others: readonly OtherTenure[];
  readonly officers: readonly StoredOfficer[];
  /** Every open post, in protocol order. */
  marks(): AsyncIterable<SeatMark & { unit: string; title: string }>;
  /** These open posts, in any order. */
  seats(postIds: readonly string[]): Promise<StoredSeat[]>;
  /** Open posts that these people hold, in protocol order. */
  heldBy(personIds: readonly string[]): Promise<StoredSeat[]>;
  /** Whose these addresses are, by hash. */
  owners(hashes: readonly string[]): Promise<ReadonlyMap<string, AddressOwner>>;
  /** Closed posts of these units with these titles. */
  closed(posts: readonly { unit: string; title: string }[]): Promise<ClosedPost[]>;
  /** Everybody who is called so. */
  namesakes(names: readonly string[]): Promise<Namesake[]>;
}

/** The part of the list that some rows of a file speak of. */
export interface RosterState extends Pick<StoredList, 'units' | 'officers'> {
  seats: readonly StoredSeat[];
  /** Whose the rows' addresses are, by hash. */
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

/** The rows of a file in protocol order, made anew whenever one is asked for: a long file never stands in memory whole. */
export interface RosterEntries {
  readonly length: number;
  row(index: number): RosterRow;
  entry(index: number): RosterEntry;
}

export interface EntryOfficer {
  name: string | null;
  mobile: (KnownAddress & { value: string }) | null;
}
