import { Injectable } from '@nestjs/common';
import { type PublicationPolicy, readPolicy } from '../domain/sending/channel-policy.js';
import type { SecrecyLevel } from '../domain/issue/secrecy.js';
import { Database, jsonColumn } from '../platform/database.js';

export interface StoredPublication {
  id: string;
  name: string;
  issuer: string;
  /** 密级 of an issue that bears no mark. */
  defaultLevel: SecrecyLevel;
  policy: PublicationPolicy;
}

const columns = {
  id: true,
  name: true,
  issuer: true,
  defaultLevel: true,
  policy: true,
  asksAcknowledgement: true,
  maxReminders: true,
} as const;

interface Row {
  id: string;
  name: string;
  issuer: string;
  defaultLevel: string;
  policy: unknown;
  asksAcknowledgement: boolean;
  maxReminders: number;
}

@Injectable()
export class PublicationRepository {
  constructor(private readonly database: Database) {}

  async listPublications(): Promise<StoredPublication[]> {
    const rows = await this.database.prisma.publication.findMany({ select: columns, orderBy: { name: 'asc' } });
    return rows.map(fromRow);
  }

  async loadPublication(publicationId: string): Promise<StoredPublication | null> {
    const row = await this.database.prisma.publication.findUnique({ where: { id: publicationId }, select: columns });
    return row && fromRow(row);
  }

  async ofIssue(issueId: string): Promise<StoredPublication> {
    const { publication } = await this.database.prisma.issue.findUniqueOrThrow({
      where: { id: issueId },
      select: { publication: { select: columns } },
    });
    return fromRow(publication);
  }

  async savePolicy(publicationId: string, policy: PublicationPolicy): Promise<void> {
    const { asksAcknowledgement, maxReminders, ...rest } = policy;
    await this.database.prisma.publication.update({
      where: { id: publicationId },
      data: { policy: jsonColumn(rest), asksAcknowledgement, maxReminders },
    });
  }
}

function fromRow({ policy, asksAcknowledgement, maxReminders, defaultLevel, ...row }: Row): StoredPublication {
  return {
    ...row,
    defaultLevel: defaultLevel as SecrecyLevel,
    policy: { ...readPolicy(policy), asksAcknowledgement, maxReminders },
  };
}
