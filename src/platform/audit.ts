import { Injectable } from '@nestjs/common';
import { canonicalJson } from '../domain/text/canonical-json.js';
import { Clock } from './clock.js';
import { sha256Hex } from './crypto.js';
import { Database } from './database.js';

/** Serialises writers: each row's hash covers the row before it. */
const CHAIN_LOCK = 0x6175646974; // "audit"
const hourMs = 3_600_000;
const FIRST = '0'.repeat(64);

interface Entry {
  at: Date;
  actor: string;
  action: string;
  subject: string;
  detail: unknown;
  prevHash: string;
}

const entryHash = (e: Entry) =>
  sha256Hex(
    canonicalJson({
      at: e.at.toISOString(),
      actor: e.actor,
      action: e.action,
      subject: e.subject,
      detail: e.detail,
      prevHash: e.prevHash,
    }),
  );

/** Append-only, hash-chained trail of everything important, written in the caller's transaction. */
@Injectable()
export class Audit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @param detail plain values; never an address, a password or a token */
  async record(actor: string, action: string, subject: string, detail: Record<string, unknown> = {}): Promise<void> {
    await this.database.transaction(async () => {
      const { prisma } = this.database;
      await prisma.$executeRaw`SELECT pg_advisory_xact_lock(${CHAIN_LOCK}::bigint)`;
      const last = await prisma.auditEntry.findFirst({ orderBy: { id: 'desc' }, select: { hash: true } });
      const plain = JSON.parse(JSON.stringify(detail)) as object;
      const entry: Entry = {
        at: this.clock.now(),
        actor,
        action,
        subject,
        detail: plain,
        prevHash: last?.hash ?? FIRST,
      };
      await prisma.auditEntry.create({ data: { ...entry, detail: plain, hash: entryHash(entry) } });
    });
  }

  /**
   * A file that was fetched: the first time in an hour, then the 10th, the 100th and so on, with how often (`times`); every
   * fetch is counted.
   *
   * @param chosen which file it is, such as its format or the reason given: another choice is another file
   * @param size not part of what was chosen, such as the number of rows
   */
  async recordExport(
    actor: string,
    action: string,
    subject: string,
    chosen: Record<string, unknown>,
    size: Record<string, unknown> = {},
  ): Promise<void> {
    await this.database.transaction(async () => {
      const key = sha256Hex(canonicalJson([actor, action, subject, chosen]));
      const hour = new Date(Math.floor(this.clock.now().getTime() / hourMs) * hourMs);
      const [row] = await this.database.prisma.$queryRaw<{ n: number }[]>`
        INSERT INTO export_count AS e (key, hour, n) VALUES (${key}, ${hour}::timestamptz, 1)
        ON CONFLICT (key, hour) DO UPDATE SET n = e.n + 1 RETURNING n`;
      const times = row!.n;
      if (/^10*$/.test(String(times))) await this.record(actor, action, subject, { ...chosen, ...size, times });
    });
  }

  /** Of hours that are over. */
  async forgetExportCounts(): Promise<void> {
    const hour = new Date(Math.floor(this.clock.now().getTime() / hourMs) * hourMs);
    await this.database.prisma.exportCount.deleteMany({ where: { hour: { lt: hour } } });
  }

  /** Whether the actor did one of these acts to the subject, ever. */
  async hasActed(actor: string, subject: string, actions: readonly string[]): Promise<boolean> {
    const where = { actor, subject, action: { in: [...actions] } };
    return (await this.database.prisma.auditEntry.count({ where })) > 0;
  }

  /** Walks the chain; finds any row changed, removed or inserted behind the system's back. */
  async verify(): Promise<{ rows: number; brokenAt: bigint | null }> {
    const { prisma } = this.database;
    let [previous, rows, from] = [FIRST, 0, 0n];
    for (;;) {
      const batch = await prisma.auditEntry.findMany({
        where: { id: { gt: from } },
        orderBy: { id: 'asc' },
        take: 1000,
      });
      for (const row of batch) {
        if (row.prevHash !== previous || row.hash !== entryHash(row)) return { rows, brokenAt: row.id };
        previous = row.hash;
        from = row.id;
        rows += 1;
      }
      if (batch.length < 1000) return { rows, brokenAt: null };
    }
  }
}
