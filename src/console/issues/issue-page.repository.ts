import { Injectable } from '@nestjs/common';
import { type PublicationPolicy, readPolicy } from '../../domain/sending/channel-policy.js';
import type { Urgency } from '../../domain/urgency.js';
import { Database } from '../../platform/database.js';

export interface IssueSource {
  fileName: string;
  text: string;
  importedAt: Date;
}

export interface EditionRow {
  id: string;
  version: number;
  hash: string;
  /** Of its PDF; null where none is kept. */
  printHash: string | null;
  signedAt: Date;
  sendAt: Date;
  signedBy: string;
  plannedAt: Date | null;
  voidedAt: Date | null;
  withdrawnAt: Date | null;
  correctedAt: Date | null;
  urgency: Urgency;
  urgentReason: string | null;
  /** As it was when the edition was planned; null before. */
  policy: PublicationPolicy | null;
}

/** What the issue's page shows beside the issue itself. */
@Injectable()
export class IssuePageRepository {
  constructor(private readonly database: Database) {}

  async source(issueId: string): Promise<IssueSource | null> {
    const row = await this.database.prisma.issue.findUnique({
      where: { id: issueId },
      select: { sourceName: true, sourceText: true, createdAt: true },
    });
    return row && { fileName: row.sourceName, text: row.sourceText, importedAt: row.createdAt };
  }

  /** Newest first. */
  async editions(issueId: string): Promise<EditionRow[]> {
    const rows = await this.database.prisma.edition.findMany({
      where: { issueId },
      orderBy: { version: 'desc' },
      select: {
        id: true,
        version: true,
        hash: true,
        print: { select: { sha256: true } },
        signedById: true,
        signedAt: true,
        sendAt: true,
        plannedAt: true,
        voidedAt: true,
        withdrawnAt: true,
        correctedAt: true,
        urgency: true,
        urgentReason: true,
        policy: true,
      },
    });
    const names = await this.accountNames(rows.map(({ signedById }) => signedById));
    return rows.map(({ signedById, urgency, policy, print, ...row }) => ({
      ...row,
      printHash: print?.sha256 ?? null,
      policy: policy === null ? null : readPolicy(policy),
      urgency: urgency as Urgency,
      signedBy: names.get(signedById) ?? '（账号已删除）',
    }));
  }

  async accountNames(ids: readonly (string | null)[]): Promise<Map<string, string>> {
    const rows = await this.database.prisma.account.findMany({
      where: { id: { in: ids.filter((id) => id !== null) } },
      select: { id: true, name: true },
    });
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}
