import { Injectable } from '@nestjs/common';
import type { AcknowledgeVia, ReadingState } from '../domain/reading/reading.js';
import type { ScopeEntry } from '../domain/scope/scope.js';
import { Database } from '../platform/database.js';
import { isWithdrawalNotice, mayHaveArrived } from './still-wanted.repository.js';

/** One message that may have brought the text, and what became of the notice that took it back. */
export interface BroughtBy {
  channel: string;
  purpose: string;
  state: string;
  addressMasked: string;
  sentAt: string | null;
  deliveredAt: string | null;
}

/** Somebody who may have the text of an edition. */
export interface TextHolder {
  copyId: string;
  copyNumber: number;
  personName: string;
  postTitle: string;
  unitName: string;
  reading: ReadingState;
  openedAt: Date | null;
  acknowledgedAt: Date | null;
  acknowledgedVia: AcknowledgeVia | null;
  onBehalfBy: string | null;
  brought: BroughtBy[];
  notices: { channel: string; state: string }[];
}

/** Who had, or may have had, a text that was withdrawn. */
@Injectable()
export class TextHolderRepository {
  constructor(private readonly database: Database) {}

  /** In protocol order, which the copy numbers follow. */
  async holdersOf(editionId: string): Promise<TextHolder[]> {
    return this.database.prisma.$queryRaw<TextHolder[]>`
      SELECT c.id AS "copyId", c.copy_number AS "copyNumber", c.person_name AS "personName", c.post_title AS "postTitle",
             c.unit_name AS "unitName", c.reading, c.opened_at AS "openedAt", c.acknowledged_at AS "acknowledgedAt",
             c.acknowledged_via AS "acknowledgedVia", c.on_behalf_by AS "onBehalfBy",
             COALESCE(b.brought, '[]') AS brought, COALESCE(n.notices, '[]') AS notices
      FROM copy c
      LEFT JOIN LATERAL (
        SELECT json_agg(json_build_object('channel', d.channel, 'purpose', d.purpose, 'state', d.state, 'addressMasked', d.address_masked,
          'sentAt', d.sent_at, 'deliveredAt', d.delivered_at) ORDER BY d.created_at, d.channel) AS brought
        FROM delivery d WHERE d.copy_id = c.id AND ${mayHaveArrived}
      ) b ON true
      LEFT JOIN LATERAL (
        SELECT json_agg(json_build_object('channel', d.channel, 'state', d.state) ORDER BY d.channel) AS notices
        FROM delivery d WHERE d.copy_id = c.id AND ${isWithdrawalNotice()}
      ) n ON true
      WHERE c.edition_id = ${editionId}::uuid AND (b.brought IS NOT NULL OR c.reading <> 'unread')
      ORDER BY c.copy_number`;
  }

  /** Everybody who may have any withdrawn text of the issue, once, with the post they last had it in. */
  async peopleOf(issueId: string): Promise<Omit<ScopeEntry, 'groups'>[]> {
    return this.database.prisma.$queryRaw<Omit<ScopeEntry, 'groups'>[]>`
      SELECT DISTINCT ON (c.person_id) c.person_id AS "personId", c.person_name AS name, c.post_id AS "postId", c.post_title AS "postTitle",
             c.unit_name AS "unitName", c.unit_kind AS "unitKind", c.protocol_order AS "protocolOrder", c.acting, c.liaison,
             CASE WHEN s.id IS NOT NULL THEN json_build_object('id', s.id, 'channel', s.channel) END AS subscription
      FROM copy c JOIN edition e ON e.id = c.edition_id LEFT JOIN subscription s ON s.id = c.subscription_id
      WHERE e.issue_id = ${issueId}::uuid AND e.withdrawn_at IS NOT NULL
        AND (c.reading <> 'unread' OR EXISTS (SELECT 1 FROM delivery d WHERE d.copy_id = c.id AND ${mayHaveArrived}))
      ORDER BY c.person_id, e.version DESC`;
  }
}
