import { Injectable } from '@nestjs/common';
import type { Suggestion } from '../../domain/scope/scope-directory.js';
import { Database } from '../../platform/database.js';

type Target = Pick<Suggestion, 'kind' | 'id'>;

/** What printed names stand for: aliases of groups, and other names of units and posts. */
@Injectable()
export class ScopeNameRepository {
  constructor(private readonly database: Database) {}

  async targetOf(alias: string): Promise<Target | null> {
    const row = await this.database.prisma.groupAlias.findUnique({ where: { alias } });
    if (row?.groupId) return { kind: 'group', id: row.groupId };
    if (row?.unitId) return { kind: 'unit', id: row.unitId };
    return row?.postId ? { kind: 'post', id: row.postId } : null;
  }

  async nameOf({ kind, id }: Target): Promise<string | null> {
    const { prisma } = this.database;
    if (kind === 'group')
      return (await prisma.group.findFirst({ where: { id, closedOn: null }, select: { name: true } }))?.name ?? null;
    if (kind === 'unit') return (await prisma.unit.findUnique({ where: { id }, select: { name: true } }))?.name ?? null;
    const post = await prisma.post.findUnique({
      where: { id },
      select: { title: true, unit: { select: { name: true } } },
    });
    return post === null ? null : `${post.unit.name} ${post.title}`;
  }

  async addName(alias: string, text: string, { kind, id }: Target): Promise<void> {
    const column = { group: 'groupId', unit: 'unitId', post: 'postId' } as const;
    await this.database.prisma.groupAlias.create({ data: { alias, text, [column[kind]]: id } });
  }

  async remove(alias: string): Promise<void> {
    await this.database.prisma.groupAlias.deleteMany({ where: { alias } });
  }
}
