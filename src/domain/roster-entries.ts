import type { RosterOptions } from './roster-options.js';
import type { RosterEntries, StoredList } from './roster-state.js';
import { normaliseGroupName } from './scope-names.js';

/**
 * Rows as they are compared: groups under the names they have now, and numbers. Without a column of numbers an addition
 * stands behind what there is; a whole list counts its lines.
 *
 * @param lastOrder the highest number in the list
 */
export function comparedEntries(
  given: RosterEntries,
  groups: StoredList['groups'],
  lastOrder: number,
  { columns, mode }: RosterOptions,
): RosterEntries {
  const named = currentNames(groups);
  const before = columns.has('order') || mode === 'whole' ? 0 : lastOrder;
  return {
    length: given.length,
    row: (index) => given.row(index),
    entry(index) {
      const entry = given.entry(index);
      return { ...entry, order: before + entry.order, groups: named(entry.groups) };
    },
  };
}

/** A file may still say what a group was called before, or another of its names. */
function currentNames(groups: StoredList['groups']): (names: readonly string[]) => string[] {
  const aliases = new Map(
    groups.flatMap(({ name, aliases: others = [] }) =>
      others.map((alias) => [normaliseGroupName(alias), name] as const),
    ),
  );
  const own = new Set(groups.map(({ name }) => name));
  const named = (group: string): string => (own.has(group) ? group : (aliases.get(normaliseGroupName(group)) ?? group));
  return (names) => (aliases.size === 0 ? [...names] : [...new Set(names.map(named))]);
}
