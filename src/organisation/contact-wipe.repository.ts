import { Injectable } from '@nestjs/common';
import { Prisma } from '../generated/prisma/client.js';
import { Database } from '../platform/database.js';

/** Somebody who has left long enough ago. */
export interface Leaver {
  personId: string;
  name: string;
  lastPost: string;
  /** The day from which the person held nothing any more. */
  leftOn: Date;
  contacts: number;
}

/**
 * People with addresses who hold nothing and serve nobody, who once did, and whose last office or subscription ended on or
 * before the limit. Somebody just entered, who never held anything, is no leaver.
 */
const leavers = (today: Date, limit: Date): Prisma.Sql => Prisma.sql`
  SELECT person.id, person.name, ended.on_day
  FROM person
  CROSS JOIN LATERAL (
    SELECT max(x.ends_on) AS on_day, bool_or(x.ends_on IS NULL OR x.ends_on > ${today}::date) AS serves FROM (
      SELECT t.ends_on FROM tenure t WHERE t.person_id = person.id
      UNION ALL SELECT l.ends_on FROM liaison l WHERE l.person_id = person.id
      UNION ALL SELECT (s.ended_at AT TIME ZONE 'Asia/Shanghai')::date FROM contact c JOIN subscription s ON s.channel = c.kind AND s.lookup_hash = c.lookup_hash
                WHERE c.person_id = person.id AND s.state IN ('active', 'ended')
    ) x
  ) ended
  WHERE person.wiped_at IS NULL AND NOT ended.serves AND ended.on_day <= ${limit}::date
    AND EXISTS (SELECT 1 FROM contact c WHERE c.person_id = person.id)`;

/** An issue that went out is withdrawn within days, if ever; longer nobody's former address is kept. */
const RECALL_DAYS = 30;

/** Removes the addresses of people who have left, and what old deliveries keep of any address that was removed. */
@Injectable()
export class ContactWipeRepository {
  constructor(private readonly database: Database) {}

  async count(today: Date, limit: Date): Promise<number> {
    const [row] = await this.database.prisma.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM (${leavers(today, limit)}) AS leaver`;
    return row?.n ?? 0;
  }

  async list(today: Date, limit: Date, take: number, skip: number): Promise<Leaver[]> {
    return this.database.prisma.$queryRaw<Leaver[]>`
      SELECT leaver.id AS "personId", leaver.name, leaver.on_day AS "leftOn",
             (SELECT count(*)::int FROM contact c WHERE c.person_id = leaver.id) AS contacts,
             COALESCE((SELECT u.name || ' ' || p.title FROM tenure t JOIN post p ON p.id = t.post_id JOIN unit u ON u.id = p.unit_id
                       WHERE t.person_id = leaver.id ORDER BY t.ends_on DESC LIMIT 1), '') AS "lastPost"
      FROM (${leavers(today, limit)}) AS leaver ORDER BY leaver.on_day, leaver.id LIMIT ${take}::int OFFSET ${skip}::int`;
  }

  /** Wipes up to `take` people in three statements; the snapshots of their copies keep name and post. */
  async wipe(today: Date, limit: Date, take: number, now: Date): Promise<string[]> {
    const { prisma } = this.database;
    const rows = await prisma.$queryRaw<{ id: string }[]>`
      UPDATE person SET wiped_at = ${now}::timestamptz, version = person.version + 1
      FROM (${leavers(today, limit)} ORDER BY person.id LIMIT ${take}::int) AS leaver WHERE person.id = leaver.id
      RETURNING person.id`;
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return [];
    await prisma.$executeRaw`DELETE FROM preference WHERE person_id = ANY(${ids}::uuid[])`;
    await prisma.$executeRaw`DELETE FROM contact WHERE person_id = ANY(${ids}::uuid[])`;
    // What is still under way keeps its address until it is done; the next run finds it.
    await this.wipeDeliveries(now);
    return ids;
  }

  /**
   * Takes addresses that are no longer on the list, removed or replaced, out of old deliveries. What may have brought a text
   * keeps its address apart for RECALL_DAYS, for a notice that takes the text back and for nothing else.
   *
   * @param personId only this person's
   */
  async wipeDeliveries(now: Date, personId: string | null = null): Promise<void> {
    const { prisma } = this.database;
    const whose = personId === null ? Prisma.empty : Prisma.sql`AND c.person_id = ${personId}::uuid`;
    await prisma.$executeRaw`DELETE FROM recall_address WHERE kept_until <= ${now}::timestamptz`;
    await prisma.$executeRaw`
      WITH old AS (
        SELECT d.id, d.address, d.mail_domain, k.id IS NULL AS removed,
               COALESCE(d.sent_at, d.created_at) + ${RECALL_DAYS} * interval '1 day' AS kept_until,
               d.purpose <> 'withdrawal' AND d.attempt_no > 0 AS may_have_arrived
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
}
