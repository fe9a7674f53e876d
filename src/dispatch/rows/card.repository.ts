import { Injectable } from '@nestjs/common';
import { bringsTheIssue, isStillHis } from '../../issues/still-wanted.repository.js';
import { Database } from '../../platform/database.js';

/** A message that brought the issue, whose button was pressed. */
export interface PressedCard {
  copyId: string;
  /** Sealed; empty once it is not kept any more, or is not the reader's any more. */
  address: string;
}

/** A card that is to be redrawn, of a copy that was acknowledged. */
export interface RedrawnCard {
  deliveryId: string;
  account: string;
  handle: string;
  /** Sealed. */
  address: string;
  reference: string;
  acknowledgedAt: Date;
  onBehalfBy: string | null;
}

/** A message of a withdrawn issue that is to be taken back. */
export interface RecalledMessage {
  deliveryId: string;
  account: string;
  reference: string;
}

/** What became of a message after it was sent: pressed, redrawn, taken back. Each is done at most once. */
@Injectable()
export class CardRepository {
  constructor(private readonly database: Database) {}

  /** Locks the delivery, so that of two presses on one card the second sees what the first did. */
  async lockPressed(deliveryId: string): Promise<PressedCard | null> {
    const rows = await this.database.prisma.$queryRaw<PressedCard[]>`
      SELECT d.copy_id AS "copyId", CASE WHEN ${isStillHis} THEN COALESCE(NULLIF(d.address, ''), a.sealed, '') ELSE '' END AS address
      FROM delivery d JOIN copy c ON c.id = d.copy_id LEFT JOIN recall_address a ON a.delivery_id = d.id
      WHERE d.id = ${deliveryId}::uuid AND d.channel = 'wecom' AND ${bringsTheIssue()} AND d.attempt_no > 0
      FOR NO KEY UPDATE OF d`;
    return rows[0] ?? null;
  }

  /** The answer to the press redraws it. */
  async dropHandle(deliveryId: string): Promise<void> {
    await this.database.prisma.messageHandle.deleteMany({ where: { deliveryId } });
  }

  /**
   * Takes cards whose copies were acknowledged on another way: who takes one redraws it, and nobody does so again.
   *
   * @param sentAfter older ones cannot be redrawn
   */
  async takeAcknowledged(account: string, sentAfter: Date, limit: number): Promise<RedrawnCard[]> {
    return this.database.prisma.$queryRaw<RedrawnCard[]>`
      WITH mine AS (
        SELECT h.delivery_id FROM message_handle h JOIN delivery d ON d.id = h.delivery_id JOIN copy c ON c.id = d.copy_id
          JOIN edition e ON e.id = d.edition_id
        WHERE h.account = ${account} AND h.sent_at > ${sentAfter}::timestamptz AND c.reading = 'acknowledged'
          AND e.withdrawn_at IS NULL AND d.address <> ''
        ORDER BY h.sent_at LIMIT ${limit} FOR UPDATE OF h SKIP LOCKED
      ), taken AS (
        DELETE FROM message_handle h USING mine WHERE h.delivery_id = mine.delivery_id RETURNING h.delivery_id, h.account, h.handle
      )
      SELECT d.id AS "deliveryId", t.account, t.handle, d.address, COALESCE(d.reference, '') AS reference,
             c.acknowledged_at AS "acknowledgedAt", c.on_behalf_by AS "onBehalfBy"
      FROM taken t JOIN delivery d ON d.id = t.delivery_id JOIN copy c ON c.id = d.copy_id`;
  }

  /** Of cards that cannot be redrawn any more, because of their age or because their issue was withdrawn. */
  async forgetHandles(account: string, sentUntil: Date): Promise<void> {
    await this.database.prisma.$executeRaw`
      DELETE FROM message_handle h WHERE h.account = ${account} AND (h.sent_at <= ${sentUntil}::timestamptz OR EXISTS (
        SELECT 1 FROM delivery d JOIN edition e ON e.id = d.edition_id WHERE d.id = h.delivery_id AND e.withdrawn_at IS NOT NULL))`;
  }

  /**
   * Takes messages of withdrawn issues that the account sent: who takes one has it recalled, and nobody does so again.
   *
   * @param sentAfter older ones cannot be recalled
   */
  async takeWithdrawn(account: string, sentAfter: Date, now: Date, limit: number): Promise<RecalledMessage[]> {
    return this.database.prisma.$queryRaw<RecalledMessage[]>`
      WITH mine AS (
        SELECT d.id, d.reference FROM edition e JOIN copy c ON c.edition_id = e.id JOIN delivery d ON d.copy_id = c.id
          JOIN attempt a ON a.delivery_id = d.id AND a.attempt_no = d.attempt_no AND a.provider = ${account}
        WHERE e.withdrawn_at > ${sentAfter}::timestamptz AND ${bringsTheIssue()} AND d.state IN ('sent', 'delivered')
          AND d.sent_at > ${sentAfter}::timestamptz AND d.reference IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM message_recall r WHERE r.delivery_id = d.id)
        ORDER BY d.id LIMIT ${limit}
      ), taken AS (
        INSERT INTO message_recall (delivery_id, asked_at) SELECT id, ${now}::timestamptz FROM mine
        ON CONFLICT DO NOTHING RETURNING delivery_id
      )
      SELECT m.id AS "deliveryId", ${account} AS account, m.reference FROM mine m JOIN taken t ON t.delivery_id = m.id`;
  }

  /** @param refusal null when it was taken back */
  async noteRecall(deliveryId: string, refusal: { code: string; reason: string } | null, now: Date): Promise<void> {
    await this.database.prisma.messageRecall.updateMany({
      where: { deliveryId },
      data: { answeredAt: now, code: refusal?.code ?? null, reason: refusal?.reason.slice(0, 500) ?? null },
    });
  }
}
