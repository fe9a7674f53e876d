import { Injectable, Logger } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Actor } from '../../accounts/actor.js';
import { beijingDate } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors/errors.js';
import { maskMobile, maskEmail, maskId } from '../../domain/people/address.js';
import type { PostChange } from '../../domain/list-file/roster-diff.js';
import { addDue, type DueWrites, splitWrites, withDue } from '../../domain/list-file/roster-due.js';
import type { RosterPart } from '../../domain/list-file/roster-comparison.js';
import type { RosterMode } from '../../domain/list-file/roster-options.js';
import type { Reached } from '../../domain/list-file/roster-outline.js';
import { planRoster, type RosterCounts } from '../../domain/list-file/roster-plan.js';
import type { AddressKind, RosterEntries, RosterEntry } from '../../domain/list-file/roster-state.js';
import { countWrites, type RosterWrites } from '../../domain/list-file/roster-writes.js';
import { listLimits, readRoster, type RosterReading } from '../../domain/list-file/roster.js';
import type { RosterFault, RosterRow } from '../../domain/list-file/roster-row.js';
import { initialsOf } from '../../organisation/initials.js';
import { Audit } from '../../platform/audit.js';
import { sha256Hex, Vault } from '../../platform/crypto.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database.js';
import { newId } from '../../platform/new-id.js';
import { LinePacker, unpackLines } from '../../platform/packed-lines.js';
import { readSheets } from '../../platform/sheet/read-sheet.js';
import { SheetRefused } from '../../platform/sheet/sheet-refused.js';
import type { Sheet } from '../../platform/sheet/table-builder.js';
import type { TableFile } from '../../platform/sheet/table-file.js';
import { ImportTrailRepository } from './import-trail.repository.js';
import { ListDueService } from './list-due.service.js';
import { keptChanges, ListImportRepository } from './list-import.repository.js';
import { RosterStateRepository } from './roster-state.repository.js';
import { RosterWriteRepository } from './roster-write.repository.js';

/** 50,000 rows with all they touch, on a small and busy machine. */
const longestApplyMs = 15 * 60_000;

/** A report is a transaction of its own; nobody looks more often. */
const reportEveryMs = 1000;

type Read = Extract<RosterReading, { ok: true }>;
type Faulty = { ok: false; faults: RosterFault[] };
export type RosterPreview = ({ ok: true; changes: PostChange[] } & RosterCounts) | Faulty;
export type ComparedRoster = { ok: true; plan: RosterCounts; fingerprint: string } | Faulty;

export interface RosterApplication {
  importId: string;
  reading: Read;
  mode: RosterMode;
  day: string;
  /** Of the list that was shown; null where nobody looked. */
  fingerprint: string | null;
}

/** An import's plan, packed away until all of it is known: a long one never stands in memory whole. */
interface Packed {
  /** The first of them, for the history. */
  changes: PostChange[];
  parts: Buffer;
  writes: number;
  due: DueWrites[];
}

export type Reported = (done: number, total: number) => Promise<void>;

const masks: Readonly<Record<AddressKind, (value: string) => string>> = {
  sms: maskMobile,
  email: maskEmail,
  wecom: maskId,
};

/** The distribution list as a file: what it would change, and the change itself, all or nothing. */
@Injectable()
export class RosterService {
  private readonly log = new Logger(RosterService.name);

  constructor(
    private readonly database: Database,
    private readonly states: RosterStateRepository,
    private readonly writes: RosterWriteRepository,
    private readonly trail: ImportTrailRepository,
    private readonly imports: ListImportRepository,
    private readonly due: ListDueService,
    private readonly vault: Vault,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError list.fileRefused */
  async sheets(bytes: Uint8Array): Promise<TableFile> {
    try {
      return await readSheets(bytes, listLimits);
    } catch (error) {
      if (!(error instanceof SheetRefused)) throw error;
      if (error.met !== null) this.log.warn(`a list file was refused: ${error.met}`);
      throw new DomainError('list.fileRefused', { reason: error.message });
    }
  }

  async preview(bytes: Uint8Array, at: Date, mode: RosterMode = 'whole'): Promise<RosterPreview> {
    const reading = await this.readWhole(bytes);
    if (!reading.ok) return reading;
    const changes: PostChange[] = [];
    const compared = await this.dryRun(reading, mode, beijingDate(at), async (part) => {
      changes.push(...part.changes);
      return Promise.resolve();
    });
    return compared.ok ? { ok: true, ...compared.plan, changes } : compared;
  }

  /**
   * Reads and applies in one go, for the command line and the demo: nobody looks at a dry run.
   *
   * @param effectiveOn the day from which new holders hold and missing posts are closed; the past keeps its names
   */
  async import(
    bytes: Uint8Array,
    actor: Actor,
    effectiveOn: Date,
    { fileName = '名单', mode = 'whole' }: { fileName?: string; mode?: RosterMode } = {},
  ): Promise<({ ok: true } & RosterCounts) | Faulty> {
    const reading = await this.readWhole(bytes);
    if (!reading.ok) return reading;
    const day = beijingDate(effectiveOn);
    return this.database.transaction(async () => {
      const importId = await this.imports.begin(actor, fileName, sha256Hex(bytes));
      const applied = await this.apply({ importId, reading, mode, day, fingerprint: null }, actor.id, noReport);
      if (!applied.ok) await this.imports.remove(importId);
      return applied;
    }, longestApplyMs);
  }

  /**
   * @param keep gets what the file changes, part by part; useless where there are faults
   * @param reported gets how many of how many rows are compared; called outside the transaction
   */
  async dryRun(
    reading: Read,
    mode: RosterMode,
    day: string,
    keep: (part: RosterPart) => Promise<void>,
    reported: Reported = noReport,
  ): Promise<ComparedRoster> {
    const report = this.seldom(reported);
    const reached = (rows: number) => report(Math.floor(rows), reading.rows.length);
    return this.database.snapshot(() => this.compare(reading, mode, day, keep, reached), longestApplyMs);
  }

  private async compare(
    reading: Read,
    mode: RosterMode,
    day: string,
    keep: (part: RosterPart) => Promise<void>,
    reached: Reached = noReport,
  ): Promise<ComparedRoster> {
    const hash = createHash('sha256');
    const seen = (answer: unknown): void => void hash.update(JSON.stringify(answer));
    const due = await this.due.waitingUpTo(day);
    seen(due);
    const reopening = due.flatMap(({ posts }) => posts.flatMap(({ id, was }) => (was === null ? [id] : [])));
    const list = await withDue(await this.states.listSeats(day, reopening, seen), due);
    const options = { columns: reading.columns, mode, day };
    const result = await planRoster(list, this.entries(reading), options, newId, keep, reached);
    return result.ok ? { ...result, fingerprint: hash.digest('hex') } : result;
  }

  /**
   * All of it in one transaction, or nothing.
   *
   * @param reported gets how many of how many rows are written; called outside the transaction
   */
  async apply(
    { importId, reading, mode, day, fingerprint }: RosterApplication,
    actor: string,
    reported: Reported,
  ): Promise<({ ok: true } & RosterCounts) | Faulty> {
    return this.database.transaction(async () => {
      await this.writes.lock();
      const { compared, packed } = await this.pack(reading, mode, day);
      if (!compared.ok) return compared;
      if (fingerprint !== null && fingerprint !== compared.fingerprint) throw new ListChangedMeanwhile();
      await this.write(importId, packed, day, reported);
      const { counts: kinds, unchanged, rows } = compared.plan;
      const counts = { ...kinds, unchanged, rows };
      await this.imports.finish(importId, { counts, effectiveOn: day, mode, changes: packed.changes });
      await this.trail.forget(importId);
      await this.audit.record(actor, 'list.imported', 'list', { importId, effectiveOn: day, mode, ...counts });
      return { ok: true, ...compared.plan };
    }, longestApplyMs);
  }

  /** What waits for a later day is set apart. */
  private async pack(
    reading: Read,
    mode: RosterMode,
    day: string,
  ): Promise<{ compared: ComparedRoster; packed: Packed }> {
    const [lines, changes, waiting] = [new LinePacker(), new Array<PostChange>(), new Map<string, DueWrites>()];
    const today = beijingDate(this.clock.now());
    let writes = 0;
    const compared = await this.compare(reading, mode, day, async (part) => {
      changes.push(...part.changes.slice(0, keptChanges - changes.length));
      const { now, due } = splitWrites(part.writes, part.state, { day, today });
      addDue(waiting, due);
      writes += countWrites(now);
      await lines.add(now);
    });
    const due = [...waiting.values()].sort((a, b) => (a.on < b.on ? -1 : 1));
    return { compared, packed: { changes, parts: await lines.end(), writes, due } };
  }

  private async write(
    importId: string,
    { parts, writes, due }: Packed,
    day: string,
    reported: Reported,
  ): Promise<void> {
    let done = 0;
    const report = this.seldom(reported);
    const writing = this.writes.begin(
      day,
      (contact) => this.due.sealed(contact),
      initialsOf,
      async (rows) => {
        done += rows;
        await report(done, writes);
      },
    );
    for await (const line of unpackLines(parts)) {
      const part = line as RosterWrites;
      await this.trail.before(importId, part, day);
      await writing.write(part);
      await this.trail.made(importId, part, day);
    }
    await this.trail.close(importId);
    await this.due.keep(importId, due);
  }

  private seldom(reported: Reported): Reported {
    let reportedAt = -Infinity;
    return async (done, total) => {
      if (performance.now() - reportedAt < reportEveryMs) return;
      await this.database.apart(() => reported(done, total));
      reportedAt = performance.now();
    };
  }

  private async readWhole(bytes: Uint8Array): Promise<RosterReading> {
    const { sheets } = await this.sheets(bytes);
    const [{ rows, unread, hiddenRows }] = sheets as [Sheet];
    // Nobody is there to be asked.
    if (hiddenRows.length > 0)
      throw new DomainError('list.fileRefused', {
        reason: `第${hiddenRows[0]!}行等是隐藏的，请取消隐藏或删去后再导入。`,
      });
    return readRoster(rows, unread);
  }

  private entries({ rows }: Read): RosterEntries {
    return { length: rows.length, row: (index) => rows.at(index), entry: (index) => this.entry(rows.at(index)) };
  }

  private entry(row: RosterRow): RosterEntry {
    const address = (kind: AddressKind, value: string | null) =>
      value === null ? null : { hash: this.vault.lookupHash(kind, value), masked: masks[kind](value) };
    const { mobile, email, wecom } = row;
    return {
      ...row,
      officers: row.officers.map(({ name, mobile: number }) => ({
        name,
        mobile: number === null ? null : { ...address('sms', number)!, value: number },
      })),
      addresses: { sms: address('sms', mobile), email: address('email', email), wecom: address('wecom', wecom) },
    };
  }
}

/** Somebody changed the list between the dry run and its confirmation. */
export class ListChangedMeanwhile extends Error {}

const noReport = (): Promise<void> => Promise.resolve();
