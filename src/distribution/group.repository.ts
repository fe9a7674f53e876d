import { Injectable } from '@nestjs/common';
import type { ScopeGroup } from '../domain/scope.js';
import { Database } from '../platform/database.js';

@Injectable()
export class GroupRepository {
  constructor(private readonly database: Database) {}

  async groups(): Promise<ScopeGroup[]> {
    const rows = await this.database.prisma.group.findMany({
      orderBy: { sortOrder: 'asc' },
      select: { id: true, name: true, aliases: { select: { text: true } } },
    });
    return rows.map(({ id, name, aliases }) => ({ id, name, aliases: aliases.map(({ text }) => text) }));
  }

  async ensureGroup(name: string, sortOrder: number): Promise<string> {
    const group = await this.database.prisma.group.upsert({
      where: { name },
      create: { name, sortOrder },
      update: {},
      select: { id: true },
    });
    return group.id;
  }

  /** The groups a post is listed in from `day` on; what it was listed in before stays in the past. */
  async setGroupsOf(postId: string, groupIds: readonly string[], day: Date): Promise<void> {
    const { prisma } = this.database;
    // A membership that began today and ends today never was; a period must not end before it begins.
    await prisma.$executeRaw`
      UPDATE group_member SET ends_on = GREATEST(${day}::date, starts_on)
      WHERE post_id = ${postId}::uuid AND ends_on IS NULL AND NOT group_id = ANY(${groupIds}::uuid[])`;
    await prisma.$executeRaw`
      INSERT INTO group_member (group_id, post_id, starts_on)
      SELECT g, ${postId}::uuid, ${day}::date FROM unnest(${groupIds}::uuid[]) AS g
      WHERE NOT EXISTS (SELECT 1 FROM group_member m WHERE m.group_id = g AND m.post_id = ${postId}::uuid AND m.ends_on IS NULL)
      ON CONFLICT (group_id, post_id, starts_on) DO UPDATE SET ends_on = NULL`;
  }

  async nextSortOrder(): Promise<number> {
    const last = await this.database.prisma.group.aggregate({ _max: { sortOrder: true } });
    return (last._max.sortOrder ?? 0) + 1;
  }

  async groupOfAlias(alias: string): Promise<string | null> {
    return (await this.database.prisma.groupAlias.findUnique({ where: { alias } }))?.groupId ?? null;
  }

  async addAlias(alias: string, text: string, groupId: string): Promise<void> {
    await this.database.prisma.groupAlias.create({ data: { alias, text, groupId } });
  }
}
