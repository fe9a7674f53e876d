import { Injectable } from '@nestjs/common';
import type { ChannelKind } from '../../domain/delivery.js';
import type { DeliveryState } from '../../domain/sending/delivery-state.js';
import type { Carry } from '../../domain/issue/secrecy.js';
import { bringsTheIssue, issueStands } from '../../issues/still-wanted.repository.js';
import { Database } from '../../platform/database.js';
import { onlyDatedAhead } from './deferral.repository.js';

/** Held deliveries a person decides about: one, or all of a channel that became doubtful for one reason. */
export type HeldChoice = { deliveryId: string } | { channel: ChannelKind; code: string | null };

/** A failed delivery whose person has another address now than the one it failed at. */
export interface MovedAddress {
  id: string;
  channel: ChannelKind;
  address: string;
  addressMasked: string;
  mailDomain: string | null;
  contactId: string;
}

/** Changes that a person at the console makes to deliveries; each is one statement that compares the state it starts from. */
@Injectable()
export class ControlRepository {
  constructor(private readonly database: Database) {}

  /**
   * Cancels what waits and the rungs nobody has taken yet, and marks what a worker has in hand: that still leaves, but is not tried again.
   * @returns how many were cancelled
   */
  async giveUp(editionId: string, reason: string): Promise<number> {
    const rows = await this.database.prisma.$queryRaw<{ n: number }[]>`
      WITH mine AS (
        SELECT id FROM delivery WHERE edition_id = ${editionId}::uuid AND state IN ('planned', 'sending')
        ORDER BY id FOR NO KEY UPDATE -- in the order in which workers take them
      ), stopped AS (
        UPDATE delivery d SET state = CASE WHEN d.state = 'planned' THEN 'cancelled' ELSE d.state END, given_up = true,
                              reason = CASE WHEN d.state = 'planned' THEN ${reason} ELSE d.reason END
        FROM mine WHERE d.id = mine.id AND d.state IN ('planned', 'sending') RETURNING d.state
      ), rungs AS (
        DELETE FROM delivery_rung WHERE edition_id = ${editionId}::uuid AND taken_at IS NULL
      ) SELECT count(*) FILTER (WHERE state = 'cancelled')::int AS n FROM stopped`;
    return rows[0]!.n;
  }

  /** Failed ones whose person's address on that channel has been corrected since. A notice of withdrawal follows the text. */
  async correctedAddresses(editionId: string, code: string | null): Promise<MovedAddress[]> {
    return this.database.prisma.$queryRaw<MovedAddress[]>`
      SELECT d.id, d.channel, k.sealed AS address, k.masked AS "addressMasked", k.mail_domain AS "mailDomain", k.id AS "contactId"
      FROM delivery d JOIN copy c ON c.id = d.copy_id JOIN contact k ON k.person_id = c.person_id AND k.kind = d.channel
      WHERE d.edition_id = ${editionId}::uuid AND d.state = 'failed' AND (${code}::text IS NULL OR d.code = ${code})
        AND k.bad_since IS NULL AND k.sealed <> d.address AND ${bringsTheIssue()}`;
  }

  async moveAddresses(rows: readonly (MovedAddress & { carry: Carry })[]): Promise<void> {
    if (rows.length === 0) return;
    await this.database.prisma.$executeRaw`
      UPDATE delivery d SET address = r.address, address_masked = r."addressMasked", mail_domain = r."mailDomain",
                            contact_id = r."contactId", carry = r.carry,
                            destination = COALESCE(r."mailDomain", (SELECT k.lookup_hash FROM contact k WHERE k.id = r."contactId"))
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r(id uuid, address text, "addressMasked" text, "mailDomain" text,
        "contactId" uuid, carry text) JOIN contact k ON k.id = r."contactId"
      WHERE d.id = r.id AND d.state = 'failed'`;
  }

  /** Back to planned for another round of tries. Of a withdrawn edition only its notice of withdrawal may leave. */
  async retryFailed(editionId: string, code: string | null, now: Date, deadline: Date): Promise<number> {
    return this.database.prisma.$executeRaw`
      UPDATE delivery d SET state = 'planned', attempts = 0, given_up = false, next_attempt_at = ${now}::timestamptz,
                            deadline = ${deadline}::timestamptz
      FROM edition e
      WHERE e.id = d.edition_id AND d.edition_id = ${editionId}::uuid AND d.state = 'failed'
        AND (${code}::text IS NULL OR d.code = ${code}) AND ${issueStands}`;
  }

  /** @returns how many leave now that would have waited for their time */
  async releaseAhead(editionId: string, now: Date): Promise<number> {
    return this.database.prisma.$executeRaw`
      UPDATE delivery d SET next_attempt_at = ${now}::timestamptz, deferred = NULL
      WHERE d.edition_id = ${editionId}::uuid AND ${onlyDatedAhead(now)}`;
  }

  /** Only what is still held moves: a report that arrives in the same moment either came first, or finds the row moved. */
  async settleHeld(
    editionId: string,
    which: HeldChoice,
    to: Extract<DeliveryState, 'sent' | 'planned' | 'cancelled'>,
    more: { reason: string; now: Date; deadline: Date },
  ): Promise<{ id: string; channel: ChannelKind }[]> {
    const one = 'deliveryId' in which ? which.deliveryId : null;
    const all = 'channel' in which ? which : { channel: null, code: null };
    return this.database.prisma.$queryRaw<{ id: string; channel: ChannelKind }[]>`
      UPDATE delivery d SET state = ${to}, code = NULL, reason = ${more.reason}, given_up = false,
        next_attempt_at = CASE WHEN ${to} = 'planned' THEN ${more.now}::timestamptz ELSE d.next_attempt_at END,
        deadline = CASE WHEN ${to} = 'planned' THEN ${more.deadline}::timestamptz ELSE d.deadline END,
        sent_at = CASE WHEN ${to} = 'sent' THEN COALESCE(d.sent_at, a.started_at) ELSE d.sent_at END
      FROM attempt a, edition e
      WHERE a.delivery_id = d.id AND a.attempt_no = d.attempt_no AND e.id = d.edition_id
        AND d.edition_id = ${editionId}::uuid AND d.state = 'held'
        AND (${one}::uuid IS NULL OR d.id = ${one}::uuid)
        AND (${all.channel}::text IS NULL OR (d.channel = ${all.channel} AND a.code IS NOT DISTINCT FROM ${all.code}))
        AND (${to} <> 'planned' OR ${issueStands})
      RETURNING d.id, d.channel`;
  }
}
