import { Injectable } from '@nestjs/common';
import type { SentMessage } from '../domain/sending/reply-match.js';
import { asksAcknowledgement, isStillHis, isWithdrawalNotice } from '../issues/still-wanted.repository.js';
import { Database } from '../platform/database.js';

/** A message that was sent to a number, with the copy it was about. Its own digits follow from the delivery. */
export interface MessageToNumber extends Omit<SentMessage, 'serial'> {
  deliveryId: string;
  issueId: string;
  title: string;
  copyNumber: number;
  personId: string;
  personName: string;
  unitName: string;
  postTitle: string;
}

/** What a reply by SMS may be about. */
@Injectable()
export class RepliedCopiesRepository {
  constructor(private readonly database: Database) {}

  /**
   * What an account brought to a number, or may have brought, oldest first. Tries that were refused reached nobody.
   *
   * @param lookupHash the keyed hash of the number
   */
  async messagesTo(lookupHash: string, account: string, { from, to }: { from: Date; to: Date }) {
    return this.database.prisma.$queryRaw<MessageToNumber[]>`
      SELECT d.id AS "deliveryId", d.copy_id AS "copyId", given.at AS "sentAt", ${isWithdrawalNotice()} AS "isWithdrawal",
             d.state = 'failed' AS failed, ${asksAcknowledgement()} AS asks,
             (e.withdrawn_at IS NOT NULL OR e.voided_at IS NOT NULL OR c.link_revoked_at IS NOT NULL) AS withdrawn,
             ${isStillHis} AS "isHis", c.reading, e.issue_id AS "issueId", e.content ->> 'title' AS title, c.copy_number AS "copyNumber",
             c.person_id AS "personId", c.person_name AS "personName", c.unit_name AS "unitName", c.post_title AS "postTitle"
      FROM delivery d
      JOIN LATERAL (SELECT min(a.started_at) AS at FROM attempt a
                    WHERE a.delivery_id = d.id AND a.provider = ${account}
                      AND (a.outcome IS NULL OR a.outcome IN ('accepted', 'unknown', 'settled'))) given
        ON given.at BETWEEN ${from}::timestamptz AND ${to}::timestamptz
      JOIN copy c ON c.id = d.copy_id JOIN edition e ON e.id = d.edition_id
      WHERE d.channel = 'sms' AND d.destination = ${lookupHash} ORDER BY given.at, d.id`;
  }

  /** Whose number it is in the list now. */
  async ownerOf(lookupHash: string): Promise<{ personId: string; name: string } | null> {
    const row = await this.database.prisma.contact.findUnique({
      where: { kind_lookupHash: { kind: 'sms', lookupHash } },
      select: { personId: true, person: { select: { name: true } } },
    });
    return row && { personId: row.personId, name: row.person.name };
  }
}
