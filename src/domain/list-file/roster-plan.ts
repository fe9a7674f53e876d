import { type ChangeKind, changeKinds } from './roster-diff.js';
import { RosterComparison, type RosterPart } from './roster-comparison.js';
import type { RosterOptions } from './roster-options.js';
import { outlineRoster, type Reached } from './roster-outline.js';
import type { RosterFault } from './roster-row.js';
import type { RosterEntries, StoredList } from './roster-state.js';

export interface RosterCounts {
  /** Rows of the file. */
  rows: number;
  counts: Readonly<Record<ChangeKind, number>>;
  unchanged: number;
  /** Posts in the list before. */
  before: number;
}

/** More than a fifth of the list ending at once is rarely meant. */
export const endsTooMany = (plan: Pick<RosterCounts, 'counts' | 'before'>): boolean =>
  plan.before >= 5 && plan.counts.ended * 5 > plan.before;

/**
 * What a file changes in the list, and the writes that do it: the dry run shows the one, applying does the other.
 *
 * @param keep gets the plan part by part, in protocol order, then what ends; useless once there are faults
 * @param reached hears how many rows' worth of the work is done
 */
export async function planRoster(
  list: StoredList,
  given: RosterEntries,
  options: RosterOptions,
  newId: () => string,
  keep: (part: RosterPart) => Promise<void>,
  reached: Reached,
): Promise<{ ok: true; plan: RosterCounts } | { ok: false; faults: RosterFault[] }> {
  const counts = Object.fromEntries(changeKinds.map((kind) => [kind, 0])) as Record<ChangeKind, number>;
  const outline = await outlineRoster(list, given, options, newId, reached);
  const comparison = new RosterComparison(outline, options, newId);
  for await (const part of comparison.parts()) {
    await reached((given.length + comparison.compared) / 2);
    if (comparison.faults.length > 0) continue;
    for (const { kind } of part.changes) counts[kind] += 1;
    await keep(part);
  }
  const { faults, unchanged } = comparison;
  if (faults.length > 0) return { ok: false, faults: faults.sort((a, b) => a.row - b.row) };
  return { ok: true, plan: { rows: given.length, counts, unchanged, before: outline.index.before } };
}
