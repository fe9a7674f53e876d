import { Injectable } from '@nestjs/common';
import { Prisma } from '../generated/prisma/client.js';
import { Database } from '../platform/database.js';

export interface LiaisonRow {
  id: string;
  unitId: string | null;
  postId: string | null;
  personId: string;
  personName: string;
  /** Whom the officer serves, in words. */
  serves: string;
  startsOn: string;
  endsOn: string | null;
}

/** Liaison officers (联络员) of units and of single posts. */
@Injectable()
export class LiaisonRepository {
  constructor(private readonly database: Database) {}

  async ofUnit(unitId: string): Promise<LiaisonRow[]> {
    return this.rows(Prisma.sql`l.unit_id = ${unitId}::uuid`);
  }

  async ofPost(postId: string): Promise<LiaisonRow[]> {
    return this.rows(Prisma.sql`l.post_id = ${postId}::uuid`);
  }

  async ofPerson(personId: string): Promise<LiaisonRow[]> {
    return this.rows(Prisma.sql`l.person_id = ${personId}::uuid`);
  }

  /** Officers of these posts, and of this unit itself, who would still serve after `on`. */
  async servingAfter(postIds: readonly string[], unitId: string | null, on: string): Promise<LiaisonRow[]> {
    return this.rows(Prisma.sql`(l.post_id = ANY(${[...postIds]}::uuid[]) OR l.unit_id = ${unitId}::uuid)
      AND (l.ends_on IS NULL OR l.ends_on > ${on}::date)`);
  }

  async loadLiaison(id: string): Promise<LiaisonRow | null> {
    return (await this.rows(Prisma.sql`l.id = ${id}::uuid`))[0] ?? null;
  }

  async addLiaison(liaison: {
    unitId: string | null;
    postId: string | null;
    personId: string;
    startsOn: string;
  }): Promise<string> {
    const data = { ...liaison, startsOn: new Date(liaison.startsOn) };
    return (await this.database.prisma.liaison.create({ data, select: { id: true } })).id;
  }

  async end(id: string, on: string): Promise<void> {
    await this.database.prisma.liaison.update({ where: { id }, data: { endsOn: new Date(on) } });
  }

  private async rows(where: Prisma.Sql): Promise<LiaisonRow[]> {
    return this.database.prisma.$queryRaw<LiaisonRow[]>`
      SELECT l.id, l.unit_id AS "unitId", l.post_id AS "postId", l.person_id AS "personId", person.name AS "personName",
             COALESCE(u.name, pu.name || ' ' || p.title) AS serves,
             to_char(l.starts_on, 'YYYY-MM-DD') AS "startsOn", to_char(l.ends_on, 'YYYY-MM-DD') AS "endsOn"
      FROM liaison l JOIN person ON person.id = l.person_id
      LEFT JOIN unit u ON u.id = l.unit_id LEFT JOIN post p ON p.id = l.post_id LEFT JOIN unit pu ON pu.id = p.unit_id
      WHERE ${where} AND (l.ends_on IS NULL OR l.ends_on > l.starts_on) ORDER BY l.starts_on DESC, l.id`;
  }
}
