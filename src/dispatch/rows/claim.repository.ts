import { Injectable } from '@nestjs/common';
import type { ChannelKind, DeliveryPurpose } from '../../domain/delivery.js';
import type { Carry, SecrecyLevel } from '../../domain/issue/secrecy.js';
import { Prisma } from '../../generated/prisma/client.js';
import {
  asksAcknowledgement,
  bringsTheIssue,
  isSubscribed,
  issueStands,
  isWithdrawalNotice,
  readerStillWaitedFor,
  subscriptionStands,
} from '../../issues/still-wanted.repository.js';
import { Database } from '../../platform/database.js';
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
  /** The address was removed from the list since the plan. */
  isRemoved: boolean;
  /** The address that has taken its place since the plan. */
  moved: { address: string; addressMasked: string; mailDomain: string | null; destination: string } | null;
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
  /** What its code follows from. */
  codeNonce: string;
  /** Null for a post. */
  subscriptionId: string | null;
  /** Leaves with the day's digest, in one message with others that do. */
  digest: boolean;
  /** As the policy was when the edition was planned; nothing is asked of a subscriber. */
  asksAcknowledgement: boolean;
  /** As the policy was when the edition was planned. */
  attachesPdf: boolean;
  /** An earlier try of it is in doubt. */
  mayHaveArrived: boolean;
}

/** One message that is to leave, for the delivery that leads it and for those it carries along (每日汇总). */
export interface ClaimedMessage extends ClaimedDelivery {
  carries: readonly ClaimedDelivery[];
}

/** Most issues that one digest names besides the first; more wait for the next. */
const MOST_CARRIED = 49;

/** Which work is due, and who takes it: a row leaves once, however many workers look for some. */
@Injectable()
export class ClaimRepository {
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
                      AND ${issueStands})
        ORDER BY l.priority, l.edition_id
      ), due AS (
        SELECT taken.id FROM turn CROSS JOIN LATERAL (
          SELECT d.id FROM delivery d JOIN copy c ON c.id = d.copy_id AND ${readerStillWaitedFor} AND ${subscriptionStands} AND ${leadsDigest(now)}
          WHERE d.channel = ${channel} AND d.state = 'planned' AND d.priority = turn.priority AND d.edition_id = turn.edition_id
            AND d.next_attempt_at <= ${now}::timestamptz AND ${mine} AND ${mayLeave(now)} AND (NOT turn.withdrawn OR ${isWithdrawalNotice()})
          ORDER BY d.next_attempt_at, d.position LIMIT turn.share FOR UPDATE OF d SKIP LOCKED
        ) taken LIMIT ${limit}
      ), claimed AS (
        UPDATE delivery d SET state = 'sending', attempt_no = d.attempt_no + 1, lease_owner = ${owner}, lease_until = ${leaseUntil}::timestamptz,
                              doubt_since = NULL, deferred = NULL, carried_by = NULL
        FROM due WHERE d.id = due.id
        RETURNING d.*
      ), opened AS (
        INSERT INTO attempt (delivery_id, attempt_no, provider, started_at)
        SELECT id, attempt_no, ${account.name}, ${now}::timestamptz FROM claimed
      )
      SELECT ${messageColumns}
      FROM claimed c ${messageTables}
      ORDER BY c.priority, c.next_attempt_at, c.position`;
  }

  /**
   * Claims for each of `leads` the deliveries that leave in its message. One that travelled with it before, and does not now,
   * is set free first: it will leave in another message.
   */
  async gather(
    leads: readonly string[],
    owner: string,
    account: string,
    now: Date,
    leaseUntil: Date,
  ): Promise<(ClaimedDelivery & { lead: string })[]> {
    await this.database.prisma.$executeRaw`
      UPDATE delivery d SET carried_by = NULL
      FROM (
        SELECT id FROM delivery WHERE carried_by = ANY(${leads}::uuid[]) AND (state <> 'planned' OR pinned_account IS NULL)
        FOR NO KEY UPDATE SKIP LOCKED
      ) before WHERE d.id = before.id`;
    return this.database.prisma.$queryRaw<(ClaimedDelivery & { lead: string })[]>`
      WITH due AS (
        SELECT found.id, l.id AS lead FROM delivery l CROSS JOIN LATERAL (
          SELECT d.id FROM delivery d JOIN copy c ON c.id = d.copy_id JOIN edition e ON e.id = d.edition_id
          WHERE ${mayTravel(now, 'd')} AND (
            (l.pinned_account IS NULL AND d.pinned_account IS NULL AND d.contact_id = l.contact_id AND d.address = l.address AND c.reading <> 'acknowledged')
            OR (d.pinned_account = l.pinned_account AND d.carried_by = l.id))
          ORDER BY d.next_attempt_at, d.created_at LIMIT ${MOST_CARRIED} FOR UPDATE OF d SKIP LOCKED
        ) found WHERE l.id = ANY(${leads}::uuid[])
      ), claimed AS (
        UPDATE delivery d SET state = 'sending', attempt_no = d.attempt_no + 1, lease_owner = ${owner}, lease_until = ${leaseUntil}::timestamptz,
                              doubt_since = NULL, deferred = NULL, carried_by = due.lead
        FROM due WHERE d.id = due.id
        RETURNING d.*
      ), opened AS (
        INSERT INTO attempt (delivery_id, attempt_no, provider, started_at)
        SELECT id, attempt_no, ${account}, ${now}::timestamptz FROM claimed
      )
      SELECT ${messageColumns}, c.carried_by AS lead
      FROM claimed c ${messageTables}
      ORDER BY c.created_at`;
  }

  /** The address that a claimed row has now. */
  async readdress(rows: readonly Pick<ClaimedDelivery, 'id' | 'moved' | 'carry'>[]): Promise<void> {
    const json = JSON.stringify(rows.map(({ id, carry, moved }) => ({ id, carry, ...moved })));
    await this.database.prisma.$executeRaw`
      UPDATE delivery d SET address = r.address, address_masked = r."addressMasked", mail_domain = r."mailDomain",
                            destination = r.destination, carry = r.carry
      FROM json_to_recordset(${json}::json)
        AS r(id uuid, carry text, address text, "addressMasked" text, "mailDomain" text, destination text)
      WHERE d.id = r.id`;
  }

  /** Of claimed rows, those that must not leave any more: given up since, or their issue is paused, withdrawn or undone. */
  async unwanted(ids: readonly string[]): Promise<string[]> {
    const rows = await this.database.prisma.$queryRaw<{ id: string }[]>`
      SELECT d.id FROM delivery d JOIN edition e ON e.id = d.edition_id
      WHERE d.id = ANY(${ids}::uuid[])
        AND (d.given_up OR e.paused_at IS NOT NULL OR e.voided_at IS NOT NULL OR NOT ${issueStands})`;
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

/** Of a claimed row `c`: its `copy`, its edition `e` and its contact `k`. Where a text went it is taken back, whatever the list says now. */
const messageTables = Prisma.sql`JOIN copy ON copy.id = c.copy_id JOIN edition e ON e.id = c.edition_id
  LEFT JOIN contact k ON k.id = c.contact_id AND ${bringsTheIssue('c')}`;

/** What a message needs, of these. */
const messageColumns = Prisma.sql`c.id, c.copy_id AS "copyId", c.edition_id AS "editionId", e.level, c.channel, c.purpose, c.round, c.carry, c.address,
  c.mail_domain AS "mailDomain", c.contact_id AS "contactId", c.attempts, c.attempt_no AS "attemptNo", c.deadline, c.priority,
  c.destination, copy.person_id AS "personId", copy.copy_number AS "copyNumber", copy.person_name AS "personName",
  copy.post_title AS "postTitle", copy.unit_name AS "unitName", copy.link_nonce AS "linkNonce",
  COALESCE(copy.code_nonce, copy.link_nonce) AS "codeNonce",
  copy.subscription_id AS "subscriptionId", c.digest, c.pinned_account IS NOT NULL AS "mayHaveArrived",
  ${asksAcknowledgement('copy')} AS "asksAcknowledgement", COALESCE((e.policy ->> 'attachesPdf')::boolean, false) AS "attachesPdf",
  ${bringsTheIssue('c')} AND k.id IS NULL AS "isRemoved",
  CASE WHEN k.sealed <> c.address THEN json_build_object('address', k.sealed, 'addressMasked', k.masked,
    'mailDomain', k.mail_domain, 'destination', COALESCE(k.mail_domain, k.lookup_hash)) END AS moved`;

/** True for `alias`, of copy `c` and edition `e`, when it may leave in a digest now. */
function mayTravel(now: Date, alias: 'd' | 'o'): Prisma.Sql {
  const d = Prisma.raw(alias);
  return Prisma.sql`(${d}.digest AND ${d}.state = 'planned' AND ${d}.next_attempt_at <= ${now}::timestamptz AND ${mayLeave(now, alias)}
    AND e.voided_at IS NULL AND e.paused_at IS NULL AND e.withdrawn_at IS NULL
    AND ${isSubscribed})`;
}

/**
 * True for `d` unless it waits for a digest that another leads. Of several for one address the first leads, so that two workers
 * who claim issues of one person at the same moment do not send him two mails. What may have left already is repeated in the
 * company it had, under the same Message-ID, so that a mail program knows it again.
 */
function leadsDigest(now: Date): Prisma.Sql {
  return Prisma.sql`(NOT d.digest OR ((c.reading <> 'acknowledged' OR d.pinned_account IS NOT NULL) AND NOT EXISTS (
    SELECT 1 FROM delivery o JOIN copy c ON c.id = o.copy_id JOIN edition e ON e.id = o.edition_id
    WHERE ${mayTravel(now, 'o')} AND CASE WHEN d.pinned_account IS NULL
      THEN o.pinned_account IS NULL AND o.contact_id = d.contact_id AND o.address = d.address AND c.reading <> 'acknowledged' AND o.id < d.id
      ELSE o.pinned_account IS NOT NULL AND o.id = d.carried_by END)))`;
}
