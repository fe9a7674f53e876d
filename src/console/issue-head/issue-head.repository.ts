import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { DomainError } from '../../domain/errors/errors.js';
import { subscriberKind } from '../../domain/sending/subscription.js';
import { levelInForceOf } from '../../issues/issue.repository.js';
import { Database } from '../../platform/database.js';
import { type HeadFacts, type HeadTab, type IssueHead, issueHead } from './issue-head-view.js';

/** The head of an issue's pages, with one question to the database. */
@Injectable()
export class IssueHeadRepository {
  constructor(private readonly database: Database) {}

  /** @throws DomainError issue.notFound */
  async headOf(issueId: string, actor: Actor, tab: HeadTab): Promise<IssueHead> {
    const [facts] = await this.database.prisma.$queryRaw<HeadFacts[]>`
      SELECT i.id, i.revision, p.id AS "publicationId", p.name AS "publicationName", i.number, i.proposed_number AS "proposedNumber", i.correction, i.state,
             ${levelInForceOf('i')} AS level, i.urgency, i.editor_id AS "editorId", i.reviewer_id AS "reviewerId",
             e.id IS NOT NULL AS signed, e.planned_at AS "plannedAt", e.policy,
             (SELECT COALESCE(sum(k.copies), 0)::int FROM copy_count k
              WHERE k.edition_id = e.id AND k.unit_kind <> ${subscriberKind}) AS copies,
             (SELECT COALESCE(sum(k.acknowledged), 0)::int FROM copy_count k
              WHERE k.edition_id = e.id AND k.unit_kind <> ${subscriberKind}) AS acknowledged,
             (SELECT COALESCE(sum(n), 0)::int FROM delivery_count
              WHERE edition_id = e.id AND state IN ('planned', 'sending')) AS waiting
      FROM issue i JOIN publication p ON p.id = i.publication_id
      LEFT JOIN edition e ON e.issue_id = i.id AND e.voided_at IS NULL AND e.corrected_at IS NULL
      WHERE i.id = ${issueId}::uuid`;
    if (facts === undefined) throw new DomainError('issue.notFound');
    return issueHead(facts, actor, tab);
  }
}
