import { Injectable } from '@nestjs/common';
import type { ChannelKind } from '../domain/delivery.js';
import type { ReadingState } from '../domain/reading.js';
import { Database } from '../platform/database.js';

/** A copy that may be reminded, with the addresses that worked for it. */
export interface Remindable {
  copyId: string;
  copyNumber: number;
  personName: string;
  postTitle: string;
  unitName: string;
  reading: ReadingState;
  remindersSent: number;
  /** Highest round ever planned, cancelled ones too: a round is never planned twice. */
  lastRound: number;
  addresses: {
    channel: ChannelKind;
    address: string;
    addressMasked: string;
    mailDomain: string | null;
    contactId: string;
  }[];
}

@Injectable()
export class ReminderRepository {
  constructor(private readonly database: Database) {}

  async policyOf(issueId: string): Promise<{ asksAcknowledgement: boolean; maxReminders: number }> {
    const issue = await this.database.prisma.issue.findUniqueOrThrow({
      where: { id: issueId },
      select: { publication: { select: { asksAcknowledgement: true, maxReminders: true } } },
    });
    return issue.publication;
  }

  /** Not acknowledged, in protocol order, `take` of them after a copy number. An address that failed is no address; one still waiting counts. */
  async candidates(editionId: string, after: number, take: number): Promise<Remindable[]> {
    return this.database.prisma.$queryRaw<Remindable[]>`
      SELECT c.id AS "copyId", c.copy_number AS "copyNumber", c.person_name AS "personName", c.post_title AS "postTitle",
             c.unit_name AS "unitName", c.reading,
             (SELECT count(DISTINCT r.round)::int FROM delivery r WHERE r.copy_id = c.id AND r.purpose = 'reminder' AND r.state <> 'cancelled') AS "remindersSent",
             (SELECT COALESCE(max(r.round), 0)::int FROM delivery r WHERE r.copy_id = c.id AND r.purpose = 'reminder') AS "lastRound",
             COALESCE((SELECT json_agg(json_build_object('channel', d.channel, 'address', d.address, 'addressMasked', d.address_masked,
                        'mailDomain', d.mail_domain, 'contactId', d.contact_id))
               FROM delivery d WHERE d.copy_id = c.id AND d.purpose = 'initial' AND d.state IN ('sent', 'delivered', 'sending', 'planned')), '[]') AS addresses
      FROM copy c WHERE c.edition_id = ${editionId}::uuid AND c.reading <> 'acknowledged' AND c.subscription_id IS NULL AND c.copy_number > ${after}::int
      ORDER BY c.copy_number LIMIT ${take}::int`;
  }
}
