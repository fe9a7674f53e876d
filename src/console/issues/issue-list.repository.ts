import { Injectable } from '@nestjs/common';
import type { IssueState } from '../../domain/issue/issue-state.js';
import type { SecrecyLevel } from '../../domain/issue/secrecy.js';
import type { Urgency } from '../../domain/urgency.js';
import { subscriberKind } from '../../domain/sending/subscription.js';
import { Prisma } from '../../generated/prisma/client.js';
import { levelInForceOf } from '../../issues/issue.repository.js';
import { Database } from '../../platform/database.js';

export interface ListedIssue {
  id: string;
  publication: string;
  year: number;
  number: number | null;
  issuedOn: string | null;
  state: IssueState;
  level: SecrecyLevel;
  urgency: Urgency;
  correction: number;
  firstHeadline: string | null;
  items: number;
  copies: number;
  acknowledged: number;
  /** Why it was sent back, as long as it has not been sent for review again. */
  sentBack: string | null;
}

export interface SentBackIssue {
  id: string;
  publication: string;
  number: number | null;
  correction: number;
  who: string;
  at: Date;
  note: string;
}

export interface IssueFilter {
  year: number | null;
  state: IssueState | null;
}

@Injectable()
export class IssueListRepository {
  constructor(private readonly database: Database) {}

  /** Newest number first; what has no number yet stands on top. Copies are those of the valid edition. */
  async page(filter: IssueFilter, take: number, skip: number): Promise<ListedIssue[]> {
    return this.database.prisma.$queryRaw<ListedIssue[]>`
      SELECT i.id, p.name AS publication, i.year, COALESCE(i.number, i.proposed_number) AS number, i.issued_on::text AS "issuedOn",
             i.state, ${levelInForceOf('i')} AS level, i.urgency, i.correction,
             (SELECT it.headline FROM section s JOIN item it ON it.section_id = s.id WHERE s.issue_id = i.id AND it.headline IS NOT NULL
              ORDER BY s.position, it.position LIMIT 1) AS "firstHeadline",
             (SELECT count(*)::int FROM section s JOIN item it ON it.section_id = s.id WHERE s.issue_id = i.id) AS items,
             (SELECT b.by_name || '：' || b.note FROM send_back b WHERE b.issue_id = i.id AND b.answered_at IS NULL AND i.state = 'drafting'
              ORDER BY b.at DESC LIMIT 1) AS "sentBack",
             COALESCE(c.copies, 0)::int AS copies, COALESCE(c.acknowledged, 0)::int AS acknowledged
      FROM issue i
      JOIN publication p ON p.id = i.publication_id
      LEFT JOIN LATERAL (
        SELECT sum(k.copies) AS copies, sum(k.acknowledged) AS acknowledged
        FROM edition e JOIN copy_count k ON k.edition_id = e.id
        WHERE e.issue_id = i.id AND e.voided_at IS NULL AND e.corrected_at IS NULL AND k.unit_kind <> ${subscriberKind}
      ) c ON true
      WHERE ${where(filter)}
      ORDER BY (i.number IS NULL) DESC, i.year DESC, COALESCE(i.number, i.proposed_number) DESC NULLS FIRST, i.created_at DESC
      LIMIT ${take} OFFSET ${skip}`;
  }

  /** Issues whose editors have something to answer, the longest waiting first. */
  async sentBack(take: number): Promise<SentBackIssue[]> {
    return this.database.prisma.$queryRaw<SentBackIssue[]>`
      SELECT * FROM (SELECT DISTINCT ON (i.id) i.id, p.name AS publication, COALESCE(i.number, i.proposed_number) AS number, i.correction,
             b.by_name AS who, b.at, b.note
      FROM send_back b JOIN issue i ON i.id = b.issue_id JOIN publication p ON p.id = i.publication_id
      WHERE b.answered_at IS NULL AND i.state = 'drafting' ORDER BY i.id, b.at DESC) newest
      ORDER BY at LIMIT ${take}`;
  }

  async count(filter: IssueFilter): Promise<number> {
    const { prisma } = this.database;
    const rows = await prisma.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM issue i WHERE ${where(filter)}`;
    return rows[0]?.n ?? 0;
  }

  async years(): Promise<number[]> {
    const rows = await this.database.prisma.issue.groupBy({ by: ['year'], orderBy: { year: 'desc' } });
    return rows.map(({ year }) => year);
  }
}

function where({ year, state }: IssueFilter): Prisma.Sql {
  return Prisma.sql`(${year}::int IS NULL OR i.year = ${year}::int) AND (${state}::text IS NULL OR i.state = ${state}::text)`;
}
