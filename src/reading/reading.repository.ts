import { Injectable } from '@nestjs/common';
import { needlessOfAcknowledged } from '../dispatch/rows/delivery.repository.js';
import type { EditionContent } from '../domain/issue/edition.js';
import type { PressProof } from '../domain/reading/press.js';
import type { AcknowledgeVia, ReadingState } from '../domain/reading/reading.js';
import type { SecrecyLevel } from '../domain/issue/secrecy.js';
import { Prisma } from '../generated/prisma/client.js';
import { asksAcknowledgement } from '../issues/still-wanted.repository.js';
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
  /** What its code follows from. */
  codeNonce: string;
  linkExpiresAt: Date;
  linkRevokedAt: Date | null;
  reading: ReadingState;
  openedAt: Date | null;
  acknowledgedAt: Date | null;
  acknowledgedVia: AcknowledgeVia | null;
  onBehalfBy: string | null;
  level: SecrecyLevel;
  withdrawnAt: Date | null;
  /** As the policy was when the edition was planned. A subscriber reads because he wants to: nothing is asked of him. */
  asksAcknowledgement: boolean;
  /** The person's stored wish. */
  largeType: boolean;
}

type Key = { codeHash: string } | { id: string };

export interface Acknowledgement {
  copyId: string;
  at: Date;
  via: AcknowledgeVia;
  onBehalfBy: string | null;
  note: string | null;
  /** Of a press on the page. */
  proof?: PressProof | null;
}

/** What somebody left who may not have been the recipient. */
type Trace = 'fetched' | 'machine' | 'otherMember';

/** Evidence kept of one kind for one copy. */
const MOST_OF_A_KIND = 20;

@Injectable()
export class ReadingRepository {
  constructor(private readonly database: Database) {}

  async find(by: Key): Promise<ReadableCopy | null> {
    const rows = await this.database.prisma.$queryRaw<ReadableCopy[]>`${copyWhere(which(by))}`;
    return rows[0] ?? null;
  }

  /** The copies behind links, in the order asked for. */
  async behind(tokenHashes: readonly string[]): Promise<(ReadableCopy | null)[]> {
    const rows = await this.database.prisma.$queryRaw<(ReadableCopy & { tokenHash: string })[]>`
      ${copyWhere(Prisma.sql`c.token_hash = ANY(${tokenHashes}::text[])`)}`;
    const byHash = new Map(rows.map((row) => [row.tokenHash, row]));
    return tokenHashes.map((hash) => byHash.get(hash) ?? null);
  }

  /** The text, which is large: asked for by pages only. */
  async content(editionId: string): Promise<EditionContent> {
    const { content } = await this.database.prisma.edition.findUniqueOrThrow({
      where: { id: editionId },
      select: { content: true },
    });
    return content as unknown as EditionContent;
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

  /** What may have been a machine or another person, or was one. */
  async keepTrace(copyId: string, kind: Trace, at: Date): Promise<void> {
    await this.database.prisma.$executeRaw`
      INSERT INTO reading_evidence (copy_id, kind, at, via)
      SELECT ${copyId}::uuid, ${kind}, ${at}::timestamptz, 'page'
      WHERE ${fewSoFar(Prisma.sql`${copyId}::uuid`, kind)}`;
  }

  /** @param forget marks older than this say nothing any more */
  async keepDecoyed(mark: string, at: Date, forget: Date): Promise<void> {
    const { decoyedPage } = this.database.prisma;
    await decoyedPage.deleteMany({ where: { at: { lt: forget } } });
    await decoyedPage.createMany({ data: [{ mark, at }], skipDuplicates: true });
  }

  /** Which of these pages were, in the order asked for. */
  async decoyed(marks: readonly string[]): Promise<boolean[]> {
    const rows = await this.database.prisma.decoyedPage.findMany({ where: { mark: { in: [...marks] } } });
    const found = new Set(rows.map(({ mark }) => mark));
    return marks.map((mark) => found.has(mark));
  }

  /** Only unread becomes opened; the first time counts, and is the one that is kept. */
  async markOpened(pressed: readonly { copyId: string; at: Date }[]): Promise<void> {
    await this.database.prisma.$executeRaw`
      WITH ${pressedOnce(pressed)}, opened AS (
        UPDATE copy c SET reading = 'opened', opened_at = p.at FROM pressed p WHERE c.id = p.id AND c.reading = 'unread'
        RETURNING c.id, c.opened_at
      )
      INSERT INTO reading_evidence (copy_id, kind, at, via) SELECT id, 'opened', opened_at, 'page' FROM opened`;
  }

  /** Whether exactly this is on record; locks the copy, so that of two who ask at once the second sees what the first did. */
  async saidOnBehalf(copyId: string, said: { via: string; by: string; note: string | null }): Promise<boolean> {
    await this.database.prisma.$executeRaw`SELECT 1 FROM copy WHERE id = ${copyId}::uuid FOR UPDATE`;
    const known = await this.database.prisma.readingEvidence.findFirst({
      where: { copyId, kind: 'acknowledged', ...said },
      select: { copyId: true },
    });
    return known !== null;
  }

  /**
   * One statement for any number of presses, harmless to repeat. The first acknowledgement of a copy counts, later ones are kept
   * as evidence. What has lost its reason with it does not leave any more.
   */
  async acknowledge(pressed: readonly Acknowledgement[]): Promise<void> {
    // Deliveries are taken before copies, as all who take both do: a dispatch that is being cancelled would wait in a ring with us.
    const { lock, cancel } = needlessOfAcknowledged;
    await this.database.prisma.$executeRaw`
      WITH ${pressedOnce(pressed, lock, Prisma.sql`AND (SELECT count(*) FROM needless) >= 0`)}, kept AS (
        INSERT INTO reading_evidence (copy_id, kind, at, via, by, note, proof)
        SELECT id, 'acknowledged', at, via, "onBehalfBy", note, proof FROM pressed p
        WHERE ${fewSoFar(Prisma.sql`p.id`, 'acknowledged')}
          AND NOT EXISTS (SELECT 1 FROM reading_evidence e WHERE e.copy_id = p.id AND e.kind = 'acknowledged' AND e.at = p.at AND e.via = p.via)
      ), first AS (
        UPDATE copy c SET reading = 'acknowledged', acknowledged_at = p.at, acknowledged_via = p.via, on_behalf_by = p."onBehalfBy"
        FROM pressed p WHERE c.id = p.id AND c.reading <> 'acknowledged' RETURNING c.id
      )
      ${cancel}`;
  }
}

/**
 * `pressed`: each copy once, its row locked, in one order, so that two processes with the same copies do not block each other.
 *
 * @param before what is to be locked before them, and the condition that makes the copies wait for it
 */
function pressedOnce(
  pressed: readonly { copyId: string }[],
  before = Prisma.empty,
  condition = Prisma.empty,
): Prisma.Sql {
  return Prisma.sql`asked AS (
        SELECT DISTINCT ON ("copyId") * FROM json_to_recordset(${JSON.stringify(pressed)}::json)
          AS r("copyId" uuid, at timestamptz, via text, "onBehalfBy" text, note text, proof jsonb) ORDER BY "copyId", at
      ), ${before}locked AS (
        SELECT id FROM copy WHERE id IN (SELECT "copyId" FROM asked) ${condition} ORDER BY id FOR UPDATE
      ), pressed AS (
        SELECT l.id, a.* FROM locked l JOIN asked a ON a."copyId" = l.id
      )`;
}

/** The first few of a kind say all there is to say; nobody can fill the table by pressing a button. */
const fewSoFar = (copyId: Prisma.Sql, kind: Trace | 'acknowledged'): Prisma.Sql =>
  Prisma.sql`(SELECT count(*) FROM reading_evidence e WHERE e.copy_id = ${copyId} AND e.kind = ${kind}) < ${MOST_OF_A_KIND}::int`;

/** One question for the copy and what it needs of its edition: every press and every page asks it. */
function copyWhere(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
      SELECT c.id AS "copyId", c.token_hash AS "tokenHash", c.subscription_id AS "subscriptionId", c.edition_id AS "editionId", c.person_id AS "personId",
             e.issue_id AS "issueId", c.copy_number AS "copyNumber", c.person_name AS "personName", c.post_title AS "postTitle",
             c.unit_name AS "unitName", c.liaison, c.acting, c.link_nonce AS "linkNonce", COALESCE(c.code_nonce, c.link_nonce) AS "codeNonce", c.link_expires_at AS "linkExpiresAt",
             c.link_revoked_at AS "linkRevokedAt", c.reading, c.opened_at AS "openedAt", c.acknowledged_at AS "acknowledgedAt",
             c.acknowledged_via AS "acknowledgedVia", c.on_behalf_by AS "onBehalfBy", e.level,
             e.withdrawn_at AS "withdrawnAt", ${asksAcknowledgement()} AS "asksAcknowledgement",
             COALESCE(w.large_type, false) AS "largeType"
      FROM copy c JOIN edition e ON e.id = c.edition_id
        LEFT JOIN preference w ON w.person_id = c.person_id
      WHERE ${condition}`;
}

function which(by: Key): Prisma.Sql {
  return 'codeHash' in by ? Prisma.sql`c.code_hash = ${by.codeHash}` : Prisma.sql`c.id = ${by.id}::uuid`;
}
