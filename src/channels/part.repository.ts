import { Injectable } from '@nestjs/common';
import type { PartReport } from '../domain/delivery.js';
import type { MessagePart } from '../domain/sending/joined-report.js';
import { Database } from '../platform/database.js';
import { storable } from './report.repository.js';

/** All parts of one message, with at least one report that has not been told of its delivery. */
export interface PartsWithNews {
  provider: string;
  deliveryId: string;
  parts: (MessagePart & { provider: string })[];
}

interface PartRow {
  provider: string;
  reference: string;
  deliveryId: string;
  status: PartReport['status'] | null;
  code: string;
  reason: string;
  reportedAt: Date;
}

/** Reports under the providers' own numbers; a yes binds its numbers where outcomes are recorded. */
@Injectable()
export class PartRepository {
  constructor(private readonly database: Database) {}

  /** News twice is no news; that a part arrived counts over that it failed, in whichever order the two come. */
  async note(reports: readonly PartReport[], now: Date): Promise<void> {
    if (reports.length === 0) return;
    const rows = [...new Map(reports.map((row) => [`${row.provider} ${row.reference} ${row.status}`, row])).values()];
    for (const status of ['failed', 'delivered'] as const) {
      const own = rows.filter((row) => row.status === status);
      const column = <T>(pick: (report: PartReport) => T) => own.map(pick);
      if (own.length === 0) continue;
      await this.database.prisma.$executeRaw`
        INSERT INTO message_part AS m (provider, reference, status, code, reason, reported_at, noted_at)
        SELECT n.provider, n.reference, ${status}, n.code, n.reason, n.reported_at, ${now}::timestamptz
        FROM unnest(${column((r) => r.provider)}::text[], ${column((r) => storable(r.reference, 200))}::text[],
          ${column((r) => storable(r.code, 100))}::text[], ${column((r) => storable(r.reason, 500))}::text[],
          ${column((r) => r.reportedAt)}::timestamptz[]) AS n(provider, reference, code, reason, reported_at)
        ORDER BY 1, 2
        ON CONFLICT (provider, reference) DO UPDATE SET status = EXCLUDED.status, code = EXCLUDED.code, reason = EXCLUDED.reason,
          reported_at = EXCLUDED.reported_at, joined_at = NULL
        WHERE m.status IS NULL OR (m.status = 'failed' AND EXCLUDED.status = 'delivered')`;
    }
  }

  /** Locks what it gives until the transaction ends. */
  async withNews(limit: number): Promise<PartsWithNews[]> {
    const rows = await this.database.prisma.$queryRaw<PartRow[]>`
      SELECT m.provider, m.reference, m.delivery_id AS "deliveryId", m.status, m.code, m.reason, m.reported_at AS "reportedAt"
      FROM message_part m JOIN (
        SELECT DISTINCT n.provider, n.delivery_id, n.attempt_no FROM (
          SELECT provider, delivery_id, attempt_no FROM message_part
          WHERE joined_at IS NULL AND delivery_id IS NOT NULL AND status IS NOT NULL LIMIT ${limit}) n) d
        ON d.provider = m.provider AND d.delivery_id = m.delivery_id AND d.attempt_no = m.attempt_no
      ORDER BY m.provider, m.reference FOR UPDATE OF m`;
    const messages = new Map<string, PartsWithNews>();
    for (const { provider, deliveryId, reference, status, code, reason, reportedAt } of rows) {
      const key = `${provider} ${deliveryId}`;
      const message = messages.get(key) ?? { provider, deliveryId, parts: [] };
      messages.set(key, message);
      message.parts.push({ provider, reference, report: status && { status, code, reason, reportedAt } });
    }
    return [...messages.values()];
  }

  async markJoined(parts: readonly { provider: string; reference: string }[], now: Date): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE message_part m SET joined_at = ${now}::timestamptz
      FROM unnest(${parts.map(({ provider }) => provider)}::text[], ${parts.map(({ reference }) => reference)}::text[])
        AS n(provider, reference)
      WHERE m.provider = n.provider AND m.reference = n.reference AND m.status IS NOT NULL`;
  }

  /** Carriers report within three days; a number that nobody was told of by then is nobody's. Returns how many, by provider. */
  async forget(now: Date): Promise<{ provider: string; n: number }[]> {
    const before = (days: number) => new Date(now.getTime() - days * 86_400_000);
    await this.database.prisma.$executeRaw`DELETE FROM message_part WHERE noted_at < ${before(7)}::timestamptz`;
    return this.database.prisma.$queryRaw<{ provider: string; n: number }[]>`
      WITH gone AS (
        DELETE FROM message_part WHERE noted_at < ${before(3)}::timestamptz AND delivery_id IS NULL RETURNING provider)
      SELECT provider, count(*)::int AS n FROM gone GROUP BY provider`;
  }
}
