import { Injectable } from '@nestjs/common';
import { normaliseGroupName } from '../domain/scope-names.js';
import { Database } from '../platform/database.js';

/** Groups as a file of the whole list names them. */
@Injectable()
export class GroupRepository {
  constructor(private readonly database: Database) {}

  /** The group of that name, or of that alias; a closed one opens again, a missing one is made. */
  async ensureGroup(name: string, sortOrder: number): Promise<string> {
    const { prisma } = this.database;
    const known =
      (await prisma.group.findUnique({ where: { name } })) ??
      (await prisma.groupAlias.findUnique({ where: { alias: normaliseGroupName(name) }, include: { group: true } }))
        ?.group;
    if (known && known.closedOn === null) return known.id;
    if (known)
      await prisma.group.update({ where: { id: known.id }, data: { closedOn: null, version: { increment: 1 } } });
    return known?.id ?? (await prisma.group.create({ data: { name, sortOrder }, select: { id: true } })).id;
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
}
