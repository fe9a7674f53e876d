import { Injectable } from '@nestjs/common';
import type { PostLevel } from '../domain/people/organisation.js';
import { isSame } from '../domain/text/same-text.js';
import { Prisma } from '../generated/prisma/client.js';
import { mayBeOneOf } from '../platform/alike.repository.js';
import { Database } from '../platform/database.js';

export interface PostRow {
  id: string;
  unitId: string;
  unitName: string;
  unitClosedOn: string | null;
  title: string;
  /** leader | unit | township: how the board groups it. */
  kind: string;
  seat: number;
  protocolOrder: number;
  level: PostLevel;
  tags: string[];
  openedOn: string | null;
  closedOn: string | null;
  version: number;
}

export interface PostFields {
  title: string;
  kind: string;
  seat: number;
  protocolOrder: number;
  level: PostLevel;
  tags: readonly string[];
}

@Injectable()
export class PostRepository {
  constructor(private readonly database: Database) {}

  /** In protocol order. */
  async loadPost(ids: readonly string[]): Promise<PostRow[]> {
    return this.database.prisma.$queryRaw<PostRow[]>`
      SELECT p.id, p.unit_id AS "unitId", u.name AS "unitName", to_char(u.closed_on, 'YYYY-MM-DD') AS "unitClosedOn", p.title,
             p.kind, p.seat, p.protocol_order AS "protocolOrder", p.level, p.tags,
             to_char(p.opened_on, 'YYYY-MM-DD') AS "openedOn", to_char(p.closed_on, 'YYYY-MM-DD') AS "closedOn", p.version
      FROM post p JOIN unit u ON u.id = p.unit_id
      WHERE p.id = ANY(${[...ids]}::uuid[]) ORDER BY p.protocol_order, p.id`;
  }

  /** Whoever changes who holds them waits here for one who does the same. */
  async lock(ids: readonly string[]): Promise<void> {
    await this.database.prisma.$queryRaw`
      SELECT id FROM post WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR UPDATE`;
  }

  async idsOfUnit(unitId: string): Promise<string[]> {
    const rows = await this.database.prisma.post.findMany({
      where: { unitId },
      select: { id: true },
      orderBy: [{ protocolOrder: 'asc' }, { id: 'asc' }],
    });
    return rows.map(({ id }) => id);
  }

  async idsOfGroups(groupIds: readonly string[]): Promise<string[]> {
    const rows = await this.database.prisma.groupMember.findMany({
      where: { groupId: { in: [...groupIds] }, endsOn: null },
      select: { postId: true },
    });
    return [...new Set(rows.map(({ postId }) => postId))];
  }

  /** Whether another post of the unit has the seat under a title that looks the same. */
  async isTaken(unitId: string, title: string, seat: number, exceptId: string | null): Promise<boolean> {
    const rows = await this.database.prisma.$queryRaw<{ title: string }[]>`
      SELECT title FROM post WHERE unit_id = ${unitId}::uuid AND seat = ${seat}
        AND ${mayBeOneOf(Prisma.sql`title`, [title])} AND id IS DISTINCT FROM ${exceptId}::uuid`;
    return rows.some((row) => isSame(row.title, title));
  }

  async lastOrder(): Promise<number> {
    return (await this.database.prisma.post.aggregate({ _max: { protocolOrder: true } }))._max.protocolOrder ?? 0;
  }

  async addPost(unitId: string, fields: PostFields, openedOn: string): Promise<string> {
    const data = { ...fields, tags: [...fields.tags], unitId, openedOn: new Date(openedOn) };
    return (await this.database.prisma.post.create({ data, select: { id: true } })).id;
  }

  async edit(id: string, fields: PostFields): Promise<void> {
    const data = { ...fields, tags: [...fields.tags], version: { increment: 1 } };
    await this.database.prisma.post.update({ where: { id }, data });
  }

  async close(ids: readonly string[], on: string): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE post SET closed_on = ${on}::date, version = version + 1 WHERE id = ANY(${[...ids]}::uuid[]) AND closed_on IS NULL`;
  }

  async touch(ids: readonly string[]): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE post SET version = version + 1 WHERE id = ANY(${[...ids]}::uuid[])`;
  }

  async setOrder(orders: readonly { id: string; protocolOrder: number }[]): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE post p SET protocol_order = r.n, version = version + 1
      FROM unnest(${orders.map(({ id }) => id)}::uuid[], ${orders.map((o) => o.protocolOrder)}::int[]) AS r(id, n)
      WHERE p.id = r.id`;
  }
}
