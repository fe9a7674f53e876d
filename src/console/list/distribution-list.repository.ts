import { Injectable } from '@nestjs/common';
import { Prisma } from '../../generated/prisma/client.js';
import { Database } from '../../platform/database.js';
import { type ListSearch, peopleFound } from './list-search.repository.js';

export interface ListedSeat {
  postId: string;
  /** Of all pages together. */
  total: number;
  unitId: string;
  protocolOrder: number;
  unitName: string;
  postTitle: string;
  kind: string;
  liaison: string | null;
  personId: string | null;
  personName: string | null;
  acting: boolean;
  actingKind: string | null;
  contacts: { kind: string; masked: string; badReason: string | null }[];
}

/** Posts open on `day` with holder and masked addresses, for reading only. */
@Injectable()
export class DistributionListRepository {
  constructor(private readonly database: Database) {}

  /** The page is cut before anything is joined to it, so that a long list costs no more than a short one. */
  async seats(day: string, search: ListSearch, take: number, skip: number): Promise<ListedSeat[]> {
    return this.database.prisma.$queryRaw<ListedSeat[]>`
      ${found(day, search)}
      SELECT p.id AS "postId", place.total, u.id AS "unitId", p.protocol_order AS "protocolOrder", p.kind,
             COALESCE((SELECT f.name FROM former_name f WHERE f.unit_id = u.id AND f.until_on > ${day}::date
                       ORDER BY f.until_on LIMIT 1), u.name) AS "unitName",
             COALESCE((SELECT f.name FROM former_name f WHERE f.post_id = p.id AND f.until_on > ${day}::date
                       ORDER BY f.until_on LIMIT 1), p.title) AS "postTitle",
             COALESCE((SELECT string_agg(o.name, '、' ORDER BY l.starts_on, o.name) FROM liaison l JOIN person o ON o.id = l.person_id
                       WHERE l.post_id = p.id AND ${during('l', day)}),
                      (SELECT string_agg(o.name, '、' ORDER BY l.starts_on, o.name) FROM liaison l JOIN person o ON o.id = l.person_id
                       WHERE l.unit_id = u.id AND ${during('l', day)})) AS liaison,
             h.person_id AS "personId", h.name AS "personName", COALESCE(h.acting, false) AS acting, h.acting_kind AS "actingKind",
             COALESCE((SELECT json_agg(json_build_object('kind', c.kind, 'masked', c.masked,
                         'badReason', CASE WHEN c.bad_since IS NULL THEN NULL ELSE COALESCE(c.bad_reason, '') END) ORDER BY c.kind)
                       FROM contact c WHERE c.person_id = h.person_id), '[]') AS contacts
      FROM (SELECT id, (count(*) OVER ())::int AS total FROM post WHERE ${open(day, search)}
            ORDER BY protocol_order, id LIMIT ${take} OFFSET ${skip}) place
      JOIN post p ON p.id = place.id
      JOIN unit u ON u.id = p.unit_id
      LEFT JOIN LATERAL (
        SELECT t.person_id, t.acting, t.acting_kind, person.name FROM tenure t JOIN person ON person.id = t.person_id
        WHERE t.post_id = p.id AND ${during('t', day)}
        ORDER BY t.acting, t.starts_on DESC LIMIT 1
      ) h ON true
      ORDER BY p.protocol_order, p.id`;
  }

  /** For a page beyond the last, where no row says it. */
  async count(day: string, search: ListSearch): Promise<number> {
    const rows = await this.database.prisma.$queryRaw<{ n: number }[]>`
      ${found(day, search)} SELECT count(*)::int AS n FROM post WHERE ${open(day, search)}`;
    return rows[0]?.n ?? 0;
  }

  /** People who match and hold nothing on that day, so that the one search box finds everybody. */
  async others(day: string, search: ListSearch, take: number): Promise<{ id: string; name: string }[]> {
    if (search.text === '') return [];
    return this.database.prisma.$queryRaw<{ id: string; name: string }[]>`
      SELECT person.id, person.name FROM person
      WHERE person.id IN (${peopleFound(search)})
        AND NOT EXISTS (SELECT 1 FROM tenure t WHERE t.person_id = person.id AND ${during('t', day)})
      ORDER BY person.name, person.id LIMIT ${take}`;
  }
}

function during(alias: 't' | 'l', day: string): Prisma.Sql {
  const [from, until] = [Prisma.raw(`${alias}.starts_on`), Prisma.raw(`${alias}.ends_on`)];
  return Prisma.sql`${from} <= ${day}::date AND (${until} IS NULL OR ${until} > ${day}::date)`;
}

const open = (day: string, { text }: ListSearch): Prisma.Sql => Prisma.sql`
  (closed_on IS NULL OR closed_on > ${day}::date) AND (opened_on IS NULL OR opened_on <= ${day}::date)
  ${text === '' ? Prisma.empty : Prisma.sql`AND id IN (SELECT id FROM found)`}`;

/** Posts by what they and their units are called, by whoever holds or held them that day, by liaison officer. */
function found(day: string, search: ListSearch): Prisma.Sql {
  if (search.text === '') return Prisma.empty;
  const { like, odd } = search;
  return Prisma.sql`
    WITH people AS (${peopleFound(search)}), units AS (
      SELECT id FROM unit WHERE name LIKE ${like} OR id = ANY(${odd.units}::uuid[])
      UNION SELECT unit_id FROM former_name WHERE unit_id IS NOT NULL AND name LIKE ${like}
      UNION SELECT l.unit_id FROM liaison l JOIN people ON people.id = l.person_id WHERE l.unit_id IS NOT NULL AND ${during('l', day)}
    ), found AS (
      SELECT p.id FROM post p JOIN units ON units.id = p.unit_id
      UNION SELECT p.id FROM post p JOIN unit u ON u.id = p.unit_id
            WHERE u.name || p.title LIKE ${like} OR p.id = ANY(${odd.posts}::uuid[])
      UNION SELECT post_id FROM former_name WHERE post_id IS NOT NULL AND name LIKE ${like}
      UNION SELECT t.post_id FROM tenure t JOIN people ON people.id = t.person_id WHERE ${during('t', day)}
      UNION SELECT l.post_id FROM liaison l JOIN people ON people.id = l.person_id WHERE l.post_id IS NOT NULL AND ${during('l', day)}
    )`;
}
