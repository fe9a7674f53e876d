import { Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import type { Actor } from '../accounts/actor.js';
import { beijingDate } from '../domain/calendar.js';
import { DomainError } from '../domain/errors.js';
import { maskEmail, maskId, maskMobile } from '../domain/message-text.js';
import type { PostChange } from '../domain/roster-diff.js';
import { splitWrites, withDue } from '../domain/roster-due.js';
import { planRoster, type RosterMode, type RosterPlan } from '../domain/roster-plan.js';
import type { AddressKind, RosterEntry, RosterState } from '../domain/roster-state.js';
import { countWrites } from '../domain/roster-writes.js';
import { maxRosterRows, readRoster, type RosterReading } from '../domain/roster.js';
import type { RosterFault, RosterRow } from '../domain/roster-row.js';
import { initialsOf } from '../organisation/initials.js';
import { Audit } from '../platform/audit.js';
import { sha256Hex, Vault } from '../platform/crypto.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { readSheets, type Sheet } from '../platform/sheet/read-sheet.js';
import { SheetRefused } from '../platform/sheet/zip-entries.js';
import { ImportTrailRepository } from './import-trail.repository.js';
import { ListDueService } from './list-due.service.js';
import { ListImportRepository } from './list-import.repository.js';
import { RosterStateRepository } from './roster-state.repository.js';
import { RosterWriteRepository } from './roster-write.repository.js';

/** Titles and blank lines may stand around the people; what is far beyond is no list. */
const limits = { rows: maxRosterRows + 1000, columns: 60, cell: 2000 };

/** 50,000 rows with all they touch, on a small and busy machine. */
const longestApplyMs = 15 * 60_000;

/** A report is a transaction of its own; nobody looks more often. */
const reportEveryMs = 1000;

type Read = Extract<RosterReading, { ok: true }>;
export type RosterPreview =
  | { ok: true; rows: number; changes: PostChange[]; counts: RosterPlan['counts']; unchanged: number }
  | { ok: false; faults: RosterFault[] };

export type PlannedRoster =
  { ok: true; plan: RosterPlan; state: RosterState; fingerprint: string } | { ok: false; faults: RosterFault[] };

export interface RosterApplication {
  importId: string;
  reading: Read;
  mode: RosterMode;
  day: string;
  /** Of the list that was shown; null where nobody looked. */
  fingerprint: string | null;
}

const masks: Readonly<Record<AddressKind, (value: string) => string>> = {
  sms: maskMobile,
  email: maskEmail,
  wecom: maskId,
};

/** The distribution list as a file: what it would change, and the change itself, all or nothing. */
@Injectable()
export class RosterService {
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
  async sheets(bytes: Uint8Array): Promise<Sheet[]> {
    try {
      return await readSheets(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), limits);
    } catch (error) {
      if (error instanceof SheetRefused) throw new DomainError('list.fileRefused', { reason: error.message });
      throw error;
    }
  }

  async preview(bytes: Uint8Array, at: Date, mode: RosterMode = 'whole'): Promise<RosterPreview> {
    const reading = await this.readWhole(bytes);
    if (!reading.ok) return reading;
    const planned = await this.plan(reading, mode, beijingDate(at));
    return planned.ok ? preview(reading, planned.plan) : planned;
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
  ): Promise<RosterPreview> {
    const reading = await this.readWhole(bytes);
    if (!reading.ok) return reading;
    const day = beijingDate(effectiveOn);
    return this.database.transaction(async () => {
      const importId = await this.imports.begin(actor, fileName, sha256Hex(bytes));
      const applied = await this.apply({ importId, reading, mode, day, fingerprint: null }, actor.id, noReport);
      if (applied.kind === 'faulty') await this.imports.remove(importId);
      return applied.kind === 'applied' ? preview(reading, applied.plan) : { ok: false, faults: applied.faults };
    });
  }

  async plan(reading: Read, mode: RosterMode, day: string): Promise<PlannedRoster> {
    const entries = reading.rows.map((row) => this.entry(row));
    const due = await this.due.waitingUpTo(day);
    const reopening = due.flatMap(({ posts }) => posts.flatMap(({ id, was }) => (was === null ? [id] : [])));
    const asked = { hashes: hashesOf(entries), names: officersOf(entries), reopening };
    const state = withDue(await this.states.load(day, asked), due);
    const result = planRoster(state, entries, { columns: reading.columns, mode, day }, randomUUID);
    return result.ok ? { ...result, state, fingerprint: fingerprintOf(state) } : result;
  }

  /**
   * All of it in one transaction, or nothing.
   *
   * @param reported gets how many of how many rows are written; called outside the transaction
   */
  async apply(
    { importId, reading, mode, day, fingerprint }: RosterApplication,
    actor: string,
    reported: (done: number, total: number) => Promise<void>,
  ): Promise<{ kind: 'applied'; plan: RosterPlan } | { kind: 'faulty'; faults: RosterFault[] }> {
    return this.database.transaction(async () => {
      await this.writes.lock();
      const planned = await this.plan(reading, mode, day);
      if (!planned.ok) return { kind: 'faulty', faults: planned.faults };
      if (fingerprint !== null && fingerprint !== planned.fingerprint) throw new ListChangedMeanwhile();
      const { plan } = planned;
      await this.write(importId, planned, day, reported);
      const counts = { ...plan.counts, unchanged: plan.unchanged, rows: reading.rows.length };
      await this.imports.finish(importId, { counts, effectiveOn: day, mode, changes: plan.changes });
      await this.trail.forget(importId);
      await this.audit.record(actor, 'list.imported', 'list', { importId, effectiveOn: day, mode, ...counts });
      return { kind: 'applied', plan };
    }, longestApplyMs);
  }

  private async write(
    importId: string,
    { plan, state }: Extract<PlannedRoster, { ok: true }>,
    day: string,
    reported: (done: number, total: number) => Promise<void>,
  ): Promise<void> {
    const { now: writes, due } = splitWrites(plan.writes, state, { day, today: beijingDate(this.clock.now()) });
    const total = countWrites(writes);
    let [done, reportedAt] = [0, -Infinity];
    await this.trail.before(importId, writes, day);
    await this.writes.apply(
      writes,
      day,
      (contact) => this.due.sealed(contact),
      initialsOf,
      async (rows) => {
        done += rows;
        if (performance.now() - reportedAt < reportEveryMs) return;
        await this.database.apart(() => reported(done, total));
        reportedAt = performance.now();
      },
    );
    await this.trail.after(importId, writes, day);
    await this.due.keep(importId, due);
  }

  private async readWhole(bytes: Uint8Array): Promise<RosterReading> {
    const sheets = await this.sheets(bytes);
    return readRoster(sheets[0]!.rows);
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

function preview(reading: Read, { changes, counts, unchanged }: RosterPlan): RosterPreview {
  return { ok: true, rows: reading.rows.length, changes, counts, unchanged };
}

const hashesOf = (entries: readonly RosterEntry[]): string[] =>
  entries.flatMap(({ addresses, officers }) =>
    [...Object.values(addresses), ...officers.map(({ mobile }) => mobile)].flatMap((address) =>
      address ? [address.hash] : [],
    ),
  );

const officersOf = (entries: readonly RosterEntry[]): string[] => [
  ...new Set(entries.flatMap(({ officers }) => officers.flatMap(({ name }) => name ?? []))),
];

/** Piece by piece: as one text the state of a long list is some 60 MB. */
function fingerprintOf({ owners, seats, ...rest }: RosterState): string {
  const hash = createHash('sha256').update(JSON.stringify(rest));
  for (const seat of seats) hash.update(JSON.stringify(seat));
  for (const key of [...owners.keys()].sort()) hash.update(key).update(JSON.stringify(owners.get(key)));
  return hash.digest('hex');
}
