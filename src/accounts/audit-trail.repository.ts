import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';

export interface AuditRow {
  id: bigint;
  at: Date;
  /** Account id or a word such as `system`. */
  actor: string;
  action: string;
  subject: string;
  detail: Record<string, unknown>;
}

export interface AuditFilter {
  /** Start of the subject, e.g. `issue:`; empty for all. */
  subject: string;
  /** Empty for all. */
  actor: string;
  /** Only entries older than this one. */
  before: bigint | null;
}

/** The audit trail for reading; platform/audit.ts writes it. */
@Injectable()
export class AuditTrail {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async newest({ subject, actor, before }: AuditFilter, count: number): Promise<AuditRow[]> {
    const rows = await this.database.prisma.auditEntry.findMany({
      where: {
        subject: subject === '' ? undefined : { startsWith: subject },
        actor: actor || undefined,
        id: before === null ? undefined : { lt: before },
      },
      orderBy: { id: 'desc' },
      take: count,
    });
    return rows.map((row) => ({ ...row, detail: row.detail as Record<string, unknown> }));
  }
}
