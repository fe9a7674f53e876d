import { Injectable } from '@nestjs/common';
import { type ContactTrouble, silentSince } from '../domain/people/contact-health.js';
import type { ChannelKind } from '../domain/delivery.js';
import { Prisma } from '../generated/prisma/client.js';
import { Database } from '../platform/database.js';

export interface KeptContact {
  id: string;
  personId: string;
  kind: ChannelKind;
  sealed: string;
  lookupHash: string;
  masked: string;
  badSince: Date | null;
  badReason: string | null;
  verifiedAt: Date | null;
  lastDeliveredAt: Date | null;
  firstSentAt: Date | null;
}

export interface NewContact {
  personId: string;
  kind: ChannelKind;
  sealed: string;
  keyId: string;
  lookupHash: string;
  mailDomain: string | null;
  masked: string;
}

/** A contact on the list of those to look at, with whose it is. */
export interface TroubledContact extends Omit<KeptContact, 'sealed' | 'lookupHash'> {
  personName: string;
  /** 县财政局 局长; empty for somebody without a post. */
  post: string;
}

const unaddressed = Prisma.sql`c.id, c.person_id AS "personId", c.kind, c.masked, c.bad_since AS "badSince", c.bad_reason AS "badReason",
  c.verified_at AS "verifiedAt", c.last_delivered_at AS "lastDeliveredAt", c.first_sent_at AS "firstSentAt"`;

/** The same rules as `troublesOf`, where thousands of rows are asked at once. */
const troubled = (trouble: ContactTrouble, now: Date): Prisma.Sql => {
  if (trouble === 'bad') return Prisma.sql`c.bad_since IS NOT NULL`;
  if (trouble === 'unverified') return Prisma.sql`c.verified_at IS NULL AND c.last_delivered_at IS NULL`;
  const limit = silentSince(now);
  return Prisma.sql`c.first_sent_at <= ${limit}::timestamptz
    AND COALESCE(GREATEST(c.verified_at, c.last_delivered_at), '-infinity'::timestamptz) <= ${limit}::timestamptz`;
};

/** Only people who are still written to: with a post, or somebody who never had one and was not wiped. */
const current = Prisma.sql`
  FROM contact c
  JOIN person ON person.id = c.person_id AND person.wiped_at IS NULL
  LEFT JOIN LATERAL (
    SELECT u.name || ' ' || p.title AS post, p.protocol_order
    FROM tenure t JOIN post p ON p.id = t.post_id JOIN unit u ON u.id = p.unit_id
    WHERE t.person_id = c.person_id AND t.ends_on IS NULL ORDER BY p.protocol_order LIMIT 1
  ) held ON true`;

/** Addresses of people: sealed, masked, with what is known of their health. */
@Injectable()
export class ContactRepository {
  constructor(private readonly database: Database) {}

  /** Whose address it is; null for one that is gone. */
  async personOf(contactId: string): Promise<string | null> {
    const row = await this.database.prisma.contact.findUnique({ where: { id: contactId }, select: { personId: true } });
    return row?.personId ?? null;
  }

  async ofPerson(personId: string): Promise<KeptContact[]> {
    const rows = await this.database.prisma.contact.findMany({ where: { personId }, orderBy: { kind: 'asc' } });
    return rows as KeptContact[];
  }

  async find(id: string): Promise<KeptContact | null> {
    return (await this.database.prisma.contact.findUnique({ where: { id } })) as KeptContact | null;
  }

  async ownerOf(kind: ChannelKind, lookupHash: string): Promise<string | null> {
    const row = await this.database.prisma.contact.findUnique({
      where: { kind_lookupHash: { kind, lookupHash } },
      select: { personId: true },
    });
    return row?.personId ?? null;
  }

  /** What was known of an old address says nothing of the new one: its health starts again. */
  async put(contact: NewContact): Promise<string> {
    const { personId, kind, ...address } = contact;
    const health = { badSince: null, badReason: null, verifiedAt: null, lastDeliveredAt: null, firstSentAt: null };
    const row = await this.database.prisma.contact.upsert({
      where: { personId_kind: { personId, kind } },
      create: contact,
      update: { ...address, ...health },
      select: { id: true },
    });
    return row.id;
  }

  async remove(id: string): Promise<void> {
    await this.database.prisma.contact.deleteMany({ where: { id } });
  }

  async markVerified(id: string, at: Date): Promise<void> {
    // Who has typed the code has just received it.
    await this.database.prisma.contact.updateMany({
      where: { id },
      data: { verifiedAt: at, lastDeliveredAt: at, badSince: null, badReason: null },
    });
  }

  async markVerifiedAt(kind: ChannelKind, lookupHash: string, at: Date): Promise<void> {
    await this.database.prisma.contact.updateMany({
      where: { kind, lookupHash },
      data: { verifiedAt: at, badSince: null, badReason: null },
    });
  }

  async markBad(id: string, at: Date, reason: string): Promise<void> {
    await this.database.prisma.contact.updateMany({
      where: { id, badSince: null },
      data: { badSince: at, badReason: reason },
    });
  }

  async clearBad(id: string): Promise<boolean> {
    const { count } = await this.database.prisma.contact.updateMany({
      where: { id, badSince: { not: null } },
      data: { badSince: null, badReason: null },
    });
    return count === 1;
  }

  /** Proof of delivery and of death, for many reports in one statement. A report older than what is known changes nothing. */
  async applyReports(
    reports: readonly { deliveryId: string; provider: string; at: Date; delivered: boolean; reason: string }[],
  ): Promise<void> {
    if (reports.length === 0) return;
    const rows = JSON.stringify(reports);
    await this.database.prisma.$executeRaw`
      WITH reported AS (
        SELECT d.contact_id, max(s.at) FILTER (WHERE s.delivered) AS delivered_at, max(s.at) FILTER (WHERE NOT s.delivered) AS dead_at,
               max(s.reason) FILTER (WHERE NOT s.delivered) AS reason,
               -- It was called dead by a report on the very message that has arrived after all.
               bool_or(s.delivered AND EXISTS (SELECT 1 FROM delivery_report f WHERE k.bad_since IS NOT NULL
                 AND f.provider = s.provider AND f.delivery_id = d.id AND f.status = 'failed' AND f.reported_at = k.bad_since)) AS undone
        FROM json_to_recordset(${rows}::json) AS s("deliveryId" uuid, provider text, at timestamptz, delivered bool, reason text)
        JOIN delivery d ON d.id = s."deliveryId"
        -- A report about a former address says nothing of the one that took its place.
        JOIN contact k ON k.id = d.contact_id AND k.masked = d.address_masked
        GROUP BY d.contact_id
      ), mine AS (
        -- In one order: two workers with news of the same people must not wait for each other in a ring.
        SELECT id FROM contact WHERE id IN (SELECT contact_id FROM reported) ORDER BY id FOR NO KEY UPDATE
      )
      UPDATE contact c SET
        last_delivered_at = GREATEST(c.last_delivered_at, r.delivered_at),
        bad_since = CASE WHEN r.undone OR r.delivered_at > c.bad_since THEN NULL
                         WHEN r.dead_at > COALESCE(GREATEST(c.last_delivered_at, r.delivered_at), '-infinity'::timestamptz)
                           THEN COALESCE(c.bad_since, r.dead_at) ELSE c.bad_since END,
        bad_reason = CASE WHEN r.undone OR r.delivered_at > c.bad_since THEN NULL
                          WHEN c.bad_since IS NULL AND r.dead_at > COALESCE(GREATEST(c.last_delivered_at, r.delivered_at), '-infinity'::timestamptz)
                            THEN r.reason ELSE c.bad_reason END
      FROM reported r JOIN mine ON mine.id = r.contact_id
      WHERE c.id = r.contact_id`;
  }

  /** Learns from editions of the last days since when each address is written to. */
  async noteFirstSent(plannedAfter: Date): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE contact c SET first_sent_at = s.at
      FROM (SELECT d.contact_id, min(d.sent_at) AS at FROM edition e JOIN delivery d ON d.edition_id = e.id
            WHERE e.planned_at > ${plannedAfter}::timestamptz AND d.sent_at IS NOT NULL GROUP BY d.contact_id) s
      WHERE c.id = s.contact_id AND c.first_sent_at IS NULL`;
  }

  async countTroubled(now: Date): Promise<Record<ContactTrouble, number>> {
    const [row] = await this.database.prisma.$queryRaw<Record<ContactTrouble, number>[]>`
      SELECT count(*) FILTER (WHERE ${troubled('bad', now)})::int AS bad, count(*) FILTER (WHERE ${troubled('silent', now)})::int AS silent,
             count(*) FILTER (WHERE ${troubled('unverified', now)})::int AS unverified ${current}`;
    return row!;
  }

  /** In protocol order; people without a post come last. */
  async listTroubled(trouble: ContactTrouble, now: Date, take: number, skip: number): Promise<TroubledContact[]> {
    return this.database.prisma.$queryRaw<TroubledContact[]>`
      SELECT ${unaddressed}, person.name AS "personName", COALESCE(held.post, '') AS post ${current}
      WHERE ${troubled(trouble, now)} ORDER BY held.protocol_order NULLS LAST, c.person_id, c.kind LIMIT ${take}::int OFFSET ${skip}::int`;
  }

  async person(personId: string): Promise<{ name: string; wipedAt: Date | null; posts: string[] } | null> {
    const [row] = await this.database.prisma.$queryRaw<{ name: string; wipedAt: Date | null; posts: string[] }[]>`
      SELECT person.name, person.wiped_at AS "wipedAt",
             ARRAY(SELECT u.name || ' ' || p.title FROM tenure t JOIN post p ON p.id = t.post_id JOIN unit u ON u.id = p.unit_id
                   WHERE t.person_id = person.id AND t.ends_on IS NULL ORDER BY p.protocol_order) AS posts
      FROM person WHERE person.id = ${personId}::uuid`;
    return row ?? null;
  }
}
