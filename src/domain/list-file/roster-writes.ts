import type { AddressKind } from './roster-state.js';

/** What an import writes, table by table; days are civil dates. */
export interface RosterWrites {
  newUnits: { id: string; name: string; sortOrder: number; kind: string; openedOn: string | null }[];
  /** Kind of a known unit; a closed one is opened again. */
  changedUnits: { id: string; kind: string }[];
  newGroups: { id: string; name: string }[];
  newPosts: (PostWrite & { openedOn: string | null })[];
  changedPosts: PostWrite[];
  /** Posts whose holders change while nothing else does: a page that was opened before is refused. */
  touchedPosts: { id: string }[];
  closedPosts: { id: string; on: string }[];
  newPeople: { id: string; name: string }[];
  endedTenures: { id: string; on: string }[];
  newTenures: {
    id: string;
    postId: string;
    personId: string;
    startsOn: string;
    endsOn: string | null;
    acting: boolean;
  }[];
  changedTenures: { id: string; startsOn: string; acting: boolean }[];
  /** Addresses taken away, from whoever has them now; `hash` null: whatever it is. */
  removedContacts: { personId: string; kind: AddressKind; hash: string | null; on: string }[];
  /** `on` null: of somebody who is new, and nobody else's: at once. */
  newContacts: ContactWrite[];
  newLiaisons: {
    id: string;
    unitId: string | null;
    postId: string | null;
    personId: string;
    startsOn: string;
    endsOn: string | null;
  }[];
  endedLiaisons: { id: string; on: string }[];
  endedMemberships: { postId: string; groupId: string }[];
  newMemberships: { postId: string; groupId: string }[];
}

export interface ContactWrite {
  personId: string;
  kind: AddressKind;
  value: string;
  hash: string;
  masked: string;
  on: string | null;
}

export interface PostWrite {
  id: string;
  unitId: string;
  title: string;
  seat: number;
  kind: string;
  order: number;
  level: string;
  tags: string[];
}

export function noWrites(): RosterWrites {
  return {
    newUnits: [],
    changedUnits: [],
    newGroups: [],
    newPosts: [],
    changedPosts: [],
    touchedPosts: [],
    closedPosts: [],
    newPeople: [],
    endedTenures: [],
    newTenures: [],
    changedTenures: [],
    removedContacts: [],
    newContacts: [],
    newLiaisons: [],
    endedLiaisons: [],
    endedMemberships: [],
    newMemberships: [],
  };
}

export const countWrites = (writes: RosterWrites): number =>
  (Object.values(writes) as (readonly unknown[])[]).reduce((sum, rows) => sum + rows.length, 0);
