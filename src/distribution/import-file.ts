import { packLines, unpackLines } from '../platform/packed-lines.js';
import type { PostChange } from '../domain/roster-diff.js';
import type { RosterPlan } from '../domain/roster-plan.js';
import type { RosterFault } from '../domain/roster-row.js';
import type { Sheet } from '../platform/sheet/read-sheet.js';

/** The dry run: what is wrong, or what would change. */
export type ImportResult =
  | { ok: false; faults: RosterFault[] }
  | { ok: true; rows: number; changes: PostChange[]; counts: RosterPlan['counts']; unchanged: number; before: number };

const perLine = 500;

/** The tables of a file, packed: a line for each table, then lines of rows. */
export const packSheets = (sheets: readonly Sheet[]): Promise<Buffer> =>
  packLines(
    (function* () {
      for (const { rows, ...sheet } of sheets) {
        yield sheet;
        yield* parts(rows);
      }
    })(),
  );

export async function unpackSheets(packed: Uint8Array): Promise<Sheet[]> {
  const sheets: Sheet[] = [];
  for await (const line of unpackLines(packed)) {
    if (!Array.isArray(line)) sheets.push({ ...(line as Omit<Sheet, 'rows'>), rows: [] });
    else for (const row of line as string[][]) sheets.at(-1)!.rows.push(row);
  }
  return sheets;
}

/** A dry run, packed: a line for the figures, then lines of changes or faults. */
export const packResult = (result: ImportResult): Promise<Buffer> =>
  packLines(
    (function* () {
      if (result.ok) {
        const { changes, ...figures } = result;
        yield figures;
        yield* parts(changes);
      } else {
        yield { ok: false };
        yield* parts(result.faults);
      }
    })(),
  );

export async function unpackResult(packed: Uint8Array): Promise<ImportResult> {
  let result: ImportResult | null = null;
  for await (const line of unpackLines(packed)) {
    if (result === null) result = emptyResult(line as { ok: boolean });
    else if (result.ok) result.changes.push(...(line as PostChange[]));
    else result.faults.push(...(line as RosterFault[]));
  }
  if (result === null) throw new Error('an empty dry run');
  return result;
}

function emptyResult(figures: { ok: boolean }): ImportResult {
  if (!figures.ok) return { ok: false, faults: [] };
  return { ...(figures as Omit<Extract<ImportResult, { ok: true }>, 'changes'>), changes: [] };
}

function* parts<T>(rows: readonly T[]): Iterable<T[]> {
  for (let from = 0; from < rows.length; from += perLine) yield rows.slice(from, from + perLine);
}
