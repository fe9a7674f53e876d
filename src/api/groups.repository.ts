import { Injectable } from '@nestjs/common';
import { Prisma } from '../generated/prisma/client.js';
import { Database } from '../platform/database.js';
import type { GroupRow } from './groups.schema.js';

export type StoredGroupRow = Omit<GroupRow, 'posts' | 'people'>;

const zeroId = '00000000-0000-0000-0000-000000000000';

const columns = Prisma.sql`
  g.id, g.name, g.sort_order AS "order", g.closed_on::text AS "closedOn", g.version, g.rule,
  ARRAY(SELECT a.text FROM group_alias a WHERE a.group_id = g.id ORDER BY a.alias) AS aliases,
  ARRAY(SELECT p.part_id FROM group_part p WHERE p.group_id = g.id AND NOT p.excluded ORDER BY p.part_id) AS parts,
  ARRAY(SELECT p.part_id FROM group_part p WHERE p.group_id = g.id AND p.excluded ORDER BY p.part_id) AS "excludedParts",
  ARRAY(SELECT e.post_id FROM group_exclusion e WHERE e.group_id = g.id ORDER BY e.post_id) AS "excludedPosts"`;

/** What groups are, for programs; who is in them comes from the group service. */
@Injectable()
export class GroupsApiRepository {
  constructor(private readonly database: Database) {}

  /** @param day `yyyy-mm-dd`; groups closed by then are left out */
  async groups(after: readonly [number, string] | null, limit: number, day: string): Promise<StoredGroupRow[]> {
    const [order, id] = after ?? [-1, zeroId];
    return this.database.prisma.$queryRaw<StoredGroupRow[]>`
      SELECT ${columns} FROM recipient_group g
      WHERE (g.sort_order, g.id) > (${order}::int, ${id}::uuid) AND (g.closed_on IS NULL OR g.closed_on > ${day}::date)
      ORDER BY g.sort_order, g.id LIMIT ${limit}`;
  }

  async group(id: string): Promise<StoredGroupRow | null> {
    const rows = await this.database.prisma.$queryRaw<StoredGroupRow[]>`
      SELECT ${columns} FROM recipient_group g WHERE g.id = ${id}::uuid`;
    return rows[0] ?? null;
  }
}
