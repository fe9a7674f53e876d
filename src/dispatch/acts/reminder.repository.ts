import { Injectable } from '@nestjs/common';
import { type PublicationPolicy, readPolicy } from '../../domain/sending/channel-policy.js';
import type { ChannelKind } from '../../domain/delivery.js';
import type { ReadingState } from '../../domain/reading/reading.js';
import { Database } from '../../platform/database.js';

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
  personId: string;
  /** When the last message to this person left, or will leave. */
  lastMessageAt: Date | null;
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

  /** Every reminder ever planned, cancelled ones too: it only grows. */
  async count(editionId: string): Promise<number> {
    return this.database.prisma.delivery.count({ where: { editionId, purpose: 'reminder' } });
  }

  /** Sent, live editions that are not archived, whose policy has them chased by the system, as long as somebody has not acknowledged. */
  async chased(plannedAfter: Date): Promise<{ editionId: string; policy: PublicationPolicy }[]> {
    const rows = await this.database.prisma.$queryRaw<{ editionId: string; policy: unknown }[]>`
      SELECT e.id AS "editionId", e.policy FROM edition e JOIN issue i ON i.id = e.issue_id
      WHERE i.state <> 'archived' AND e.planned_at > ${plannedAfter}::timestamptz AND e.voided_at IS NULL AND e.withdrawn_at IS NULL AND e.paused_at IS NULL
        AND e.policy ->> 'autoRemind' = 'true' AND e.policy ->> 'asksAcknowledgement' = 'true'
        AND EXISTS (SELECT 1 FROM copy c WHERE c.edition_id = e.id AND c.reading <> 'acknowledged' AND c.subscription_id IS NULL)
      ORDER BY e.planned_at`;
    return rows.map(({ editionId, policy }) => ({ editionId, policy: readPolicy(policy) }));
  }

  /** Not acknowledged, in protocol order, `take` of them after a copy number. An address that failed or was removed is no address; one still waiting counts, and one that was replaced is the new one. */
  async candidates(editionId: string, after: number, take: number): Promise<Remindable[]> {
    return this.database.prisma.$queryRaw<Remindable[]>`
      SELECT c.id AS "copyId", c.copy_number AS "copyNumber", c.person_name AS "personName", c.post_title AS "postTitle",
             c.unit_name AS "unitName", c.person_id AS "personId", c.reading,
             (SELECT max(COALESCE(m.sent_at, m.next_attempt_at)) FROM delivery m WHERE m.copy_id = c.id AND m.state <> 'cancelled') AS "lastMessageAt",
             (SELECT count(DISTINCT r.round)::int FROM delivery r WHERE r.copy_id = c.id AND r.purpose = 'reminder' AND r.state <> 'cancelled') AS "remindersSent",
             (SELECT COALESCE(max(r.round), 0)::int FROM delivery r WHERE r.copy_id = c.id AND r.purpose = 'reminder') AS "lastRound",
             COALESCE((SELECT json_agg(json_build_object('channel', d.channel, 'address', k.sealed, 'addressMasked', k.masked,
                        'mailDomain', k.mail_domain, 'contactId', k.id))
               FROM delivery d JOIN contact k ON k.id = d.contact_id WHERE d.copy_id = c.id AND d.purpose = 'initial' AND d.state IN ('sent', 'delivered', 'sending', 'planned')), '[]') AS addresses
      FROM copy c WHERE c.edition_id = ${editionId}::uuid AND c.reading <> 'acknowledged' AND c.subscription_id IS NULL AND c.copy_number > ${after}::int
      ORDER BY c.copy_number LIMIT ${take}::int`;
  }
}
