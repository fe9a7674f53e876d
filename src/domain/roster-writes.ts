import type { AddressKind } from './roster-state.js';

/** What an import writes, table by table; days are civil dates. */
export interface RosterWrites {
  newUnits: { id: string; name: string; sortOrder: number; kind: string; openedOn: string | null }[];
  /** Kind of a known unit; a closed one is opened again. */
  changedUnits: { id: string; kind: string }[];
  newGroups: { id: string; name: string }[];
  newPosts: (PostWrite & { openedOn: string | null })[];
  changedPosts: PostWrite[];
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
  /** Addresses taken away, from whoever has them now. */
  removedContacts: { personId: string; kind: AddressKind }[];
  newContacts: { personId: string; kind: AddressKind; value: string; hash: string; masked: string }[];
  endedMemberships: { postId: string; groupId: string }[];
  newMemberships: { postId: string; groupId: string }[];
}

export interface PostWrite {
  id: string;
  unitId: string;
  title: string;
  seat: number;
  kind: string;
  order: number;
  liaison: string | null;
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
    closedPosts: [],
    newPeople: [],
    endedTenures: [],
    newTenures: [],
    changedTenures: [],
    removedContacts: [],
    newContacts: [],
    endedMemberships: [],
    newMemberships: [],
  };
}

export const countWrites = (writes: RosterWrites): number =>
  (Object.values(writes) as (readonly unknown[])[]).reduce((sum, rows) => sum + rows.length, 0);
