import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { beijingDate } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors/errors.js';
import {
  type ColumnMapping,
  guessMapping,
  headerRowOf,
  headingsKey,
  mappingFaults,
  sampleBelow,
} from '../../domain/list-file/roster-mapping.js';
import { type HiddenAnswer, hiddenParts, onlySheets, withoutHidden } from '../../domain/list-file/roster-hidden.js';
import type { RosterMode } from '../../domain/list-file/roster-options.js';
import { endsTooMany } from '../../domain/list-file/roster-plan.js';
import { readRosterTable, type RosterReading } from '../../domain/list-file/roster.js';
import type { RosterFault } from '../../domain/list-file/roster-row.js';
import type { RosterTable } from '../../domain/list-file/roster-rows.js';
import { Clock } from '../../platform/clock.js';
import { sha256Hex, Vault } from '../../platform/crypto.js';
import { JobQueue } from '../../platform/jobs/job-queue.js';
import type { Sheet } from '../../platform/sheet/table-builder.js';
import {
  type ChangesAsked,
  type ImportResult,
  packFaults,
  packSheets,
  ResultPacker,
  unpackResult,
  unpackSheets,
} from './import-file.js';
import { type ImportOptions, ListImportRepository, type StoredImport } from './list-import.repository.js';
import { mergedFaults } from './merged-cells.js';
import { type Reported, RosterService } from './roster.service.js';

/** A longer table is compared by a worker: nobody's request waits for it. */
const comparedAtOnce = 5000;

/** The figures of a dry run are enough. */
const noChanges: ChangesAsked = { kinds: [], from: 0, take: 0 };

/** What a page needs to go on with an import. */
export type ImportStage =
  | { step: 'sheet'; sheets: { name: string; rows: number }[] }
  | { step: 'columns'; headings: string[]; mapping: ColumnMapping; examples: string[][]; faults: string[] }
  | { step: 'result'; result: ImportResult };

/** A list file from its upload to its confirmation: sheet, columns, dry run. It waits here, sealed, for its owner only. */
@Injectable()
export class ListImportService {
  constructor(
    private readonly imports: ListImportRepository,
    private readonly roster: RosterService,
    private readonly vault: Vault,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError list.fileRefused, with nothing stored */
  async upload(file: { name: string; bytes: Uint8Array }, mode: RosterMode, actor: Actor): Promise<string> {
    const { sheets, hiddenSheets } = await this.roster.sheets(file.bytes);
    const options: ImportOptions = {
      sheet: onlyList(sheets)?.name ?? null,
      header: 0,
      mapping: null,
      mode,
      day: beijingDate(this.clock.now()),
      stale: false,
      hidden: onlySheets(hiddenSheets),
    };
    const sealed = this.vault.sealBytes(await packSheets(sheets));
    const id = await this.imports.create(
      actor,
      { name: file.name.slice(0, 200), hash: sha256Hex(file.bytes), sealed },
      options,
    );
    if (options.sheet !== null) await this.readSheet(id, options, sheets);
    return id;
  }

  /** @throws DomainError list.importNotFound for anybody but its owner */
  async importOf(id: string, actor: Actor): Promise<StoredImport> {
    const stored = await this.imports.find(id);
    if (stored?.ownerId !== actor.id) throw new DomainError('list.importNotFound');
    return stored;
  }

  /** What this person has begun and not brought to its end. */
  async unfinishedOf(actor: Actor): Promise<StoredImport[]> {
    return this.imports.unfinishedOf(actor.id);
  }

  /** @param asked changes of a dry run to be read; without it all of them */
  async stage(stored: StoredImport, asked?: ChangesAsked): Promise<ImportStage> {
    const { options } = stored;
    if (options.mapping !== null) return { step: 'result', result: await this.result(stored.id, asked) };
    const sheets = await this.sheets(stored.id);
    if (options.sheet === null)
      return { step: 'sheet', sheets: sheets.map(({ name, rows }) => ({ name, rows: rows.length })) };
    const { rows } = sheetOf(sheets, options.sheet);
    const header = headerRowOf(rows);
    const headings = rows.at(header) ?? [];
    const { mapping } = guessMapping(headings, sampleBelow(rows, header));
    const examples = rows.slice(header + 1, header + 4);
    return { step: 'columns', headings, mapping, examples, faults: mappingFaults(mapping) };
  }

  async chooseSheet(id: string, actor: Actor, sheet: string): Promise<void> {
    const { options } = await this.openImport(id, actor);
    const sheets = await this.sheets(id);
    await this.readSheet(id, { ...options, sheet: sheetOf(sheets, sheet).name, mapping: null }, sheets);
  }

  /** Remembered for files with the same headings. @returns what is wrong with the choice */
  async chooseColumns(id: string, actor: Actor, mapping: ColumnMapping): Promise<string[]> {
    const { options } = await this.openImport(id, actor);
    const faults = mappingFaults(mapping);
    if (faults.length > 0) return faults;
    const sheets = await this.sheets(id);
    const { rows } = sheetOf(sheets, options.sheet);
    const header = headerRowOf(rows);
    await this.imports.rememberColumns(keyOf(rows.at(header) ?? []), mapping);
    await this.compareSoon(id, asked({ ...options, header, mapping }, sheets), sheets);
    return [];
  }

  /** Asks for the columns again. */
  async reconsiderColumns(id: string, actor: Actor): Promise<void> {
    const { options } = await this.openImport(id, actor);
    await this.imports.keepResult(id, { ...options, mapping: null }, null, null);
  }

  /** What becomes of hidden rows and columns; hidden sheets are taken note of. */
  async chooseHidden(id: string, actor: Actor, answer: HiddenAnswer): Promise<void> {
    const { options } = await this.openImport(id, actor);
    if (!options.hidden || options.mapping === null) throw new DomainError('list.importNotOpen');
    const hidden = { ...options.hidden, answer };
    await this.compareSoon(id, { ...options, hidden }, await this.sheets(id));
  }

  async chooseTerms(id: string, actor: Actor, mode: RosterMode, day: string): Promise<void> {
    const { options } = await this.openImport(id, actor);
    await this.compareSoon(id, { ...options, mode, day, stale: false }, await this.sheets(id));
  }

  /** From here on a worker goes on. */
  async confirm(id: string, actor: Actor, endingConfirmed: boolean): Promise<void> {
    const stored = await this.openImport(id, actor);
    const result = stored.options.mapping === null ? null : await this.result(id, noChanges);
    if (!result?.ok) throw new DomainError('list.importIncomplete');
    if (stored.options.hidden?.answer === null) throw new DomainError('list.hiddenNotAnswered');
    if (endsTooMany(result) && !endingConfirmed) throw new DomainError('list.endingNotConfirmed');
    if (!(await this.imports.move(id, ['open'], 'queued'))) throw new DomainError('list.importNotOpen');
    await this.queue.ring('list.import', { importId: id });
  }

  async retry(id: string, actor: Actor): Promise<void> {
    await this.importOf(id, actor);
    if (!(await this.imports.move(id, ['failed'], 'open'))) throw new DomainError('list.importNotOpen');
    const { options } = await this.importOf(id, actor);
    await this.compareSoon(id, options, await this.sheets(id));
  }

  async discard(id: string, actor: Actor): Promise<void> {
    const stored = await this.importOf(id, actor);
    if (!['open', 'checking', 'failed'].includes(stored.state)) throw new DomainError('list.importNotOpen');
    await this.imports.remove(id);
  }

  /** The chosen table and the faults in it, to be handed back marked. */
  async faulty(id: string, actor: Actor): Promise<{ rows: string[][]; header: number; faults: RosterFault[] }> {
    const { options } = await this.openImport(id, actor);
    const result = options.mapping === null ? null : await this.result(id);
    if (result?.ok !== false) throw new DomainError('list.importIncomplete');
    const { rows } = sheetOf(await this.sheets(id), options.sheet);
    return { rows: rows.slice(), header: options.header, faults: result.faults };
  }

  /** For the worker: the rows as they were confirmed. */
  async reading(id: string, options: ImportOptions): Promise<RosterReading> {
    return readRosterTable(tableOf(await this.sheets(id), options));
  }

  /**
   * For the worker: reads the file against the list as it is now, and keeps what comes out.
   *
   * @returns false when it is no longer wanted
   */
  async dryRun(id: string, options: ImportOptions): Promise<boolean> {
    return this.compareNow(id, options, await this.sheets(id), (done, total) =>
      this.imports.report(id, 'checking', done, total),
    );
  }

  private async compareSoon(id: string, options: ImportOptions, sheets: readonly Sheet[]): Promise<void> {
    const { rows } = sheetOf(sheets, options.sheet);
    const soon = rows.length > comparedAtOnce;
    const accepted = soon
      ? await this.imports.awaitResult(id, options, rows.length - options.header - 1)
      : await this.compareNow(id, options, sheets);
    if (!accepted) throw new DomainError('list.importNotOpen');
    if (soon) await this.queue.ring('list.import', { importId: id });
  }

  private async compareNow(
    id: string,
    options: ImportOptions,
    sheets: readonly Sheet[],
    reported?: Reported,
  ): Promise<boolean> {
    const { result, fingerprint } = await this.compare(sheets, options, reported);
    return this.imports.keepResult(id, options, this.vault.sealBytes(result), fingerprint);
  }

  /** @returns the dry run, packed */
  private async compare(
    sheets: readonly Sheet[],
    options: ImportOptions,
    reported?: Reported,
  ): Promise<{ result: Buffer; fingerprint: string | null }> {
    const { header, mapping, mode, day } = options;
    const reading = readRosterTable(tableOf(sheets, options));
    const merged = mergedFaults(sheetOf(sheets, options.sheet).merged, header);
    const faults = [...merged, ...(reading.ok ? [] : reading.faults)];
    if (!reading.ok || faults.length > 0) return { result: await packFaults(faults), fingerprint: null };
    const packer = new ResultPacker();
    const compared = await this.roster.dryRun(reading, mode, day, ({ changes }) => packer.add(changes), reported);
    if (compared.ok)
      return { result: await packer.end(compared.plan, reading.notes), fingerprint: compared.fingerprint };
    const placed = compared.faults.map((fault) => ({ ...fault, position: positionOf(mapping, fault.column) }));
    return { result: await packFaults(placed), fingerprint: null };
  }

  private async readSheet(id: string, options: ImportOptions, sheets: readonly Sheet[]): Promise<void> {
    const { rows } = sheetOf(sheets, options.sheet);
    const header = headerRowOf(rows);
    const headings = rows.at(header) ?? [];
    const { mapping, certain } = guessMapping(headings, sampleBelow(rows, header));
    const known = certain ? mapping : await this.imports.rememberedColumns(keyOf(headings));
    if (known === null || known.length !== headings.length) await this.imports.keepResult(id, options, null, null);
    else await this.compareSoon(id, asked({ ...options, header, mapping: known }, sheets), sheets);
  }

  private async openImport(id: string, actor: Actor): Promise<StoredImport> {
    const stored = await this.importOf(id, actor);
    if (stored.state !== 'open') throw new DomainError('list.importNotOpen');
    return stored;
  }

  private async sheets(id: string): Promise<Sheet[]> {
    const sealed = await this.imports.file(id);
    if (sealed === null) throw new DomainError('list.importNotFound');
    return unpackSheets(this.vault.openBytes(sealed));
  }

  private async result(id: string, asked?: ChangesAsked): Promise<ImportResult> {
    const sealed = await this.imports.result(id);
    if (sealed === null) throw new DomainError('list.importNotFound');
    return unpackResult(this.vault.openBytes(sealed), asked);
  }
}

/** The sheet that must be meant: the only one, or the only one with our headings. */
function onlyList(sheets: readonly Sheet[]): Sheet | null {
  if (sheets.length === 1) return sheets[0]!;
  const lists = sheets.filter(({ rows }) => guessMapping(rows.at(headerRowOf(rows)) ?? [], []).certain);
  return lists.length === 1 ? lists[0]! : null;
}

const keyOf = (headings: readonly string[]): string => sha256Hex(headingsKey(headings));

function sheetOf(sheets: readonly Sheet[], name: string | null): Sheet {
  const sheet = sheets.find((one) => one.name === name);
  if (!sheet) throw new DomainError('list.importNotFound');
  return sheet;
}

/** The table that is imported, without hidden parts where these are to be left out. */
function tableOf(sheets: readonly Sheet[], { sheet, header, mapping, hidden }: ImportOptions): RosterTable {
  const found = sheetOf(sheets, sheet);
  const table = { rows: found.rows, header, mapping: mapping ?? [], unread: found.unread };
  return hidden?.answer === 'leave' ? withoutHidden(table, found) : table;
}

/** With the question about what is hidden, which is anew for other columns. */
function asked(options: ImportOptions, sheets: readonly Sheet[]): ImportOptions {
  const all = { ...options, hidden: null };
  const hidden = hiddenParts(options.hidden?.sheets ?? [], sheetOf(sheets, options.sheet), tableOf(sheets, all));
  return { ...options, hidden };
}

function positionOf(mapping: ColumnMapping | null, column: RosterFault['column']): number | null {
  const at = column === null ? -1 : (mapping?.indexOf(column) ?? -1);
  return at < 0 ? null : at;
}
