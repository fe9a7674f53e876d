import { Injectable } from '@nestjs/common';
import { Prisma } from '../generated/prisma/client.js';
import { Database } from '../platform/database.js';

export interface ListedSeat {
  postId: string;
  protocolOrder: number;
  unitName: string;
  postTitle: string;
  kind: string;
  liaison: string | null;
  personName: string | null;
  acting: boolean;
  groups: string[];
  contacts: { kind: string; masked: string; badReason: string | null }[];
}

/** Posts open on `day` with holder and masked addresses, for reading only. */
@Injectable()
export class DistributionListRepository {
  constructor(private readonly database: Database) {}

  async seats(day: Date, search: string, take: number, skip: number): Promise<ListedSeat[]> {
    return this.database.prisma.$queryRaw<ListedSeat[]>`
      SELECT p.id AS "postId", p.protocol_order AS "protocolOrder", u.name AS "unitName", p.title AS "postTitle", p.kind,
             p.liaison, h.name AS "personName", COALESCE(h.acting, false) AS acting,
             ARRAY(SELECT g.name FROM group_member m JOIN recipient_group g ON g.id = m.group_id
                   WHERE m.post_id = p.id AND m.starts_on <= ${day}::date AND (m.ends_on IS NULL OR m.ends_on > ${day}::date)
                   ORDER BY g.sort_order) AS groups,
             COALESCE((SELECT json_agg(json_build_object('kind', c.kind, 'masked', c.masked,
                         'badReason', CASE WHEN c.bad_since IS NULL THEN NULL ELSE COALESCE(c.bad_reason, '') END) ORDER BY c.kind)
                       FROM contact c WHERE c.person_id = h.person_id), '[]') AS contacts
      ${seatsMatching(day, search)}
      ORDER BY p.protocol_order, p.id LIMIT ${take} OFFSET ${skip}`;
  }

  async count(day: Date, search: string): Promise<number> {
    const rows = await this.database.prisma.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n ${seatsMatching(day, search)}`;
    return rows[0]?.n ?? 0;
  }
}

function seatsMatching(day: Date, search: string): Prisma.Sql {
  const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  return Prisma.sql`
    FROM post p
    JOIN unit u ON u.id = p.unit_id
    LEFT JOIN LATERAL (
      SELECT t.person_id, t.acting, person.name FROM tenure t JOIN person ON person.id = t.person_id
      WHERE t.post_id = p.id AND t.starts_on <= ${day}::date AND (t.ends_on IS NULL OR t.ends_on > ${day}::date)
      ORDER BY t.acting, t.starts_on DESC LIMIT 1
    ) h ON true
    WHERE (p.closed_on IS NULL OR p.closed_on > ${day}::date)
      AND (${search} = '' OR u.name LIKE ${like} OR p.title LIKE ${like} OR h.name LIKE ${like} OR p.liaison LIKE ${like})`;
}
