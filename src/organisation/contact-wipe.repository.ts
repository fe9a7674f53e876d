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

/** Removes the addresses of people who have left. */
@Injectable()
export class ContactWipeRepository {
  constructor(private readonly database: Database) {}

  async count(today: Date, limit: Date): Promise<number> {
    const [row] = await this.database.prisma.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM (${leavers(today, limit)}) AS leaver`;
    return row?.n ?? 0;
  }

  async listContactsToWipe(today: Date, limit: Date, take: number, skip: number): Promise<Leaver[]> {
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
    return ids;
  }
}
