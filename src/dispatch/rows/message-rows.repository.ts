import { Injectable } from '@nestjs/common';
import { recallDays } from '../../domain/people/contact-address.js';
import { Prisma } from '../../generated/prisma/client.js';
import { bringsTheIssue } from '../../issues/still-wanted.repository.js';
import { MessageRows } from '../../organisation/message-rows.js';
import { Database } from '../../platform/database.js';

/** What other rooms have done to messages, and the wording that goes with it. */
@Injectable()
export class MessageRowsRepository extends MessageRows {
  constructor(private readonly database: Database) {
    super();
  }

  async forgetRemovedAddresses(now: Date, personId?: string): Promise<void> {
    const { prisma } = this.database;
    const whose = personId === undefined ? Prisma.empty : Prisma.sql`AND c.person_id = ${personId}::uuid`;
    await prisma.$executeRaw`DELETE FROM recall_address WHERE kept_until <= ${now}::timestamptz`;
    await prisma.$executeRaw`
      WITH old AS (
        SELECT d.id, d.address, d.mail_domain, k.id IS NULL AS removed,
               COALESCE(d.sent_at, d.created_at) + ${recallDays} * interval '1 day' AS kept_until,
               ${bringsTheIssue()} AND d.attempt_no > 0 AS may_have_arrived
        FROM delivery d JOIN copy c ON c.id = d.copy_id
        LEFT JOIN contact k ON k.id = d.contact_id
        WHERE d.address <> '' ${whose} AND d.state IN ('sent', 'delivered', 'failed', 'cancelled')
          AND (k.id IS NULL OR (k.sealed <> d.address AND k.masked <> d.address_masked))
      ), kept AS (
        INSERT INTO recall_address (delivery_id, sealed, mail_domain, kept_until)
        SELECT id, address, mail_domain, kept_until FROM old WHERE may_have_arrived AND kept_until > ${now}::timestamptz
        ON CONFLICT (delivery_id) DO NOTHING
      )
      UPDATE delivery d SET address = '', mail_domain = NULL, address_masked = CASE WHEN old.removed THEN '已清除' ELSE d.address_masked END
      FROM old WHERE d.id = old.id`;
    // A step that was taken, or will never be because the copy was read.
    await prisma.$executeRaw`
      UPDATE delivery_rung r SET address = '', address_masked = '已清除', mail_domain = NULL
      FROM copy c
      WHERE r.copy_id = c.id ${whose} AND r.address <> '' AND (r.taken_at IS NOT NULL OR c.reading <> 'unread')
        AND NOT EXISTS (SELECT 1 FROM contact k WHERE k.id = r.contact_id)`;
  }

  async cancelOfSubscription(subscriptionId: string): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE delivery d SET state = 'cancelled', reason = ${unsubscribed} FROM copy c
      WHERE d.copy_id = c.id AND c.subscription_id = ${subscriptionId}::uuid AND d.state = 'planned' AND ${bringsTheIssue()}`;
  }

  async cancelOfEndedSubscriptions(): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE delivery d SET state = 'cancelled', reason = ${unsubscribed}
      FROM subscription s JOIN copy c ON c.subscription_id = s.id
      WHERE d.copy_id = c.id AND d.state = 'planned' AND ${bringsTheIssue()} AND s.state <> 'active'`;
  }

  async takeBack(issueId: string, at: Date): Promise<void> {
    const { prisma } = this.database;
    const open = Prisma.sql`e.issue_id = ${issueId}::uuid AND d.state IN ('planned', 'held', 'sending') AND ${bringsTheIssue()}`;
    // Deliveries before copies, and in one order: as the workers that are sending them do.
    await prisma.$executeRaw`
      SELECT 1 FROM delivery d JOIN edition e ON e.id = d.edition_id WHERE ${open} ORDER BY d.id FOR NO KEY UPDATE OF d`;
    await prisma.copy.updateMany({ where: { edition: { issueId }, linkRevokedAt: null }, data: { linkRevokedAt: at } });
    await prisma.$executeRaw`
      UPDATE delivery d SET given_up = true, reason = CASE WHEN d.state = 'sending' THEN d.reason ELSE ${withdrawnReason} END,
                            state = CASE WHEN d.state = 'sending' THEN d.state ELSE 'cancelled' END
      FROM edition e WHERE e.id = d.edition_id AND ${open}`;
  }
}

const unsubscribed = '已退订';
export const withdrawnReason = '本期已撤回';
