import { Injectable } from '@nestjs/common';
import type { DeliveryReport } from '../domain/delivery.js';
import { Database } from '../platform/database.js';

export interface WaitingReport extends DeliveryReport {
  id: bigint;
}

/** What providers told us, kept before it is acted on: a report is answered for only once it is on disk. */
@Injectable()
export class ReportRepository {
  constructor(private readonly database: Database) {}

  /** The same news twice is one row. Returns how many were new. */
  async keep(reports: readonly DeliveryReport[]): Promise<number> {
    if (reports.length === 0) return 0;
    const column = <T>(pick: (report: DeliveryReport) => T) => reports.map(pick);
    return this.database.prisma.$executeRaw`
      INSERT INTO delivery_report (provider, delivery_id, status, code, reason, address_dead, reported_at)
      SELECT * FROM unnest(${column((r) => r.provider)}::text[], ${column((r) => r.deliveryId)}::uuid[], ${column((r) => r.status)}::text[],
        ${column((r) => r.code.slice(0, 100))}::text[], ${column((r) => r.reason.slice(0, 500))}::text[],
        ${column((r) => r.addressDead ?? null)}::boolean[], ${column((r) => r.reportedAt)}::timestamptz[])
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
