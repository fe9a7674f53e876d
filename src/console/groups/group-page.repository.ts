import { Injectable } from '@nestjs/common';
import { normaliseGroupName } from '../../domain/scope/scope-names.js';
import { sameKey } from '../../domain/text/same-text.js';
import { AlikeRepository, likeText } from '../../platform/alike.repository.js';
import { Database } from '../../platform/database.js';

export interface FoundPost {
  postId: string;
  unit: string;
  title: string;
  holder: string | null;
}

export interface Listing {
  postId: string;
  unit: string;
  title: string;
  startsOn: string;
  endsOn: string | null;
}

/** What the pages of groups show beside the members. */
@Injectable()
export class GroupPageRepository {
  constructor(
    private readonly database: Database,
    private readonly names: AlikeRepository,
  ) {}

  async closed(): Promise<{ id: string; name: string; closedOn: Date | null; version: number }[]> {
    return this.database.prisma.group.findMany({
      where: { closedOn: { not: null } },
      orderBy: { sortOrder: 'asc' },
      select: { id: true, name: true, closedOn: true, version: true },
    });
  }

  async postsMatching(search: string, day: Date, take: number): Promise<FoundPost[]> {
    const [like, odd] = [likeText(sameKey(search)), await this.names.oddlyNamed(search)];
    return this.database.prisma.$queryRaw<FoundPost[]>`
      SELECT p.id AS "postId", u.name AS unit, p.title, h.name AS holder
      FROM post p JOIN unit u ON u.id = p.unit_id
      LEFT JOIN LATERAL (
        SELECT person.id, person.name FROM tenure t JOIN person ON person.id = t.person_id
        WHERE t.post_id = p.id AND t.starts_on <= ${day}::date AND (t.ends_on IS NULL OR t.ends_on > ${day}::date)
        ORDER BY t.acting, t.starts_on DESC LIMIT 1
      ) h ON true
      WHERE (p.closed_on IS NULL OR p.closed_on > ${day}::date)
        AND (u.name || p.title LIKE ${like} OR h.name LIKE ${like}
          OR p.id = ANY(${odd.posts}::uuid[]) OR h.id = ANY(${odd.people}::uuid[]))
      ORDER BY p.protocol_order, p.id LIMIT ${take}`;
  }

  /** Listings that are in force on `day` or will be. */
  async listings(groupId: string, day: Date): Promise<Listing[]> {
    return this.database.prisma.$queryRaw<Listing[]>`
      SELECT p.id AS "postId", u.name AS unit, p.title, m.starts_on::text AS "startsOn", m.ends_on::text AS "endsOn"
      FROM group_member m JOIN post p ON p.id = m.post_id JOIN unit u ON u.id = p.unit_id
      WHERE m.group_id = ${groupId}::uuid AND (m.ends_on IS NULL OR m.ends_on > ${day}::date)
      ORDER BY p.protocol_order, p.id LIMIT 5000`;
  }

  /** The group of which a name is an alias. */
  async ownerOfAlias(name: string): Promise<{ id: string; name: string } | null> {
    const where = { alias: normaliseGroupName(name) };
    const select = { group: { select: { id: true, name: true } } };
    return (await this.database.prisma.groupAlias.findUnique({ where, select }))?.group ?? null;
  }

  async tags(): Promise<string[]> {
    const rows = await this.database.prisma.$queryRaw<{ tag: string }[]>`
      SELECT DISTINCT unnest(tags) AS tag FROM post ORDER BY tag LIMIT 50`;
    return rows.map(({ tag }) => tag);
  }

  async scopeLabels(): Promise<string[]> {
    const rows = await this.database.prisma.$queryRaw<{ label: string }[]>`
      SELECT DISTINCT unnest(scope) AS label FROM issue`;
    return rows.map(({ label }) => label);
  }

  async issuesWith(
    labels: readonly string[],
    take: number,
  ): Promise<{ id: string; name: string; year: number; number: number | null; scope: string[] }[]> {
    return this.database.prisma.$queryRaw`
      SELECT i.id, p.name, i.year, COALESCE(i.number, i.proposed_number) AS number, i.scope
      FROM issue i JOIN publication p ON p.id = i.publication_id
      WHERE i.scope && ${labels}::text[] ORDER BY i.created_at DESC LIMIT ${take}`;
  }
}
