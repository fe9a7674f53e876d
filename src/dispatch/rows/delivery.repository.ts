import { Injectable } from '@nestjs/common';
import type { ChannelKind } from '../../domain/delivery.js';
import type { DeliveryState } from '../../domain/sending/delivery-state.js';
import { Prisma } from '../../generated/prisma/client.js';
import { bringsTheIssue, needlessOnceAcknowledged, needlessOnceOpened } from '../../issues/still-wanted.repository.js';
import { Database } from '../../platform/database.js';
import { withdrawnReason } from './message-rows.repository.js';

/** What recording one outcome writes. */
export interface Settlement {
  id: string;
  attemptNo: number;
  state: DeliveryState;
  countsAttempt: boolean;
  nextAttemptAt: Date | null;
  doubt: boolean;
  outcome: 'accepted' | 'retry' | 'refused' | 'unknown' | 'settled';
  class: string | null;
  code: string | null;
  reason: string | null;
  reference: string | null;
  /** Only of a doubt that is settled: the account that alone may send again what it may have taken. */
  pin: string | null;
  /** It is sent again although it may have arrived. */
  repeats: boolean;
  /** The provider's own numbers, under which it will report. */
  parts?: readonly string[];
  /** By which the message can be redrawn, sealed. */
  handle?: string;
}

/** What a provider's reports make of a delivery. */
export interface ReportedMove {
  id: string;
  state: DeliveryState;
  code: string | null;
  reason: string | null;
  /** By which time the provider had it, where nothing better is known. */
  sentAt: Date | null;
  deliveredAt: Date | null;
}

export interface DoubtfulRow {
  id: string;
  channel: ChannelKind;
  /** Which account may have taken it. */
  account: string;
  address: string;
  attemptNo: number;
  startedAt: Date;
  firstTriedAt: Date;
  doubtSince: Date;
  repetitions: number;
}

const needlessReason = '已签收，不再发送';

/**
 * Parts of the statement that records an acknowledgement. `needless` locks what has lost its reason with it, of the copies in
 * `asked`; the last part cancels it where the acknowledgement, in `first`, is the one that counts.
 */
export const needlessOfAcknowledged = {
  lock: Prisma.sql`needless AS (
        SELECT d.id, d.copy_id FROM delivery d WHERE d.copy_id IN (SELECT "copyId" FROM asked)
          AND ${needlessOnceAcknowledged} ORDER BY d.id FOR NO KEY UPDATE
      ), `,
  cancel: Prisma.sql`UPDATE delivery d SET state = 'cancelled', reason = ${needlessReason}
      FROM needless n JOIN first ON first.id = n.copy_id WHERE d.id = n.id`,
};

/** The row is the truth: outcomes and doubts of deliveries. */
@Injectable()
export class DeliveryRepository {
  constructor(private readonly database: Database) {}

  async renewLeases(owner: string, ids: readonly string[], leaseUntil: Date): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE delivery SET lease_until = ${leaseUntil}::timestamptz
      WHERE id IN (SELECT d.id ${inOneOrder(ids)}) AND lease_owner = ${owner} AND state = 'sending' AND doubt_since IS NULL`;
  }

  /**
   * Records outcomes in one statement each for deliveries and attempts. A row that a report has moved on meanwhile keeps its
   * state and only learns its reference; a row that belongs to a later attempt is left alone; one that a person has given up
   * meanwhile is not tried again. What settles a doubt is added to the provider's own words, never put in their place.
   */
  async settle(settlements: readonly Settlement[], now: Date): Promise<void> {
    if (settlements.length === 0) return;
    const rows = JSON.stringify(settlements);
    await this.database.transaction(async () => {
      const { prisma } = this.database;
      await prisma.$executeRaw`SELECT 1 ${inOneOrder(settlements.map(({ id }) => id))}`;
      await prisma.$executeRaw`
        UPDATE delivery d SET
          state = CASE WHEN d.state = 'sending' AND d.given_up AND s.state = 'planned' THEN 'cancelled'
                       WHEN d.state = 'sending' OR (d.state = 'held' AND s.state = 'sent') THEN s.state ELSE d.state END,
          attempts = d.attempts + CASE WHEN s."countsAttempt" THEN 1 ELSE 0 END,
          next_attempt_at = COALESCE(s."nextAttemptAt", d.next_attempt_at),
          doubt_since = CASE WHEN s.doubt AND d.state = 'sending' THEN ${now}::timestamptz END,
          lease_owner = CASE WHEN s.doubt THEN d.lease_owner END,
          lease_until = CASE WHEN s.doubt THEN d.lease_until END,
          pinned_account = CASE WHEN s.outcome = 'settled' THEN s.pin ELSE d.pinned_account END,
          repetitions = d.repetitions + CASE WHEN s.repeats AND d.state = 'sending' THEN 1 ELSE 0 END,
          reference = COALESCE(s.reference, d.reference),
          sent_at = CASE WHEN s.state = 'sent' THEN COALESCE(d.sent_at, ${now}::timestamptz) ELSE d.sent_at END,
          code = CASE WHEN d.state = 'sending' THEN s.code ELSE d.code END,
          reason = CASE WHEN d.state = 'sending' THEN s.reason ELSE d.reason END
        FROM json_to_recordset(${rows}::json) AS s(id uuid, "attemptNo" int, state text, "countsAttempt" bool, "nextAttemptAt" timestamptz,
          doubt bool, outcome text, code text, reason text, reference text, pin text, repeats bool)
        WHERE d.id = s.id AND d.attempt_no = s."attemptNo" AND d.state IN ('sending', 'sent', 'held', 'delivered', 'failed')`;
      await prisma.$executeRaw`
        UPDATE attempt a SET ended_at = ${now}::timestamptz, outcome = s.outcome, class = s.class, reference = COALESCE(s.reference, a.reference),
          code = CASE WHEN s.outcome = 'settled' THEN COALESCE(a.code, s.code) ELSE s.code END,
          reason = CASE WHEN s.outcome = 'settled' THEN concat_ws('；', a.reason, s.reason) ELSE s.reason END
        FROM json_to_recordset(${rows}::json) AS s(id uuid, "attemptNo" int, outcome text, class text, code text, reason text, reference text)
        WHERE a.delivery_id = s.id AND a.attempt_no = s."attemptNo"`;
      if (settlements.some(({ parts }) => parts)) await this.bindParts(rows, now);
      if (settlements.some(({ handle }) => handle)) await this.keepHandles(rows, now);
    });
  }

  /** A report may have come before; then there is news of the delivery now. */
  private async bindParts(rows: string, now: Date): Promise<void> {
    await this.database.prisma.$executeRaw`
      INSERT INTO message_part AS m (provider, reference, delivery_id, attempt_no, noted_at)
      SELECT a.provider, p.reference, s.id, s."attemptNo", ${now}::timestamptz
      FROM json_to_recordset(${rows}::json) AS s(id uuid, "attemptNo" int, parts json)
      CROSS JOIN LATERAL json_array_elements_text(s.parts) AS p(reference)
      JOIN attempt a ON a.delivery_id = s.id AND a.attempt_no = s."attemptNo"
      ORDER BY 1, 2
      ON CONFLICT (provider, reference) DO UPDATE SET delivery_id = EXCLUDED.delivery_id, attempt_no = EXCLUDED.attempt_no
      WHERE m.delivery_id IS NULL`;
  }

  /** A message that left a second time is redrawn by what its last answer brought. */
  private async keepHandles(rows: string, now: Date): Promise<void> {
    await this.database.prisma.$executeRaw`
      INSERT INTO message_handle (delivery_id, account, handle, sent_at)
      SELECT s.id, a.provider, s.handle, ${now}::timestamptz
      FROM json_to_recordset(${rows}::json) AS s(id uuid, "attemptNo" int, handle text)
      JOIN attempt a ON a.delivery_id = s.id AND a.attempt_no = s."attemptNo"
      WHERE s.handle IS NOT NULL ORDER BY s.id
      ON CONFLICT (delivery_id) DO UPDATE SET account = EXCLUDED.account, handle = EXCLUDED.handle, sent_at = EXCLUDED.sent_at`;
  }

  /** What was under way at a withdrawal and came back to be tried again, or in doubt, must not leave any more. */
  async cancelWithdrawn(): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE delivery d SET state = 'cancelled', reason = ${withdrawnReason} FROM edition e
      WHERE e.id = d.edition_id AND e.withdrawn_at IS NOT NULL AND d.state IN ('planned', 'held') AND ${bringsTheIssue()}`;
  }

  /** What has lost its reason: on an acknowledged copy, and a further rung once the copy was opened. */
  async cancelNeedless(): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE delivery d SET state = 'cancelled', reason = ${needlessReason} FROM copy c
      WHERE c.id = d.copy_id AND c.reading = 'acknowledged' AND ${needlessOnceAcknowledged}`;
    await this.database.prisma.$executeRaw`
      UPDATE delivery d SET state = 'cancelled', reason = '已打开，不再换通道发送' FROM copy c
      WHERE c.id = d.copy_id AND c.reading = 'opened' AND ${needlessOnceOpened}`;
  }

  /** Claims whose worker fell silent become doubts: it may have died before, during or after the provider's yes. */
  async doubtExpiredLeases(now: Date): Promise<number> {
    return this.database.prisma.$executeRaw`
      UPDATE delivery SET doubt_since = ${now}::timestamptz, code = 'LEASE_EXPIRED', reason = '发送进程中断，不知道是否已经发出'
      WHERE state = 'sending' AND doubt_since IS NULL AND lease_until < ${now}::timestamptz`;
  }

  /** What travelled in one message is never cut in two: it is settled, and repeated, together. */
  async doubtful(limit: number): Promise<DoubtfulRow[]> {
    return this.database.prisma.$queryRaw<DoubtfulRow[]>`
      SELECT d.id, d.channel, a.provider AS account, d.address, d.attempt_no AS "attemptNo", a.started_at AS "startedAt", d.doubt_since AS "doubtSince", d.repetitions,
             (SELECT min(f.started_at) FROM attempt f WHERE f.delivery_id = d.id AND (f.outcome IS NULL OR f.outcome IN ('unknown', 'settled')))
               AS "firstTriedAt"
      FROM delivery d JOIN attempt a ON a.delivery_id = d.id AND a.attempt_no = d.attempt_no
      WHERE d.state = 'sending' AND d.doubt_since IS NOT NULL ORDER BY d.doubt_since, COALESCE(d.carried_by, d.id)
      FETCH FIRST ${limit} ROWS WITH TIES`;
  }

  /** What only an account that is no longer configured could send again without the risk of a second message. */
  async holdOrphans(accounts: readonly string[]): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE delivery SET state = 'held', code = 'IN_DOUBT', reason = '可能已由原来的发送账户发出，该账户已不在设置中，请人工确认'
      WHERE state = 'planned' AND pinned_account IS NOT NULL AND NOT pinned_account = ANY(${accounts}::text[])`;
  }

  /**
   * Takes deliveries for this transaction, and with each what travelled in its message, and says where they stand; those that are
   * not ours are left out.
   */
  async lock(
    ids: readonly string[],
  ): Promise<{ id: string; state: DeliveryState; channel: ChannelKind; carriedBy: string | null }[]> {
    return this.database.prisma.$queryRaw`
      SELECT d.id, d.state, d.channel, d.carried_by AS "carriedBy" ${inOneOrder(ids, Prisma.sql`OR d.carried_by = ANY(${ids}::uuid[])`)}`;
  }

  /** Moves locked deliveries by what providers reported of them. */
  async moveByReports(moves: readonly ReportedMove[]): Promise<void> {
    if (moves.length === 0) return;
    await this.database.prisma.$executeRaw`
      UPDATE delivery d SET state = m.state, code = m.code, reason = m.reason, lease_owner = NULL, lease_until = NULL, doubt_since = NULL,
        sent_at = COALESCE(d.sent_at, m."sentAt"), delivered_at = m."deliveredAt"
      FROM json_to_recordset(${JSON.stringify(moves)}::json)
        AS m(id uuid, state text, code text, reason text, "sentAt" timestamptz, "deliveredAt" timestamptz)
      WHERE d.id = m.id`;
  }
}

/**
 * Deliveries locked in one order: outcomes and reports of the same rows arrive in any order at several workers, and would
 * otherwise wait for each other in a ring. Their copies are locked after them, likewise in order, by `settle_copies`.
 */
function inOneOrder(ids: readonly string[], company = Prisma.empty): Prisma.Sql {
  return Prisma.sql`FROM delivery d WHERE d.id = ANY(${ids}::uuid[]) ${company} ORDER BY d.id FOR NO KEY UPDATE`;
}
