import type { RosterIndex } from './indexed-roster.js';
import type { OfficerRow } from './roster-officer-choice.js';
import type { OfficerRows } from './roster-officers.js';
import type { RosterPeople } from './roster-people.js';
import type { RosterEntries, StoredList } from './roster-state.js';

/**
 * The rows of every unit that has liaison officers or for which the file names some, and whom it may mean. The rest of a
 * long file is passed over.
 *
 * @param unitsLeft names of units of which posts stay that are not in the file
 */
export async function officerRows(
  list: StoredList,
  entries: RosterEntries,
  index: RosterIndex,
  people: RosterPeople,
  unitsLeft: ReadonlySet<string>,
): Promise<OfficerRows> {
  const units = unitsServed(list, entries, index);
  const rows: OfficerRow[] = [];
  for (const at of units.size > 0 ? indexes(entries) : []) {
    const { unit } = entries.row(at);
    if (!units.has(unit)) continue;
    const { row, kind, officers } = entries.entry(at);
    const seat = index.seatOf(at);
    rows.push({ row, unit, kind: seat?.kind ?? kind, postId: seat?.postId ?? null, officers });
  }
  const named = rows.flatMap(({ officers }) => officers);
  const names = new Set(named.flatMap(({ name }) => name ?? []));
  const numbers = new Map(named.flatMap(({ mobile }) => (mobile ? [[mobile.value, mobile.hash] as const] : [])));
  const known = {
    namesakes: await list.namesakes([...names]),
    owners: await list.owners([...numbers.values()]),
    inFile: named.length > 0 ? peopleInFile(entries, people, names, numbers) : [],
  };
  return { rows, known, unitsLeft };
}

/** By their names. */
function unitsServed(list: StoredList, entries: RosterEntries, index: RosterIndex): ReadonlySet<string> {
  const posts = new Set(list.officers.flatMap(({ postId }) => postId ?? []));
  const ids = new Set(list.officers.flatMap(({ unitId }) => unitId ?? []));
  const units = new Set([
    ...index.unitsOf(posts),
    ...list.units.filter(({ id }) => ids.has(id)).map(({ name }) => name),
  ]);
  for (const at of indexes(entries)) {
    const { unit, officers } = entries.row(at);
    if (officers.length > 0) units.add(unit);
  }
  return units;
}

/** Those who bear one of the names, or have one of the numbers. */
function peopleInFile(
  entries: RosterEntries,
  people: RosterPeople,
  names: ReadonlySet<string>,
  numbers: ReadonlyMap<string, string>,
): OfficerRows['known']['inFile'] {
  const found: OfficerRows['known']['inFile'][number][] = [];
  for (const at of indexes(entries)) {
    const { name, mobile, unit, post } = entries.row(at);
    const personId = people.idOf(at);
    if (name === null || personId === null || (!names.has(name) && !numbers.has(mobile ?? ''))) continue;
    found.push({ personId, name, holds: `${unit} ${post}`, hash: numbers.get(mobile ?? '') ?? null });
  }
  return found;
}

function* indexes({ length }: RosterEntries): Iterable<number> {
  for (let at = 0; at < length; at += 1) yield at;
}
