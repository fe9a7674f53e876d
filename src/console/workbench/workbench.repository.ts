import { Injectable } from '@nestjs/common';
import type { IssueState } from '../../domain/issue/issue-state.js';
import { subscriberKind } from '../../domain/sending/subscription.js';
import { Database } from '../../platform/database.js';

/** An issue with all that the workbench says of it; numbers are those of its valid edition, subscribers left out. */
export interface WorkIssue {
  id: string;
  publicationId: string;
  publicationName: string;
  number: number | null;
  proposedNumber: number | null;
  correction: number;
  state: IssueState;
  editorId: string | null;
  reviewerId: string | null;
  /** Of the newest 退回 that is not answered. */
  sentBackBy: string | null;
  sentBackAt: Date | null;
  sentBackNote: string | null;
  editionId: string | null;
  sendAt: Date | null;
  plannedAt: Date | null;
  policy: unknown;
  copies: number;
  openedOnly: number;
  acknowledged: number;
  unreached: number;
  /** Deliveries that are still to leave, and those that nobody knows whether they did. */
  waiting: number;
  held: number;
}

/** What an office has to have before its first issue. */
export interface SetUpState {
  /** How many of 编辑, 审核, 签发 somebody holds. */
  rolesHeld: number;
  list: boolean;
  publication: boolean;
  issue: boolean;
  sent: boolean;
}

const unfinishedShown = 30;

/** The issues in hand and the newest ones that are out, and how far the office is with its set-up: one question each. */
@Injectable()
export class WorkbenchRepository {
  constructor(private readonly database: Database) {}

  /** Newest number first. Sums of the ledgers, never a look at the copies themselves. */
  async issues(sentShown: number): Promise<WorkIssue[]> {
    return this.database.prisma.$queryRaw<WorkIssue[]>`
      WITH chosen AS (
        (SELECT id FROM issue WHERE state IN ('drafting', 'reviewing', 'awaitingSignOff', 'signedOff')
         ORDER BY created_at DESC LIMIT ${unfinishedShown}::int)
        UNION ALL
        (SELECT id FROM issue WHERE state IN ('dispatched', 'archived') ORDER BY year DESC, number DESC LIMIT ${sentShown}::int)
      )
      SELECT i.id, p.id AS "publicationId", p.name AS "publicationName", i.number, i.proposed_number AS "proposedNumber", i.correction, i.state,
             i.editor_id AS "editorId", i.reviewer_id AS "reviewerId",
             b.by_name AS "sentBackBy", b.at AS "sentBackAt", b.note AS "sentBackNote",
             e.id AS "editionId", e.send_at AS "sendAt", e.planned_at AS "plannedAt", e.policy,
             COALESCE(c.copies, 0)::int AS copies, COALESCE(c.opened_only, 0)::int AS "openedOnly",
             COALESCE(c.acknowledged, 0)::int AS acknowledged, COALESCE(c.unreached, 0)::int AS unreached,
             COALESCE(d.waiting, 0)::int AS waiting, COALESCE(d.held, 0)::int AS held
      FROM chosen JOIN issue i ON i.id = chosen.id
      JOIN publication p ON p.id = i.publication_id
      LEFT JOIN edition e ON e.issue_id = i.id AND e.voided_at IS NULL AND e.corrected_at IS NULL
      LEFT JOIN LATERAL (
        SELECT sum(k.copies) AS copies, sum(k.opened_only) AS opened_only, sum(k.acknowledged) AS acknowledged, sum(k.unreached) AS unreached
        FROM copy_count k WHERE k.edition_id = e.id AND k.unit_kind <> ${subscriberKind}
      ) c ON true
      LEFT JOIN LATERAL (
        SELECT sum(n) FILTER (WHERE state IN ('planned', 'sending')) AS waiting, sum(n) FILTER (WHERE state = 'held') AS held
        FROM delivery_count WHERE edition_id = e.id
      ) d ON true
      LEFT JOIN LATERAL (
        SELECT by_name, at, note FROM send_back WHERE issue_id = i.id AND answered_at IS NULL AND i.state = 'drafting' ORDER BY at DESC LIMIT 1
      ) b ON true
      ORDER BY i.year DESC, COALESCE(i.number, i.proposed_number) DESC NULLS FIRST, i.created_at DESC`;
  }

  async setUp(): Promise<SetUpState> {
    const [row] = await this.database.prisma.$queryRaw<SetUpState[]>`
      SELECT (SELECT count(DISTINCT role)::int FROM account, unnest(roles) AS role
              WHERE disabled_at IS NULL AND role IN ('editor', 'reviewer', 'approver')) AS "rolesHeld",
             EXISTS (SELECT 1 FROM post) AS list, EXISTS (SELECT 1 FROM publication) AS publication,
             EXISTS (SELECT 1 FROM issue) AS issue, EXISTS (SELECT 1 FROM edition WHERE planned_at IS NOT NULL) AS sent`;
    return row!;
  }
}
