import { Injectable } from '@nestjs/common';
import type { EditionContent } from '../domain/edition.js';
import type { AcknowledgeVia, EvidenceKind, ReadingState } from '../domain/reading.js';
import type { SecrecyLevel } from '../domain/secrecy.js';
import { Prisma } from '../generated/prisma/client.js';
import { Database } from '../platform/database.js';

export interface ReadableCopy {
  copyId: string;
  subscriptionId: string | null;
  editionId: string;
  personId: string;
  issueId: string;
  copyNumber: number;
  personName: string;
  postTitle: string;
  unitName: string;
  liaison: string | null;
  acting: boolean;
  linkNonce: string;
  linkExpiresAt: Date;
  linkRevokedAt: Date | null;
  reading: ReadingState;
  openedAt: Date | null;
  acknowledgedAt: Date | null;
  acknowledgedVia: AcknowledgeVia | null;
  onBehalfBy: string | null;
  level: SecrecyLevel;
  content: EditionContent;
  withdrawnAt: Date | null;
  /** A subscriber reads because he wants to: nothing is asked of him. */
  asksAcknowledgement: boolean;
}

export interface NewEvidence {
  copyId: string;
  kind: EvidenceKind;
  at: Date;
  via: string;
  by: string | null;
  note: string | null;
}

/** Evidence kept of one kind for one copy. */
const MOST_OF_A_KIND = 20;

@Injectable()
export class ReadingRepository {
  constructor(private readonly database: Database) {}

  /** One question for the copy and its edition: every press and every page asks it. */
  async find(by: { tokenHash: string } | { codeHash: string } | { id: string }): Promise<ReadableCopy | null> {
    const rows = await this.database.prisma.$queryRaw<ReadableCopy[]>`
      SELECT c.id AS "copyId", c.subscription_id AS "subscriptionId", c.edition_id AS "editionId", c.person_id AS "personId",
             e.issue_id AS "issueId", c.copy_number AS "copyNumber", c.person_name AS "personName", c.post_title AS "postTitle",
             c.unit_name AS "unitName", c.liaison, c.acting, c.link_nonce AS "linkNonce", c.link_expires_at AS "linkExpiresAt",
             c.link_revoked_at AS "linkRevokedAt", c.reading, c.opened_at AS "openedAt", c.acknowledged_at AS "acknowledgedAt",
             c.acknowledged_via AS "acknowledgedVia", c.on_behalf_by AS "onBehalfBy", e.level, e.content,
             e.withdrawn_at AS "withdrawnAt", p.asks_acknowledgement AND c.subscription_id IS NULL AS "asksAcknowledgement"
      FROM copy c JOIN edition e ON e.id = c.edition_id JOIN issue i ON i.id = e.issue_id JOIN publication p ON p.id = i.publication_id
      WHERE ${which(by)}`;
    return rows[0] ?? null;
  }

  /** The edition that took a withdrawn one's place and has gone out, and the same person's copy of it, if there is one. */
  async correctionOf(copy: ReadableCopy): Promise<{ copyId: string | null; linkNonce: string | null } | null> {
    const edition = await this.database.prisma.edition.findFirst({
      where: { issueId: copy.issueId, voidedAt: null, withdrawnAt: null, plannedAt: { not: null } },
      orderBy: { version: 'desc' },
      select: {
        copies: { where: { personId: copy.personId, linkRevokedAt: null }, select: { id: true, linkNonce: true } },
      },
    });
    if (!edition) return null;
    const own = edition.copies[0];
    return { copyId: own?.id ?? null, linkNonce: own?.linkNonce ?? null };
  }

  /** The first few of a kind say all there is to say; nobody can fill the table by pressing a button. */
  async keepEvidence({ copyId, kind, at, via, by, note }: NewEvidence): Promise<void> {
    await this.database.prisma.$executeRaw`
      INSERT INTO reading_evidence (copy_id, kind, at, via, by, note)
      SELECT ${copyId}::uuid, ${kind}, ${at}::timestamptz, ${via}, ${by}, ${note}
      WHERE (SELECT count(*) FROM reading_evidence WHERE copy_id = ${copyId}::uuid AND kind = ${kind}) < ${MOST_OF_A_KIND}::int`;
  }

  /** Only unread becomes opened; the first time counts. */
  async markOpened(copyId: string, at: Date): Promise<boolean> {
    const { count } = await this.database.prisma.copy.updateMany({
      where: { id: copyId, reading: 'unread' },
      data: { reading: 'opened', openedAt: at },
    });
    return count === 1;
  }

  /** The first acknowledgement counts. False when there was one already. */
  async markAcknowledged(copyId: string, at: Date, via: AcknowledgeVia, onBehalfBy: string | null): Promise<boolean> {
    const { count } = await this.database.prisma.copy.updateMany({
      where: { id: copyId, reading: { not: 'acknowledged' } },
      data: { reading: 'acknowledged', acknowledgedAt: at, acknowledgedVia: via, onBehalfBy },
    });
    return count === 1;
  }

  /** Reminders and further rungs of this person's ladder that have not left yet have lost their reason. */
  async cancelWaitingReminders(copyId: string): Promise<void> {
    await this.database.prisma.delivery.updateMany({
      where: { copyId, state: 'planned', OR: [{ purpose: 'reminder' }, { step: { gt: 0 } }] },
      data: { state: 'cancelled', reason: '已签收，不再发送' },
    });
  }
}

function which(by: { tokenHash: string } | { codeHash: string } | { id: string }): Prisma.Sql {
  if ('tokenHash' in by) return Prisma.sql`c.token_hash = ${by.tokenHash}`;
  return 'codeHash' in by ? Prisma.sql`c.code_hash = ${by.codeHash}` : Prisma.sql`c.id = ${by.id}::uuid`;
}
