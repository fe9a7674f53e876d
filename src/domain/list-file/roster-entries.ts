import type { RosterOptions } from './roster-options.js';
import type { RosterRow } from './roster-row.js';
import type { RosterEntries, StoredList } from './roster-state.js';
import { Spellings } from '../text/same-text.js';
import { normaliseGroupName } from '../scope/scope-names.js';

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
  spelling: ListSpelling,
): RosterEntries {
  const named = currentNames(groups);
  const before = columns.has('order') || mode === 'whole' ? 0 : lastOrder;
  return {
    length: given.length,
    row: (index) => spelling.of(given.row(index)),
    entry(index) {
      const entry = spelling.of(given.entry(index));
      return { ...entry, order: before + entry.order, groups: named(entry.groups) };
    },
  };
}

/** Units and posts of a file as the list spells them; new ones as the file does where they first come. */
export class ListSpelling {
  private readonly units: Spellings;
  private readonly titles = new Map<string, Spellings>();

  constructor(units: readonly string[]) {
    this.units = new Spellings(units);
  }

  addTitle(unit: string, title: string): string {
    const titles = this.titles.get(unit) ?? new Spellings();
    this.titles.set(unit, titles);
    return titles.of(title);
  }

  of<T extends Pick<RosterRow, 'unit' | 'post'>>(row: T): T {
    const unit = this.units.of(row.unit);
    const post = this.addTitle(unit, row.post);
    return unit === row.unit && post === row.post ? row : { ...row, unit, post };
  }
}

/** A file may still say what a group was called before, or another of its names. */
function currentNames(groups: StoredList['groups']): (names: readonly string[]) => string[] {
  const aliases = new Map(
    groups.flatMap(({ name, aliases: others = [] }) =>
      others.map((alias) => [normaliseGroupName(alias), name] as const),
    ),
  );
  const own = new Spellings(groups.map(({ name }) => name));
  const named = (group: string): string =>
    own.has(group) ? own.of(group) : (aliases.get(normaliseGroupName(group)) ?? own.of(group));
  return (names) => [...new Set(names.map(named))];
}
