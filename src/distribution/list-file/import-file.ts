import type { ChangeKind, PostChange } from '../../domain/list-file/roster-diff.js';
import type { RosterCounts } from '../../domain/list-file/roster-plan.js';
import type { RosterFault } from '../../domain/list-file/roster-row.js';
import { LinePacker, packLines, unpackLines } from '../../platform/packed-lines.js';
import { PackedRows } from '../../platform/sheet/packed-rows.js';
import type { Sheet } from '../../platform/sheet/table-builder.js';

/** The dry run: what is wrong, or what would change. */
export type ImportResult =
  { ok: false; faults: RosterFault[] } | ({ ok: true; changes: PostChange[]; notes: readonly string[] } & RosterCounts);

/** Which changes of a dry run are asked for: the kinds, and of these so many from the so-manyth on. */
export interface ChangesAsked {
  kinds: readonly ChangeKind[];
  from: number;
  take: number;
}

const perLine = 500;

/** The tables of a file, packed: a line for each table, then lines of rows. */
export const packSheets = (sheets: readonly Sheet[]): Promise<Buffer> =>
  packLines(
    (function* () {
      for (const { rows, ...sheet } of sheets) {
        yield sheet;
        for (let from = 0; from < rows.length; from += perLine) yield rows.slice(from, from + perLine);
      }
    })(),
  );

/** What was packed before hidden parts were looked for. */
const allShown = { unread: [], hiddenRows: [], hiddenColumns: [], filtered: false };

export async function unpackSheets(packed: Uint8Array): Promise<Sheet[]> {
  const sheets: Sheet[] = [];
  for await (const line of unpackLines(packed)) {
    if (!Array.isArray(line)) sheets.push({ ...allShown, ...(line as Omit<Sheet, 'rows'>), rows: new PackedRows() });
    else for (const row of line as string[][]) sheets.at(-1)!.rows.push(row);
  }
  return sheets;
}

/** A dry run on its way into storage: lines of changes as they come, the figures last. */
export class ResultPacker {
  private readonly lines = new LinePacker();

  async add(changes: readonly PostChange[]): Promise<void> {
    for (let from = 0; from < changes.length; from += perLine)
      await this.lines.add(changes.slice(from, from + perLine));
  }

  /** @param notes what a person should know of how the file was read */
  async end(counts: RosterCounts, notes: readonly string[]): Promise<Buffer> {
    await this.lines.add({ ok: true, ...counts, notes });
    return this.lines.end();
  }
}

export const packFaults = (faults: readonly RosterFault[]): Promise<Buffer> => packLines([{ ok: false }, faults]);

/** @param asked changes to be read; without it all of them */
export async function unpackResult(packed: Uint8Array, asked?: ChangesAsked): Promise<ImportResult> {
  let figures: { ok: boolean } | null = null;
  const items: unknown[] = [];
  let place = 0;
  for await (const line of unpackLines(packed)) {
    if (!Array.isArray(line)) figures = line as { ok: boolean };
    else if (asked === undefined || figures?.ok === false) items.push(...(line as unknown[]));
    else
      for (const change of line as PostChange[]) {
        if (!asked.kinds.includes(change.kind)) continue;
        if (place >= asked.from && place < asked.from + asked.take) items.push(change);
        place += 1;
      }
  }
  if (figures === null) throw new Error('an empty dry run');
  if (!figures.ok) return { ok: false, faults: items as RosterFault[] };
  return { notes: [], ...(figures as { ok: true } & RosterCounts), changes: items as PostChange[] };
}
