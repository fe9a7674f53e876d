import type { RosterWrites } from '../../domain/list-file/roster-writes.js';

/** Keys of rows by table, made as they are read: a list of 50,000 touches 300,000 rows. */
export type TrailKeys = Readonly<Record<string, Iterable<string>>>;

/** Rows that an import may find already there. Memberships that end are looked up by the database. */
export function knownKeys(writes: RosterWrites, day: string): TrailKeys {
  const isNew = newcomers(writes);
  return {
    unit: ids(writes.changedUnits),
    post: ids(writes.changedPosts, writes.touchedPosts, writes.closedPosts),
    tenure: ids(writes.endedTenures, writes.changedTenures),
    liaison: ids(writes.endedLiaisons),
    contact: made(
      [...writes.removedContacts, ...writes.newContacts.filter(({ personId }) => !isNew.has(personId))],
      contactKey,
    ),
    group_member: made(
      writes.newMemberships.filter(({ postId }) => !isNew.has(postId)),
      (m) => memberKey(m, day),
    ),
  };
}

/** Rows that were not there before. */
export function newKeys(writes: RosterWrites, day: string): TrailKeys {
  const isNew = newcomers(writes);
  return {
    unit: ids(writes.newUnits),
    recipient_group: ids(writes.newGroups),
    post: ids(writes.newPosts),
    person: ids(writes.newPeople),
    tenure: ids(writes.newTenures),
    liaison: ids(writes.newLiaisons),
    contact: made(
      writes.newContacts.filter(({ personId }) => isNew.has(personId)),
      contactKey,
    ),
    group_member: made(
      writes.newMemberships.filter(({ postId }) => isNew.has(postId)),
      (m) => memberKey(m, day),
    ),
  };
}

const newcomers = ({ newPosts, newPeople }: RosterWrites): ReadonlySet<string> =>
  new Set([...newPosts, ...newPeople].map(({ id }) => id));

const contactKey = ({ personId, kind }: { personId: string; kind: string }): string => `${personId} ${kind}`;
const memberKey = ({ groupId, postId }: { groupId: string; postId: string }, day: string): string =>
  `${groupId} ${postId} ${day}`;

function* ids(...lists: readonly (readonly { id: string }[])[]): Iterable<string> {
  for (const list of lists) for (const { id } of list) yield id;
}

function* made<T>(rows: readonly T[], key: (row: T) => string): Iterable<string> {
  for (const row of rows) yield key(row);
}
