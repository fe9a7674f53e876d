import { Injectable } from '@nestjs/common';
import { Prisma } from '../generated/prisma/client.js';
import { Database } from '../platform/database.js';
import type { PersonRow, PostRow, UnitRow } from './organisation.schema.js';

/** Before every id. */
const zeroId = '00000000-0000-0000-0000-000000000000';
/** Before every protocol order. */
const start = [-1, zeroId] as const;

const unitColumns = Prisma.sql`id, name, kind, sort_order AS "order", closed_on::text AS "closedOn", version`;

const postColumns = (day: string) => Prisma.sql`
  p.id, p.unit_id AS "unitId", p.title, p.kind, p.level, p.tags, p.seat, p.protocol_order AS "order",
  p.closed_on::text AS "closedOn", p.version,
  COALESCE((SELECT json_agg(json_build_object('personId', t.person_id, 'name', person.name, 'acting', t.acting, 'startsOn', t.starts_on)
                            ORDER BY t.acting, t.starts_on)
            FROM tenure t JOIN person ON person.id = t.person_id
            WHERE t.post_id = p.id AND t.starts_on <= ${day}::date AND (t.ends_on IS NULL OR t.ends_on > ${day}::date)), '[]') AS holders`;

const personColumns = Prisma.sql`
  p.id, p.name, p.version,
  COALESCE((SELECT json_agg(json_build_object('kind', c.kind, 'masked', c.masked, 'usable', c.bad_since IS NULL) ORDER BY c.kind)
            FROM contact c WHERE c.person_id = p.id), '[]') AS contacts,
  COALESCE((SELECT json_agg(json_build_object('id', t.id, 'postId', t.post_id, 'startsOn', t.starts_on, 'endsOn', t.ends_on,
                                              'acting', t.acting) ORDER BY t.starts_on, t.id)
            FROM tenure t WHERE t.person_id = p.id), '[]') AS tenures`;

/** The list for programs: one query a page, keyed by protocol order so that pages do not shift while they are read. */
@Injectable()
export class OrganisationApiRepository {
  constructor(private readonly database: Database) {}

  async units(after: readonly [number, string] | null, limit: number): Promise<UnitRow[]> {
    const [order, id] = after ?? start;
    return this.database.prisma.$queryRaw<UnitRow[]>`
      SELECT ${unitColumns} FROM unit WHERE (sort_order, id) > (${order}::int, ${id}::uuid) ORDER BY sort_order, id LIMIT ${limit}`;
  }

  async unit(id: string): Promise<UnitRow | null> {
    const rows = await this.database.prisma.$queryRaw<
      UnitRow[]
    >`SELECT ${unitColumns} FROM unit WHERE id = ${id}::uuid`;
    return rows[0] ?? null;
  }

  /** @param day whose holders are shown, `yyyy-mm-dd`; posts closed by then are left out */
  async posts(
    after: readonly [number, string] | null,
    limit: number,
    { day, unitId }: { day: string; unitId: string | null },
  ): Promise<PostRow[]> {
    const [order, id] = after ?? start;
    return this.database.prisma.$queryRaw<PostRow[]>`
      SELECT ${postColumns(day)} FROM post p
      WHERE (p.protocol_order, p.id) > (${order}::int, ${id}::uuid) AND (p.closed_on IS NULL OR p.closed_on > ${day}::date)
        AND (${unitId}::uuid IS NULL OR p.unit_id = ${unitId}::uuid)
      ORDER BY p.protocol_order, p.id LIMIT ${limit}`;
  }

  async post(id: string, day: string): Promise<PostRow | null> {
    const rows = await this.database.prisma.$queryRaw<PostRow[]>`
      SELECT ${postColumns(day)} FROM post p WHERE p.id = ${id}::uuid`;
    return rows[0] ?? null;
  }

  async people(after: string | null, limit: number): Promise<PersonRow[]> {
    return this.database.prisma.$queryRaw<PersonRow[]>`
      SELECT ${personColumns} FROM person p WHERE p.id > ${after ?? zeroId}::uuid ORDER BY p.id LIMIT ${limit}`;
  }

  async person(id: string): Promise<PersonRow | null> {
    const rows = await this.database.prisma.$queryRaw<PersonRow[]>`
      SELECT ${personColumns} FROM person p WHERE p.id = ${id}::uuid`;
    return rows[0] ?? null;
  }
}
