import { Injectable } from '@nestjs/common';
import type { ChannelKind } from '../domain/delivery.js';
import { Database } from '../platform/database.js';

/** What the address belongs to. */
export type ProofSubject = { contactId: string } | { subscriptionId: string };

export interface NewProof {
  id: string;
  subject: ProofSubject;
  channel: ChannelKind;
  sealed: string;
  lookupHash: string;
  askedBy: string;
  nonce: string;
  codeHash: string;
  tokenHash: string;
  createdAt: Date;
  expiresAt: Date;
  /** Tells of a decision instead of bringing a code. */
  decision: 'approved' | 'rejected' | null;
}

export interface ProofToSend {
  id: string;
  channel: ChannelKind;
  sealed: string;
  nonce: string;
  attempts: number;
  expiresAt: Date;
  contactId: string | null;
  subscriptionId: string | null;
  /** Of a subscription: what was asked for. */
  publication: string | null;
  decision: 'approved' | 'rejected' | null;
  /** Of a subscription: who asked, and why it was rejected. */
  name: string | null;
  reason: string | null;
}

/** Codes on their way to addresses. */
@Injectable()
export class AddressProofRepository {
  constructor(private readonly database: Database) {}

  /** Queues up those who ask for a code to one address, so that none slips past the limit. */
  async lockAddress(lookupHash: string): Promise<void> {
    await this.database.prisma
      .$executeRaw`SELECT pg_advisory_xact_lock(${BigInt(`0x${lookupHash.slice(0, 15)}`)}::bigint)`;
  }

  async countSince(by: { lookupHash: string } | { askedBy: string }, since: Date): Promise<number> {
    return this.database.prisma.addressProof.count({ where: { ...by, createdAt: { gt: since } } });
  }

  /** An older code for the same subject stops working. */
  async addProof(proof: NewProof): Promise<void> {
    const { subject, ...rest } = proof;
    const { prisma } = this.database;
    await prisma.addressProof.updateMany({
      where: { ...subject, usedAt: null, expiresAt: { gt: proof.createdAt } },
      data: { expiresAt: proof.createdAt },
    });
    await prisma.addressProof.updateMany({
      where: { ...subject, sending: 'planned' },
      data: { sending: 'failed', reason: '已改发新的验证码' },
    });
    await prisma.addressProof.create({
      data: {
        ...rest,
        ...subject,
        nextAttemptAt: proof.createdAt,
        // What only tells of a decision proves nothing.
        usedAt: proof.decision === null ? null : proof.createdAt,
      },
    });
  }

  /** Counts a try on the newest living code and hands it over; null when there is none or its tries are used up. */
  async countTry(
    subject: ProofSubject,
    mostTries: number,
    now: Date,
  ): Promise<{ id: string; codeHash: string } | null> {
    const [contactId, subscriptionId] =
      'contactId' in subject ? [subject.contactId, null] : [null, subject.subscriptionId];
    const [row] = await this.database.prisma.$queryRaw<{ id: string; codeHash: string }[]>`
      UPDATE address_proof SET tries = tries + 1
      WHERE id = (SELECT id FROM address_proof
                  WHERE (contact_id = ${contactId}::uuid OR subscription_id = ${subscriptionId}::uuid)
                  ORDER BY created_at DESC, id LIMIT 1 FOR UPDATE)
        AND used_at IS NULL AND expires_at > ${now}::timestamptz AND tries < ${mostTries}::int
      RETURNING id, code_hash AS "codeHash"`;
    return row ?? null;
  }

  async byToken(tokenHash: string, now: Date): Promise<{ id: string; subscriptionId: string | null } | null> {
    return this.database.prisma.addressProof.findFirst({
      where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
      select: { id: true, subscriptionId: true },
    });
  }

  /** False when somebody else has used it in this moment. */
  async markUsed(id: string, at: Date): Promise<boolean> {
    const { count } = await this.database.prisma.addressProof.updateMany({
      where: { id, usedAt: null },
      data: { usedAt: at },
    });
    return count === 1;
  }

  /** Takes due codes for this worker; one that falls silent is tried again after `retryAt`, with the same code. */
  async claim(limit: number, now: Date, retryAt: Date): Promise<ProofToSend[]> {
    return this.database.prisma.$queryRaw<ProofToSend[]>`
      WITH due AS (
        SELECT id FROM address_proof WHERE sending = 'planned' AND next_attempt_at <= ${now}::timestamptz
        ORDER BY next_attempt_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
      ), claimed AS (
        UPDATE address_proof p SET attempts = p.attempts + 1, next_attempt_at = ${retryAt}::timestamptz FROM due WHERE p.id = due.id
        RETURNING p.*
      )
      SELECT c.id, c.channel, c.sealed, c.nonce, c.attempts, c.expires_at AS "expiresAt", c.contact_id AS "contactId",
             c.subscription_id AS "subscriptionId", pub.name AS publication, c.decision, s.name, s.reason
      FROM claimed c LEFT JOIN subscription s ON s.id = c.subscription_id LEFT JOIN publication pub ON pub.id = s.publication_id`;
  }

  async settle(id: string, sending: 'planned' | 'sent' | 'failed', reason: string | null, next?: Date): Promise<void> {
    await this.database.prisma.addressProof.updateMany({
      where: { id, sending: 'planned' },
      data: { sending, reason, nextAttemptAt: next },
    });
  }

  /** Kept only as long as limits are counted by them. */
  async forgetBefore(at: Date): Promise<number> {
    return (await this.database.prisma.addressProof.deleteMany({ where: { createdAt: { lt: at } } })).count;
  }
}
