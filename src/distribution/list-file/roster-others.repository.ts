import { Injectable } from '@nestjs/common';
import type { KnownAddress, Namesake, OtherTenure, StoredOfficer } from '../../domain/list-file/roster-state.js';
import { sameKey } from '../../domain/text/same-text.js';
import { Prisma } from '../../generated/prisma/client.js';
import { mayBeOneOf } from '../../platform/alike.repository.js';
import { Database } from '../../platform/database.js';

type OfficerRow = Omit<StoredOfficer, 'mobile'> & { hash: string | null; masked: string | null };

/** Of the list on a day: whoever is in it besides the holders of posts. */
@Injectable()
export class RosterOthersRepository {
  constructor(private readonly database: Database) {}

  async tenures(day: string): Promise<OtherTenure[]> {
    return this.database.prisma.$queryRaw<OtherTenure[]>`
      SELECT o.id AS "tenureId", o.post_id AS "postId", person.name, o.starts_on::text AS "startsOn"
      FROM (
        SELECT t.id, t.post_id, t.person_id, t.starts_on,
               row_number() OVER (PARTITION BY t.post_id, t.starts_on > ${day}::date ORDER BY t.acting, t.starts_on DESC) AS place
        FROM tenure t
        WHERE (t.ends_on IS NULL OR (t.ends_on > ${day}::date AND t.ends_on > t.starts_on))
      ) o JOIN person ON person.id = o.person_id
      WHERE o.starts_on > ${day}::date OR o.place > 1 ORDER BY o.starts_on, o.id`;
  }

  async officers(day: string): Promise<StoredOfficer[]> {
    const rows = await this.database.prisma.$queryRaw<OfficerRow[]>`
      SELECT l.id, l.unit_id AS "unitId", l.post_id AS "postId", l.person_id AS "personId", person.name,
             l.starts_on::text AS "startsOn", c.lookup_hash AS hash, c.masked
      FROM liaison l JOIN person ON person.id = l.person_id
      LEFT JOIN contact c ON c.person_id = l.person_id AND c.kind = 'sms'
      WHERE l.ends_on IS NULL OR (l.ends_on > ${day}::date AND l.ends_on > l.starts_on)
      ORDER BY l.starts_on, person.name, l.id`;
    return rows.map(({ hash, masked, ...officer }) => ({ ...officer, mobile: address(hash, masked) }));
  }

  async namesakes(day: string, names: readonly string[]): Promise<Namesake[]> {
    if (names.length === 0) return [];
    const rows = await this.database.prisma.$queryRaw<Namesake[]>`
      SELECT person.id AS "personId", person.name,
        COALESCE(
          (SELECT u.name || ' ' || p.title FROM tenure t JOIN post p ON p.id = t.post_id JOIN unit u ON u.id = p.unit_id
           WHERE t.person_id = person.id AND t.starts_on <= ${day}::date AND (t.ends_on IS NULL OR t.ends_on > ${day}::date)
           ORDER BY p.protocol_order LIMIT 1),
          (SELECT COALESCE(u.name, pu.name || ' ' || p.title) || '联络员' FROM liaison l LEFT JOIN unit u ON u.id = l.unit_id
           LEFT JOIN post p ON p.id = l.post_id LEFT JOIN unit pu ON pu.id = p.unit_id
           WHERE l.person_id = person.id AND l.starts_on <= ${day}::date AND (l.ends_on IS NULL OR l.ends_on > ${day}::date)
           ORDER BY l.starts_on LIMIT 1)) AS holds
      FROM person WHERE ${mayBeOneOf(Prisma.sql`person.name`, names)} AND person.wiped_at IS NULL ORDER BY person.id`;
    const keys = new Set(names.map(sameKey));
    return rows.filter(({ name }) => keys.has(sameKey(name)));
  }
}

const address = (hash: string | null, masked: string | null): KnownAddress | null =>
  hash === null || masked === null ? null : { hash, masked };
