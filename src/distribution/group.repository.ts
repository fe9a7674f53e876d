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

  async setGroupsOf(postId: string, groupIds: readonly string[]): Promise<void> {
    const { prisma } = this.database;
    await prisma.groupMember.deleteMany({ where: { postId, groupId: { notIn: [...groupIds] } } });
    await prisma.groupMember.createMany({
      data: groupIds.map((groupId) => ({ groupId, postId })),
      skipDuplicates: true,
    });
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
