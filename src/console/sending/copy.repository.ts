import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database.js';

/** One person's copy with everything that happened to it. */
@Injectable()
export class CopyRepository {
  constructor(private readonly database: Database) {}

  async loadCopy(copyId: string) {
    const copy = await this.database.prisma.copy.findUnique({
      where: { id: copyId },
      include: {
        edition: {
          select: {
            issueId: true,
            version: true,
            plannedAt: true,
            withdrawnAt: true,
            voidedAt: true,
            pausedAt: true,
            content: true,
          },
        },
        deliveries: {
          orderBy: [{ createdAt: 'asc' }, { channel: 'asc' }],
          include: { attemptRows: { orderBy: { attemptNo: 'asc' } }, recall: true },
        },
        evidence: { orderBy: { at: 'asc' } },
        signatures: {
          where: { counted: true },
          include: { sheet: { include: { scans: { omit: { sealed: true } } } } },
        },
      },
    });
    if (copy === null) return null;
    const reports = await this.database.prisma.deliveryReport.findMany({
      where: {
        deliveryId: { in: copy.deliveries.flatMap(({ id, carriedBy }) => (carriedBy ? [id, carriedBy] : [id])) },
      },
      orderBy: { reportedAt: 'asc' },
    });
    return { ...copy, reports };
  }

  async idOfDelivery(deliveryId: string): Promise<string | null> {
    const row = await this.database.prisma.delivery.findUnique({
      where: { id: deliveryId },
      select: { copyId: true },
    });
    return row?.copyId ?? null;
  }
}

export type LoadedCopy = NonNullable<Awaited<ReturnType<CopyRepository['loadCopy']>>>;
