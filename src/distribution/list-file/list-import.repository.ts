import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import type { PostChange } from '../../domain/list-file/roster-diff.js';
import type { HiddenParts } from '../../domain/list-file/roster-hidden.js';
import type { ColumnMapping } from '../../domain/list-file/roster-mapping.js';
import type { RosterMode } from '../../domain/list-file/roster-options.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { Clock } from '../../platform/clock.js';
import { Database, jsonColumn } from '../../platform/database.js';

/** `checking`: a worker makes the dry run. `queued` and `running`: confirmed, being applied. */
export type ImportState = 'open' | 'checking' | 'queued' | 'running' | 'done' | 'failed' | 'undone';

/** What has been chosen so far; null where it is still to be asked. */
export interface ImportOptions {
  sheet: string | null;
  header: number;
  mapping: ColumnMapping | null;
  mode: RosterMode;
  day: string;
  /** The list changed after the dry run: what is shown now is new. */
  stale: boolean;
  /** Null, or absent in what was begun before it was looked for: everything in the file is shown. */
  hidden?: HiddenParts | null;
}

/** What an applied import did, for the history and for showing what an undo would put back. */
export interface ImportSummary {
  counts: Readonly<Record<string, number>>;
  effectiveOn: string;
  mode: RosterMode;
  /** The first `keptChanges` of them; addresses masked. Absent once the import can no longer be undone: they name people. */
  changes?: PostChange[];
}

export interface StoredImport {
  id: string;
  ownerId: string;
  ownerName: string;
  fileName: string;
  fileHash: string;
  state: ImportState;
  options: ImportOptions;
  counts: ImportSummary | null;
  fingerprint: string | null;
  done: number;
  total: number;
  failure: string | null;
  createdAt: Date;
  finishedAt: Date | null;
  undoneAt: Date | null;
  undoneBy: string | null;
}

const lifetimeMs = 24 * 3_600_000;
/** Of the changes of an applied import. */
export const keptChanges = 1000;

const shown = {
  id: true,
  ownerId: true,
  ownerName: true,
  fileName: true,
  fileHash: true,
  state: true,
  options: true,
  counts: true,
  fingerprint: true,
  done: true,
  total: true,
  failure: true,
  createdAt: true,
  finishedAt: true,
  undoneAt: true,
  undoneBy: true,
} as const;

/** List files on their way in, and what became of them. */
@Injectable()
export class ListImportRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async create(
    actor: Actor,
    file: { name: string; hash: string; sealed: Uint8Array<ArrayBuffer> },
    options: ImportOptions,
  ): Promise<string> {
    const now = this.clock.now();
    const row = await this.database.prisma.listImport.create({
      data: {
        ownerId: actor.id,
        ownerName: actor.name,
        fileName: file.name,
        fileHash: file.hash,
        sealedFile: file.sealed,
        options: jsonColumn(options),
        createdAt: now,
        expiresAt: new Date(now.getTime() + lifetimeMs),
      },
      select: { id: true },
    });
    return row.id;
  }

  /** An import that is applied without having been shown. */
  async begin(actor: Actor, fileName: string, fileHash: string): Promise<string> {
    const now = this.clock.now();
    const row = await this.database.prisma.listImport.create({
      data: {
        ownerId: actor.id,
        ownerName: actor.name,
        fileName,
        fileHash,
        state: 'running',
        options: {},
        createdAt: now,
        expiresAt: now,
      },
      select: { id: true },
    });
    return row.id;
  }

  async find(id: string): Promise<StoredImport | null> {
    const row = await this.database.prisma.listImport.findUnique({ where: { id }, select: shown });
    return row as unknown as StoredImport | null;
  }

  async file(id: string): Promise<Uint8Array | null> {
    const row = await this.database.prisma.listImport.findUnique({ where: { id }, select: { sealedFile: true } });
    return row?.sealedFile ?? null;
  }

  async result(id: string): Promise<Uint8Array | null> {
    const row = await this.database.prisma.listImport.findUnique({ where: { id }, select: { sealedResult: true } });
    return row?.sealedResult ?? null;
  }

  /** The dry run is left to a worker. @returns false when it is no longer open */
  async awaitResult(id: string, options: ImportOptions, rows: number): Promise<boolean> {
    const { count } = await this.database.prisma.listImport.updateMany({
      where: { id, state: 'open' },
      data: {
        state: 'checking',
        options: jsonColumn(options),
        sealedResult: null,
        fingerprint: null,
        aliveAt: null,
        done: 0,
        total: rows,
      },
    });
    return count === 1;
  }

  /** @returns false when it is no longer open */
  async keepResult(
    id: string,
    options: ImportOptions,
    result: Uint8Array<ArrayBuffer> | null,
    fingerprint: string | null,
  ): Promise<boolean> {
    const { count } = await this.database.prisma.listImport.updateMany({
      where: { id, state: { in: ['open', 'checking'] } },
      data: { state: 'open', options: jsonColumn(options), sealedResult: result, fingerprint },
    });
    return count === 1;
  }

  /** Compare and set. */
  async move(
    id: string,
    from: readonly ImportState[],
    to: ImportState,
    failure: string | null = null,
  ): Promise<boolean> {
    const now = this.clock.now();
    const { count } = await this.database.prisma.listImport.updateMany({
      where: { id, state: { in: [...from] } },
      data: { state: to, failure, ...(to === 'queued' ? { confirmedAt: now, done: 0, total: 0 } : {}) },
    });
    return count === 1;
  }

  /** @returns what is to be done; null when another worker has it, or it needs no more work */
  async claim(id: string, leaseMs: number): Promise<'dryRun' | 'apply' | null> {
    const now = this.clock.now();
    const silent = { lt: new Date(now.getTime() - leaseMs) };
    const claimed = async (OR: Prisma.ListImportWhereInput[], state: ImportState) =>
      (await this.database.prisma.listImport.updateMany({ where: { id, OR }, data: { state, aliveAt: now } })).count ===
      1;
    const waiting = [null, silent].map((aliveAt) => ({ state: 'checking', aliveAt }));
    if (await claimed(waiting, 'checking')) return 'dryRun';
    return (await claimed([{ state: 'queued' }, { state: 'running', aliveAt: silent }], 'running')) ? 'apply' : null;
  }

  async report(id: string, state: 'checking' | 'running', done: number, total: number): Promise<void> {
    await this.database.prisma.listImport.updateMany({
      where: { id, state },
      data: { done, total, aliveAt: this.clock.now() },
    });
  }

  /** In the transaction that applies it: whoever sees it done sees all of it. */
  async finish(id: string, summary: ImportSummary): Promise<void> {
    const { count } = await this.database.prisma.listImport.updateMany({
      where: { id, state: 'running' },
      data: {
        state: 'done',
        counts: jsonColumn(summary),
        sealedFile: null,
        sealedResult: null,
        finishedAt: this.clock.now(),
      },
    });
    if (count !== 1) throw new Error(`list import ${id} is not running`);
  }

  async markUndone(id: string, by: string): Promise<boolean> {
    const { count } = await this.database.prisma.listImport.updateMany({
      where: { id, state: 'done' },
      data: { state: 'undone', undoneAt: this.clock.now(), undoneBy: by },
    });
    return count === 1;
  }

  async remove(id: string): Promise<void> {
    await this.database.prisma.listImport.deleteMany({ where: { id } });
  }

  async history(take: number, skip: number): Promise<{ rows: StoredImport[]; total: number }> {
    const where = { state: { in: ['done', 'undone'] } };
    const [rows, total] = await Promise.all([
      this.database.prisma.listImport.findMany({ where, select: shown, orderBy: { finishedAt: 'desc' }, take, skip }),
      this.database.prisma.listImport.count({ where }),
    ]);
    return { rows: rows as unknown as StoredImport[], total };
  }

  /** The import that came last and still stands. */
  async lastDone(): Promise<StoredImport | null> {
    const row = await this.database.prisma.listImport.findFirst({
      where: { state: { in: ['done', 'undone'] } },
      select: shown,
      orderBy: { finishedAt: 'desc' },
    });
    return row?.state === 'done' ? (row as unknown as StoredImport) : null;
  }

  async unfinishedOf(ownerId: string): Promise<StoredImport[]> {
    const rows = await this.database.prisma.listImport.findMany({
      where: { ownerId, state: { in: ['open', 'checking', 'queued', 'running', 'failed'] } },
      select: shown,
      orderBy: { createdAt: 'desc' },
      take: 5,
    });
    return rows as unknown as StoredImport[];
  }

  /** Nobody is at it: a lost bell, or a worker that fell silent. */
  async waiting(leaseMs: number): Promise<string[]> {
    const silentSince = new Date(this.clock.now().getTime() - leaseMs);
    const rows = await this.database.prisma.listImport.findMany({
      where: {
        OR: [
          { state: 'queued' },
          { state: 'checking', aliveAt: null },
          { state: { in: ['checking', 'running'] }, aliveAt: { lt: silentSince } },
        ],
      },
      select: { id: true },
    });
    return rows.map(({ id }) => id);
  }

  /** Files that nobody came back for. */
  async removeExpired(): Promise<void> {
    await this.database.prisma.listImport.deleteMany({
      where: { state: { in: ['open', 'checking', 'failed'] }, expiresAt: { lt: this.clock.now() } },
    });
  }

  async rememberedColumns(key: string): Promise<ColumnMapping | null> {
    const row = await this.database.prisma.listColumns.findUnique({ where: { key } });
    return (row?.columns as ColumnMapping | undefined) ?? null;
  }

  async rememberColumns(key: string, mapping: ColumnMapping): Promise<void> {
    const data = { columns: [...mapping] as (string | null)[], usedAt: this.clock.now() };
    await this.database.prisma.listColumns.upsert({ where: { key }, create: { key, ...data }, update: data });
  }
}
