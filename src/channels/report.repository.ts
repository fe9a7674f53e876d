import { Injectable } from '@nestjs/common';
import type { DeliveryReport } from '../domain/delivery.js';
import { Database } from '../platform/database.js';

/** How long before the provider's own time a message may have begun to leave, and by how much its clock and ours differ. */
const sentBeforeMs = 10 * 60_000;
const clocksApartMs = 60_000;

export interface WaitingReport extends DeliveryReport {
  id: bigint;
}

/** What providers told us, kept before it is acted on: a report is answered for only once it is on disk. */
@Injectable()
export class ReportRepository {
  constructor(private readonly database: Database) {}

  /** All tries of these deliveries, in the order they were made; a delivery that is not ours has none. */
  async triesOf(ids: readonly string[]): Promise<Map<string, { account: string; startedAt: Date }[]>> {
    const rows = await this.database.prisma.$queryRaw<{ deliveryId: string; account: string; startedAt: Date }[]>`
      SELECT delivery_id AS "deliveryId", provider AS account, started_at AS "startedAt"
      FROM attempt WHERE delivery_id = ANY(${[...new Set(ids)]}::uuid[]) ORDER BY delivery_id, attempt_no`;
    const tries = new Map<string, { account: string; startedAt: Date }[]>();
    for (const { deliveryId, ...row } of rows) {
      const own = tries.get(deliveryId) ?? [];
      own.push(row);
      tries.set(deliveryId, own);
    }
    return tries;
  }

  /** Messages on their way to this follower of the official account that began to leave around then. */
  async sentTo(to: { destination: string; provider: string }, sentAt: Date): Promise<string[]> {
    const [from, until] = [sentAt.getTime() - sentBeforeMs, sentAt.getTime() + clocksApartMs].map((ms) => new Date(ms));
    const rows = await this.database.prisma.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT d.id FROM delivery d JOIN attempt a ON a.delivery_id = d.id
      WHERE d.channel = 'wechat' AND d.destination = ${to.destination} AND d.state IN ('sending', 'sent', 'held') AND a.provider = ${to.provider} AND a.started_at BETWEEN ${from}::timestamptz AND ${until}::timestamptz`;
    return rows.map(({ id }) => id);
  }

  /**
   * The same news twice is one row, also when it comes without a time of its own, as long as nothing else was tried meanwhile.
   * Returns how many were new.
   */
  async keep(reports: readonly (DeliveryReport & { givenAt?: Date | null })[], receivedAt: Date): Promise<number> {
    if (reports.length === 0) return 0;
    const column = <T>(pick: (report: DeliveryReport & { givenAt?: Date | null }) => T) => reports.map(pick);
    return this.database.prisma.$executeRaw`
      INSERT INTO delivery_report (provider, delivery_id, status, code, reason, address_dead, reported_at, given_at, received_at)
      SELECT n.*, ${receivedAt}::timestamptz
      FROM unnest(${column((r) => r.provider)}::text[], ${column((r) => r.deliveryId)}::uuid[], ${column((r) => r.status)}::text[],
        ${column((r) => storable(r.code, 100))}::text[], ${column((r) => storable(r.reason, 500))}::text[],
        ${column((r) => r.addressDead ?? null)}::boolean[], ${column((r) => r.reportedAt)}::timestamptz[],
        ${column((r) => r.givenAt ?? null)}::timestamptz[])
        AS n(provider, delivery_id, status, code, reason, address_dead, reported_at, given_at)
      WHERE n.reported_at <> ${receivedAt}::timestamptz OR NOT EXISTS (
        SELECT 1 FROM delivery_report k
        WHERE k.provider = n.provider AND k.delivery_id = n.delivery_id AND k.status = n.status AND k.code = n.code
          AND k.received_at >= (SELECT max(a.started_at) FROM attempt a WHERE a.delivery_id = n.delivery_id))
      ON CONFLICT DO NOTHING`;
  }

  async waiting(limit: number): Promise<WaitingReport[]> {
    return this.database.prisma.$queryRaw<WaitingReport[]>`
      SELECT id, provider, delivery_id AS "deliveryId", status, code, reason, address_dead AS "addressDead", reported_at AS "reportedAt"
      FROM delivery_report WHERE applied_at IS NULL ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
  }

  async markApplied(ids: readonly bigint[], at: Date): Promise<void> {
    await this.database.prisma.deliveryReport.updateMany({ where: { id: { in: [...ids] } }, data: { appliedAt: at } });
  }
}

/** PostgreSQL keeps no NUL, and no person reads control characters. */
export function storable(text: string, longest: number): string {
  return text.replace(/\p{Cc}+/gu, ' ').slice(0, longest);
}
