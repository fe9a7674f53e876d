import { Injectable } from '@nestjs/common';
import { type PublicationPolicy, readPolicy } from '../domain/sending/channel-policy.js';
import type { IssueState } from '../domain/issue/issue-state.js';
import type { SecrecyLevel } from '../domain/issue/secrecy.js';
import { Spellings } from '../domain/text/same-text.js';
import { Prisma } from '../generated/prisma/client.js';
import { mayBeOneOf } from '../platform/alike.repository.js';
import { Database, jsonColumn } from '../platform/database.js';

export interface StoredPublication {
  id: string;
  name: string;
  issuer: string;
  /** 密级 of an issue that bears no mark. */
  defaultLevel: SecrecyLevel;
  /** 发送范围 of an issue whose file names nobody. */
  defaultScope: string | null;
  policy: PublicationPolicy;
}

export type PublicationFacts = Pick<StoredPublication, 'issuer' | 'defaultLevel' | 'defaultScope'>;

/** An issue as the year of its publication shows it. */
export interface NumberedIssue {
  id: string;
  kind: string;
  /** Taken at sign-off; before that as printed. */
  number: number | null;
  taken: boolean;
  /** `yyyy-mm-dd` */
  issuedOn: string | null;
  state: IssueState;
}

const columns = {
  id: true,
  name: true,
  issuer: true,
  defaultLevel: true,
  defaultScope: true,
  policy: true,
  asksAcknowledgement: true,
  maxReminders: true,
} as const;

interface Row {
  id: string;
  name: string;
  issuer: string;
  defaultLevel: string;
  defaultScope: string | null;
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

  /** The name of a publication that looks the same, or the name itself where there is none. */
  async spelled(name: string): Promise<string> {
    const known = await this.database.prisma.$queryRaw<{ name: string }[]>`
      SELECT name FROM publication WHERE ${mayBeOneOf(Prisma.sql`name`, [name])} ORDER BY name`;
    return new Spellings(known.map((row) => row.name)).of(name);
  }

  /**
   * The publication of this name, or of the known one that looks the same; a new one where there is none.
   *
   * @param policy of a new one; what is absent has its default
   */
  async ensurePublication(
    name: string,
    issuer: string,
    policy: Partial<PublicationPolicy> = {},
  ): Promise<StoredPublication> {
    const spelled = await this.spelled(name);
    const row = await this.database.prisma.publication.upsert({
      where: { name: spelled },
      create: { name: spelled, issuer, policy: jsonColumn(policy) },
      update: {},
      select: columns,
    });
    return fromRow(row);
  }

  async savePolicy(publicationId: string, policy: PublicationPolicy): Promise<void> {
    const { asksAcknowledgement, maxReminders, ...rest } = policy;
    await this.database.prisma.publication.update({
      where: { id: publicationId },
      data: { policy: jsonColumn(rest), asksAcknowledgement, maxReminders },
    });
  }

  async saveFacts(publicationId: string, { issuer, defaultLevel, defaultScope }: PublicationFacts): Promise<void> {
    await this.database.prisma.publication.update({
      where: { id: publicationId },
      data: { issuer, defaultLevel, defaultScope },
    });
  }

  /** Years that have issues, newest first. */
  async yearsOf(publicationId: string): Promise<number[]> {
    const rows = await this.database.prisma.issue.groupBy({
      by: ['year'],
      where: { publicationId },
      orderBy: { year: 'desc' },
    });
    return rows.map(({ year }) => year);
  }

  async issuesOfYear(publicationId: string, year: number): Promise<NumberedIssue[]> {
    const rows = await this.database.prisma.issue.findMany({
      where: { publicationId, year },
      select: { id: true, kind: true, number: true, proposedNumber: true, issuedOn: true, state: true },
      orderBy: [{ issuedOn: 'asc' }, { number: 'asc' }],
    });
    return rows.map(({ number, proposedNumber, issuedOn, state, ...row }) => ({
      ...row,
      number: number ?? proposedNumber,
      taken: number !== null,
      issuedOn: issuedOn?.toISOString().slice(0, 10) ?? null,
      state: state as IssueState,
    }));
  }
}

function fromRow({ policy, asksAcknowledgement, maxReminders, defaultLevel, ...row }: Row): StoredPublication {
  return {
    ...row,
    defaultLevel: defaultLevel as SecrecyLevel,
    policy: { ...readPolicy(policy), asksAcknowledgement, maxReminders },
  };
}
