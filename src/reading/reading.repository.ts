import { Injectable } from '@nestjs/common';
import type { EditionContent } from '../domain/edition.js';
import type { AcknowledgeVia, EvidenceKind, ReadingState } from '../domain/reading.js';
import type { SecrecyLevel } from '../domain/secrecy.js';
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

  async find(by: { tokenHash: string } | { codeHash: string } | { id: string }): Promise<ReadableCopy | null> {
    const row = await this.database.prisma.copy.findUnique({
      where: by,
      include: {
        edition: {
          select: {
            issueId: true,
            level: true,
            content: true,
            withdrawnAt: true,
            issue: { select: { publication: { select: { asksAcknowledgement: true } } } },
          },
        },
      },
    });
    if (!row) return null;
    const { edition, id, ...copy } = row;
    const { issue, ...rest } = edition;
    return {
      ...copy,
      copyId: id,
      ...rest,
      // A subscriber reads because he wants to: nothing is asked of him.
      asksAcknowledgement: issue.publication.asksAcknowledgement && copy.subscriptionId === null,
    } as unknown as ReadableCopy;
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
