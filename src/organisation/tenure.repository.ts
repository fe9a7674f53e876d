import { Injectable } from '@nestjs/common';
import { Prisma } from '../generated/prisma/client.js';
import type { ActingKind, Tenure, TenureSteps } from '../domain/people/organisation.js';
import { Database } from '../platform/database.js';

/** A tenure with the words a screen needs. */
export interface TenureRow extends Tenure {
  actingKind: ActingKind | null;
  personName: string;
  postTitle: string;
  unitName: string;
  protocolOrder: number;
}

/** Who holds which post from when to when. */
@Injectable()
export class TenureRepository {
  constructor(private readonly database: Database) {}

  async ofPosts(postIds: readonly string[]): Promise<TenureRow[]> {
    return this.rows(Prisma.sql`t.post_id = ANY(${[...postIds]}::uuid[])`);
  }

  async ofPeople(personIds: readonly string[]): Promise<TenureRow[]> {
    return this.rows(Prisma.sql`t.person_id = ANY(${[...personIds]}::uuid[])`);
  }

  async loadTenure(ids: readonly string[]): Promise<TenureRow[]> {
    return this.rows(Prisma.sql`t.id = ANY(${[...ids]}::uuid[])`);
  }

  /** Newest first. */
  private async rows(where: Prisma.Sql): Promise<TenureRow[]> {
    return this.database.prisma.$queryRaw<TenureRow[]>`
      SELECT t.id, t.post_id AS "postId", t.person_id AS "personId", to_char(t.starts_on, 'YYYY-MM-DD') AS "startsOn",
             to_char(t.ends_on, 'YYYY-MM-DD') AS "endsOn", t.acting, t.acting_kind AS "actingKind", person.name AS "personName",
             p.title AS "postTitle", u.name AS "unitName", p.protocol_order AS "protocolOrder"
      FROM tenure t JOIN person ON person.id = t.person_id JOIN post p ON p.id = t.post_id JOIN unit u ON u.id = p.unit_id
      WHERE ${where} ORDER BY t.starts_on DESC, t.acting, t.id`;
  }

  /** @returns ids of the tenures that began */
  async apply({ ends, beginnings }: TenureSteps): Promise<string[]> {
    const { prisma } = this.database;
    // Ends first: a post has one holder without an end at any moment.
    if (ends.length > 0)
      await prisma.$executeRaw`
        UPDATE tenure t SET ends_on = r.ends_on
        FROM unnest(${ends.map((e) => e.tenureId)}::uuid[], ${ends.map((e) => e.endsOn)}::date[]) AS r(id, ends_on)
        WHERE t.id = r.id`;
    if (beginnings.length === 0) return [];
    const rows = await prisma.$queryRaw<{ id: string }[]>`
      INSERT INTO tenure (post_id, person_id, starts_on, acting, acting_kind)
      SELECT post_id, person_id, starts_on, acting_kind IS NOT NULL, acting_kind
      FROM unnest(${beginnings.map((b) => b.postId)}::uuid[], ${beginnings.map((b) => b.personId)}::uuid[],
                  ${beginnings.map((b) => b.startsOn)}::date[], ${beginnings.map((b) => b.actingKind)}::text[])
           AS r(post_id, person_id, starts_on, acting_kind)
      RETURNING id`;
    return rows.map(({ id }) => id);
  }

  async correct(
    id: string,
    to: { personId: string; startsOn: string; endsOn: string | null; actingKind: ActingKind | null },
  ): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE tenure SET person_id = ${to.personId}::uuid, starts_on = ${to.startsOn}::date, ends_on = ${to.endsOn}::date,
             acting = ${to.actingKind !== null}, acting_kind = ${to.actingKind}
      WHERE id = ${id}::uuid`;
  }
}
