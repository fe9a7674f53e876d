import { Injectable } from '@nestjs/common';
import { Prisma } from '../../generated/prisma/client.js';
import type { UnitKind } from '../../domain/people/organisation.js';
import { Database } from '../../platform/database.js';
import { type ListSearch, peopleFound } from '../list/list-search.repository.js';

export interface UnitLine {
  id: string;
  name: string;
  kind: UnitKind;
  version: number;
  closedOn: string | null;
  posts: number;
  vacant: number;
}

export interface PostLine {
  id: string;
  title: string;
  seat: number;
  protocolOrder: number;
  level: string;
  tags: string[];
  version: number;
  closedOn: string | null;
  holders: { personId: string; name: string; acting: boolean; actingKind: string | null }[];
}

export interface PersonLine {
  id: string;
  name: string;
  posts: string[];
  contacts: string[];
}

export interface ReceivedCopy {
  copyId: string;
  publication: string;
  number: number | null;
  signedAt: Date;
  where: string;
  reading: string;
}

/** What the pages of units, posts and people show; for reading only. */
@Injectable()
export class OrganisationPageRepository {
  constructor(private readonly database: Database) {}

  /** In protocol order, closed ones last. */
  async units(day: string): Promise<UnitLine[]> {
    return this.database.prisma.$queryRaw<UnitLine[]>`
      SELECT u.id, u.name, u.kind, u.version, to_char(u.closed_on, 'YYYY-MM-DD') AS "closedOn",
             COALESCE(c.posts, 0) AS posts, COALESCE(c.vacant, 0) AS vacant
      FROM unit u LEFT JOIN (
        SELECT p.unit_id, count(*)::int AS posts, (count(*) FILTER (WHERE h.post_id IS NULL))::int AS vacant
        FROM post p LEFT JOIN (SELECT DISTINCT post_id FROM tenure
          WHERE starts_on <= ${day}::date AND (ends_on IS NULL OR ends_on > ${day}::date)) h ON h.post_id = p.id
        WHERE (p.closed_on IS NULL OR p.closed_on > ${day}::date) AND (p.opened_on IS NULL OR p.opened_on <= ${day}::date)
        GROUP BY p.unit_id) c ON c.unit_id = u.id
      ORDER BY u.closed_on IS NOT NULL, u.sort_order, u.id`;
  }

  async postsOfUnit(unitId: string, day: string): Promise<PostLine[]> {
    return this.postLines(Prisma.sql`p.unit_id = ${unitId}::uuid`, day);
  }

  async posts(ids: readonly string[], day: string): Promise<PostLine[]> {
    return this.postLines(Prisma.sql`p.id = ANY(${[...ids]}::uuid[])`, day);
  }

  private postLines(where: Prisma.Sql, day: string): Promise<PostLine[]> {
    return this.database.prisma.$queryRaw<PostLine[]>`
      SELECT p.id, p.title, p.seat, p.protocol_order AS "protocolOrder", p.level, p.tags, p.version,
             to_char(p.closed_on, 'YYYY-MM-DD') AS "closedOn",
             COALESCE((SELECT json_agg(json_build_object('personId', t.person_id, 'name', person.name, 'acting', t.acting,
                         'actingKind', t.acting_kind) ORDER BY t.acting, t.starts_on)
                       FROM tenure t JOIN person ON person.id = t.person_id
                       WHERE t.post_id = p.id AND t.starts_on <= ${day}::date
                         AND (t.ends_on IS NULL OR t.ends_on > ${day}::date)), '[]') AS holders
      FROM post p WHERE ${where} ORDER BY p.closed_on IS NOT NULL, p.protocol_order, p.id`;
  }

  async people(search: ListSearch, day: string, take: number, skip: number): Promise<PersonLine[]> {
    return this.database.prisma.$queryRaw<PersonLine[]>`
      SELECT person.id, person.name,
             ARRAY(SELECT u.name || ' ' || p.title || CASE WHEN t.acting THEN '（代理）' ELSE '' END
                   FROM tenure t JOIN post p ON p.id = t.post_id JOIN unit u ON u.id = p.unit_id
                   WHERE t.person_id = person.id AND t.starts_on <= ${day}::date AND (t.ends_on IS NULL OR t.ends_on > ${day}::date)
                   ORDER BY p.protocol_order) AS posts,
             ARRAY(SELECT c.masked FROM contact c WHERE c.person_id = person.id ORDER BY c.kind) AS contacts
      FROM (SELECT id, name FROM person ${personWhere(search)} ORDER BY initials, name, id LIMIT ${take} OFFSET ${skip}) person
      JOIN person whole ON whole.id = person.id
      ORDER BY whole.initials, person.name, person.id`;
  }

  async peopleCount(search: ListSearch): Promise<number> {
    const rows = await this.database.prisma.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM person ${personWhere(search)}`;
    return rows[0]?.n ?? 0;
  }

  async openGroups(): Promise<{ id: string; name: string }[]> {
    return this.database.prisma.group.findMany({
      where: { closedOn: null },
      select: { id: true, name: true },
      orderBy: { sortOrder: 'asc' },
    });
  }

  async formerNames(of: { unitId: string } | { postId: string }): Promise<{ name: string; untilOn: Date }[]> {
    return this.database.prisma.formerName.findMany({
      where: of,
      select: { name: true, untilOn: true },
      orderBy: { untilOn: 'desc' },
    });
  }

  async contactsOf(
    personId: string,
  ): Promise<{ kind: string; masked: string; badReason: string | null; bad: boolean }[]> {
    const rows = await this.database.prisma.contact.findMany({
      where: { personId },
      select: { kind: true, masked: true, badReason: true, badSince: true },
      orderBy: { kind: 'asc' },
    });
    return rows.map(({ badSince, ...row }) => ({ ...row, bad: badSince !== null }));
  }

  /** Newest first; the place is the one the copy was sent to. */
  async received(personId: string, take: number): Promise<ReceivedCopy[]> {
    return this.database.prisma.$queryRaw<ReceivedCopy[]>`
      SELECT c.id AS "copyId", pub.name AS publication, i.number, e.signed_at AS "signedAt",
             c.unit_name || ' ' || c.post_title AS where, c.reading
      FROM copy c JOIN edition e ON e.id = c.edition_id JOIN issue i ON i.id = e.issue_id
      JOIN publication pub ON pub.id = i.publication_id
      WHERE c.person_id = ${personId}::uuid ORDER BY e.signed_at DESC, c.id LIMIT ${take}`;
  }
}

const personWhere = (search: ListSearch): Prisma.Sql =>
  search.text === '' ? Prisma.empty : Prisma.sql`WHERE id IN (${peopleFound(search)})`;
