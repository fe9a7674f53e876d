import { Injectable } from '@nestjs/common';
import type { ChannelKind, DeliveryPurpose } from '../domain/delivery.js';
import type { DeliveryState } from '../domain/delivery-state.js';
import type { Carry, SecrecyLevel } from '../domain/secrecy.js';
import { Prisma } from '../generated/prisma/client.js';
import { Database } from '../platform/database.js';
import { mayLeave } from './deferral.repository.js';

/** A claimed delivery with what its message needs. */
export interface ClaimedDelivery {
  id: string;
  copyId: string;
  editionId: string;
  level: SecrecyLevel;
  channel: ChannelKind;
  purpose: DeliveryPurpose;
  round: number;
  carry: Exclude<Carry, 'nothing'>;
  address: string;
  mailDomain: string | null;
  contactId: string;
  attempts: number;
  attemptNo: number;
  deadline: Date;
  priority: number;
  /** What limits on one recipient count by; null when nothing is known of the address any more. */
  destination: string | null;
  personId: string;
  copyNumber: number;
  personName: string;
  postTitle: string;
  unitName: string;
  linkNonce: string;
  /** Null for a post. */
  subscriptionId: string | null;
}

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
}

/** The row is the truth: claims, outcomes and doubts of deliveries. */
@Injectable()
export class DeliveryRepository {
  constructor(private readonly database: Database) {}

  /**
   * Takes up to `limit` due rows for this worker and opens their attempts, in one statement. Rows that another worker is
   * taking at this moment are passed over. The most urgent go first; issues of one urgency get equal shares, and each is
   * taken in its own order.
   */
  async claim(
    channel: ChannelKind,
    limit: number,
    owner: string,
    account: { name: string; pinnedOnly: boolean },
    now: Date,
    leaseUntil: Date,
  ): Promise<ClaimedDelivery[]> {
    const mine = Prisma.sql`(d.pinned_account = ${account.name} OR (d.pinned_account IS NULL AND NOT ${account.pinnedOnly}))`;
    return this.database.prisma.$queryRaw<ClaimedDelivery[]>`
      WITH RECURSIVE ${lanes(channel)}, turn AS (
        SELECT l.priority, l.edition_id, e.withdrawn_at IS NOT NULL AS withdrawn, ceil(${limit}::numeric / count(*) OVER (PARTITION BY l.priority))::int AS share
        FROM lane l JOIN edition e ON e.id = l.edition_id AND e.voided_at IS NULL AND e.paused_at IS NULL
        WHERE EXISTS (SELECT 1 FROM delivery d WHERE d.channel = ${channel} AND d.state = 'planned' AND d.priority = l.priority
                      AND d.edition_id = l.edition_id AND d.next_attempt_at <= ${now}::timestamptz AND ${mine} AND ${mayLeave(now)}
                      AND (e.withdrawn_at IS NULL OR d.purpose = 'withdrawal'))
        ORDER BY l.priority, l.edition_id
      ), due AS (
        SELECT taken.id FROM turn CROSS JOIN LATERAL (
          SELECT d.id FROM delivery d JOIN copy c ON c.id = d.copy_id AND (d.purpose <> 'reminder' OR c.reading <> 'acknowledged')
            AND (c.subscription_id IS NULL OR d.purpose = 'withdrawal' OR EXISTS (SELECT 1 FROM subscription s WHERE s.id = c.subscription_id AND s.state = 'active'))
            AND (d.step = 0 OR c.reading = 'unread')
          WHERE d.channel = ${channel} AND d.state = 'planned' AND d.priority = turn.priority AND d.edition_id = turn.edition_id
            AND d.next_attempt_at <= ${now}::timestamptz AND ${mine} AND ${mayLeave(now)} AND (NOT turn.withdrawn OR d.purpose = 'withdrawal')
          ORDER BY d.next_attempt_at, d.position LIMIT turn.share FOR UPDATE OF d SKIP LOCKED
        ) taken LIMIT ${limit}
      ), claimed AS (
        UPDATE delivery d SET state = 'sending', attempt_no = d.attempt_no + 1, lease_owner = ${owner}, lease_until = ${leaseUntil}::timestamptz,
                              doubt_since = NULL, deferred = NULL
        FROM due WHERE d.id = due.id
        RETURNING d.*
      ), opened AS (
        INSERT INTO attempt (delivery_id, attempt_no, provider, started_at)
        SELECT id, attempt_no, ${account.name}, ${now}::timestamptz FROM claimed
      )
      SELECT c.id, c.copy_id AS "copyId", c.edition_id AS "editionId", e.level, c.channel, c.purpose, c.round, c.carry, c.address,
             c.mail_domain AS "mailDomain", c.contact_id AS "contactId", c.attempts, c.attempt_no AS "attemptNo", c.deadline, c.priority,
             c.destination, copy.person_id AS "personId", copy.copy_number AS "copyNumber", copy.person_name AS "personName",
             copy.post_title AS "postTitle", copy.unit_name AS "unitName", copy.link_nonce AS "linkNonce",
             copy.subscription_id AS "subscriptionId"
      FROM claimed c JOIN copy ON copy.id = c.copy_id JOIN edition e ON e.id = c.edition_id
      ORDER BY c.priority, c.position`;
  }

  /** Of claimed rows, those that must not leave any more: given up since, or their issue is paused, withdrawn or undone. */
  async unwanted(ids: readonly string[]): Promise<string[]> {
    const rows = await this.database.prisma.$queryRaw<{ id: string }[]>`
      SELECT d.id FROM delivery d JOIN edition e ON e.id = d.edition_id
      WHERE d.id = ANY(${ids}::uuid[])
        AND (d.given_up OR e.paused_at IS NOT NULL OR e.voided_at IS NOT NULL OR (e.withdrawn_at IS NOT NULL AND d.purpose <> 'withdrawal'))`;
    return rows.map(({ id }) => id);
  }

  /** When the next row of the channel falls due that is not due yet. */
  async nextDue(channel: ChannelKind, now: Date): Promise<Date | null> {
    const rows = await this.database.prisma.$queryRaw<{ at: Date | null }[]>`
      WITH RECURSIVE ${lanes(channel)}
      SELECT min(next.at) AS at FROM lane l JOIN edition e ON e.id = l.edition_id AND e.paused_at IS NULL CROSS JOIN LATERAL (
        SELECT d.next_attempt_at AS at FROM delivery d
        WHERE d.channel = ${channel} AND d.state = 'planned' AND d.priority = l.priority AND d.edition_id = l.edition_id
          AND d.next_attempt_at > ${now}::timestamptz
        ORDER BY d.next_attempt_at LIMIT 1
      ) next`;
    return rows[0]?.at ?? null;
  }

  async renewLeases(owner: string, ids: readonly string[], leaseUntil: Date): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE delivery SET lease_until = ${leaseUntil}::timestamptz
      WHERE id = ANY(${ids}::uuid[]) AND lease_owner = ${owner} AND state = 'sending' AND doubt_since IS NULL`;
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
          reference = COALESCE(s.reference, d.reference),
          sent_at = CASE WHEN s.state = 'sent' THEN COALESCE(d.sent_at, ${now}::timestamptz) ELSE d.sent_at END,
          code = CASE WHEN d.state = 'sending' THEN s.code ELSE d.code END,
          reason = CASE WHEN d.state = 'sending' THEN s.reason ELSE d.reason END
        FROM json_to_recordset(${rows}::json) AS s(id uuid, "attemptNo" int, state text, "countsAttempt" bool, "nextAttemptAt" timestamptz,
          doubt bool, outcome text, code text, reason text, reference text, pin text)
        WHERE d.id = s.id AND d.attempt_no = s."attemptNo" AND d.state IN ('sending', 'sent', 'held', 'delivered', 'failed')`;
      await prisma.$executeRaw`
        UPDATE attempt a SET ended_at = ${now}::timestamptz, outcome = s.outcome, class = s.class, reference = COALESCE(s.reference, a.reference),
          code = CASE WHEN s.outcome = 'settled' THEN COALESCE(a.code, s.code) ELSE s.code END,
          reason = CASE WHEN s.outcome = 'settled' THEN concat_ws('；', a.reason, s.reason) ELSE s.reason END
        FROM json_to_recordset(${rows}::json) AS s(id uuid, "attemptNo" int, outcome text, class text, code text, reason text, reference text)
        WHERE a.delivery_id = s.id AND a.attempt_no = s."attemptNo"`;
    });
  }

  /** What was under way at a withdrawal and came back to be tried again, or in doubt, must not leave any more. */
  async cancelWithdrawn(): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE delivery d SET state = 'cancelled', reason = '本期已撤回' FROM edition e
      WHERE e.id = d.edition_id AND e.withdrawn_at IS NOT NULL AND d.state IN ('planned', 'held') AND d.purpose <> 'withdrawal'`;
  }

  /** A reminder after the person has acknowledged, a further rung after it was opened: they have lost their reason. */
  async cancelNeedlessReminders(): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE delivery d SET state = 'cancelled', reason = '已签收，不再催阅' FROM copy c
      WHERE c.id = d.copy_id AND c.reading = 'acknowledged' AND d.purpose = 'reminder' AND d.state = 'planned'`;
    await this.database.prisma.$executeRaw`
      UPDATE delivery d SET state = 'cancelled', reason = '已打开或签收，不再换通道发送' FROM copy c
      WHERE c.id = d.copy_id AND c.reading <> 'unread' AND d.step > 0 AND d.state = 'planned'`;
  }

  /** Claims whose worker fell silent become doubts: it may have died before, during or after the provider's yes. */
  async doubtExpiredLeases(now: Date): Promise<number> {
    return this.database.prisma.$executeRaw`
      UPDATE delivery SET doubt_since = ${now}::timestamptz, code = 'LEASE_EXPIRED', reason = '发送进程中断，不知道是否已经发出'
      WHERE state = 'sending' AND doubt_since IS NULL AND lease_until < ${now}::timestamptz`;
  }

  async doubtful(limit: number): Promise<DoubtfulRow[]> {
    return this.database.prisma.$queryRaw<DoubtfulRow[]>`
      SELECT d.id, d.channel, a.provider AS account, d.address, d.attempt_no AS "attemptNo", a.started_at AS "startedAt", d.doubt_since AS "doubtSince",
             (SELECT min(f.started_at) FROM attempt f WHERE f.delivery_id = d.id AND (f.outcome IS NULL OR f.outcome IN ('unknown', 'settled')))
               AS "firstTriedAt"
      FROM delivery d JOIN attempt a ON a.delivery_id = d.id AND a.attempt_no = d.attempt_no
      WHERE d.state = 'sending' AND d.doubt_since IS NOT NULL ORDER BY d.doubt_since LIMIT ${limit}`;
  }

  /** What only an account that is no longer configured could send again without the risk of a second message. */
  async holdOrphans(accounts: readonly string[]): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE delivery SET state = 'held', code = 'IN_DOUBT', reason = '可能已由原来的发送账户发出，该账户已不在设置中，请人工确认'
      WHERE state = 'planned' AND pinned_account IS NOT NULL AND NOT pinned_account = ANY(${accounts}::text[])`;
  }

  async hasDueWork(channel: ChannelKind, now: Date): Promise<boolean> {
    const rows = await this.database.prisma.$queryRaw<{ due: boolean }[]>`
      WITH RECURSIVE ${lanes(channel)}
      SELECT EXISTS (
        SELECT 1 FROM lane l JOIN edition e ON e.id = l.edition_id AND e.paused_at IS NULL
        JOIN delivery d ON d.channel = ${channel} AND d.state = 'planned' AND d.priority = l.priority AND d.edition_id = l.edition_id
        WHERE d.next_attempt_at <= ${now}::timestamptz AND ${mayLeave(now)}
      ) AS due`;
    return rows[0]!.due;
  }

  /** Takes deliveries for this transaction and says where they stand; those that are not ours are left out. */
  async lock(ids: readonly string[]): Promise<{ id: string; state: DeliveryState; channel: ChannelKind }[]> {
    return this.database.prisma.$queryRaw`SELECT d.id, d.state, d.channel ${inOneOrder(ids)}`;
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
function inOneOrder(ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`FROM delivery d WHERE d.id = ANY(${ids}::uuid[]) ORDER BY d.id FOR NO KEY UPDATE`;
}

/**
 * The lanes of a channel: each urgency and issue that has something planned. Hops from one to the next along
 * `delivery_lane_idx`, so that it costs the same however many rows a lane holds.
 */
function lanes(channel: ChannelKind): Prisma.Sql {
  return Prisma.sql`lane AS (
    (SELECT d.priority, d.edition_id FROM delivery d WHERE d.channel = ${channel} AND d.state = 'planned'
     ORDER BY d.priority, d.edition_id LIMIT 1)
    UNION ALL
    SELECT next.priority, next.edition_id FROM lane l CROSS JOIN LATERAL (
      SELECT d.priority, d.edition_id FROM delivery d
      WHERE d.channel = ${channel} AND d.state = 'planned' AND (d.priority, d.edition_id) > (l.priority, l.edition_id)
      ORDER BY d.priority, d.edition_id LIMIT 1
    ) next
  )`;
}
