import { Injectable } from '@nestjs/common';
import type { GroupRule } from '../../domain/scope/group.js';
import { normaliseGroupName } from '../../domain/scope/scope-names.js';
import { Prisma } from '../../generated/prisma/client.js';
import { Database, jsonColumn } from '../../platform/database.js';

export interface StoredGroup {
  id: string;
  name: string;
  sortOrder: number;
  closedOn: Date | null;
  version: number;
}

/** Writes what a group is. */
@Injectable()
export class GroupEditRepository {
  constructor(private readonly database: Database) {}

  async loadGroup(id: string): Promise<StoredGroup | null> {
    const select = { id: true, name: true, sortOrder: true, closedOn: true, version: true };
    return this.database.prisma.group.findUnique({ where: { id }, select });
  }

  async addGroup(name: string): Promise<string> {
    const last = await this.database.prisma.group.aggregate({ _max: { sortOrder: true } });
    const data = { name, sortOrder: (last._max.sortOrder ?? 0) + 1 };
    return (await this.database.prisma.group.create({ data, select: { id: true } })).id;
  }

  /** Compare-and-set on the version the page was made from. False when somebody was faster. */
  async countChange(id: string, version: number): Promise<boolean> {
    const { count } = await this.database.prisma.group.updateMany({
      where: { id, version },
      data: { version: { increment: 1 } },
    });
    return count === 1;
  }

  async rename(id: string, name: string): Promise<void> {
    await this.database.prisma.group.update({ where: { id }, data: { name } });
  }

  async setRule(id: string, rule: GroupRule | null): Promise<void> {
    const data = { rule: rule === null ? Prisma.DbNull : jsonColumn(rule) };
    await this.database.prisma.group.update({ where: { id }, data });
  }

  async setClosed(id: string, on: string | null): Promise<void> {
    await this.database.prisma.group.update({ where: { id }, data: { closedOn: on === null ? null : new Date(on) } });
  }

  /** A listing that was to begin later begins earlier; one in force stays. */
  async listPosts(id: string, postIds: readonly string[], on: string): Promise<void> {
    const { prisma } = this.database;
    await prisma.$executeRaw`
      DELETE FROM group_member WHERE group_id = ${id}::uuid AND post_id = ANY(${postIds}::uuid[]) AND starts_on > ${on}::date`;
    await prisma.$executeRaw`
      INSERT INTO group_member (group_id, post_id, starts_on)
      SELECT ${id}::uuid, p, ${on}::date FROM unnest(${postIds}::uuid[]) AS p
      WHERE NOT EXISTS (SELECT 1 FROM group_member m WHERE m.group_id = ${id}::uuid AND m.post_id = p AND m.ends_on IS NULL)
      ON CONFLICT (group_id, post_id, starts_on) DO UPDATE SET ends_on = NULL`;
  }

  async unlistPost(id: string, postId: string, on: string): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE group_member SET ends_on = GREATEST(${on}::date, starts_on)
      WHERE group_id = ${id}::uuid AND post_id = ${postId}::uuid AND (ends_on IS NULL OR ends_on > ${on}::date)`;
  }

  async setExcluded(groupId: string, postId: string, excluded: boolean): Promise<void> {
    const { prisma } = this.database;
    await prisma.groupExclusion.deleteMany({ where: { groupId, postId } });
    if (excluded) await prisma.groupExclusion.create({ data: { groupId, postId } });
  }

  async setExclusions(groupId: string, postIds: readonly string[]): Promise<void> {
    const { prisma } = this.database;
    await prisma.groupExclusion.deleteMany({ where: { groupId, postId: { notIn: [...postIds] } } });
    await prisma.groupExclusion.createMany({
      data: postIds.map((postId) => ({ groupId, postId })),
      skipDuplicates: true,
    });
  }

  /** From `on` what the one lists is listed in the other as well. */
  async copyListings(from: string, to: string, on: string): Promise<void> {
    await this.database.prisma.$executeRaw`
      INSERT INTO group_member (group_id, post_id, starts_on, ends_on)
      SELECT ${to}::uuid, m.post_id, m.since, max(COALESCE(m.ends_on, 'infinity'::date))
      FROM (SELECT post_id, GREATEST(starts_on, ${on}::date) AS since, ends_on FROM group_member WHERE group_id = ${from}::uuid) m
      WHERE (m.ends_on IS NULL OR m.ends_on > m.since)
        AND NOT EXISTS (SELECT 1 FROM group_member t WHERE t.group_id = ${to}::uuid AND t.post_id = m.post_id
          AND t.starts_on <= m.since AND (t.ends_on IS NULL OR t.ends_on >= m.ends_on))
      GROUP BY m.post_id, m.since
      ON CONFLICT (group_id, post_id, starts_on) DO UPDATE SET ends_on = EXCLUDED.ends_on`;
    await this.database.prisma.$executeRaw`
      UPDATE group_member SET ends_on = NULL WHERE group_id = ${to}::uuid AND ends_on = 'infinity'::date`;
  }

  async handAliasesOn(from: string, to: string): Promise<void> {
    await this.database.prisma.groupAlias.updateMany({ where: { groupId: from }, data: { groupId: to } });
  }

  /** Pages of these groups that were opened before are stale. */
  async touch(ids: readonly string[]): Promise<void> {
    await this.database.prisma.group.updateMany({
      where: { id: { in: [...ids] } },
      data: { version: { increment: 1 } },
    });
  }

  async setParts(groupId: string, parts: readonly string[], excludedParts: readonly string[]): Promise<void> {
    const { prisma } = this.database;
    await prisma.groupPart.deleteMany({ where: { groupId } });
    const row = (excluded: boolean) => (partId: string) => ({ groupId, partId, excluded });
    await prisma.groupPart.createMany({ data: [...parts.map(row(false)), ...excludedParts.map(row(true))] });
  }

  async addAlias(groupId: string, alias: string, text: string): Promise<void> {
    await this.database.prisma.groupAlias.upsert({
      where: { alias },
      create: { alias, text, groupId },
      update: { text, groupId, unitId: null, postId: null },
    });
  }

  /** An alias of another group, a unit or a post stays. */
  async removeAlias(groupId: string, alias: string): Promise<void> {
    await this.database.prisma.groupAlias.deleteMany({ where: { alias, groupId } });
  }

  /** Who has a name already, as its own or as an alias. */
  async ownerOfName(alias: string): Promise<{ groupId: string | null; name: string } | null> {
    const { prisma } = this.database;
    const known = await prisma.groupAlias.findUnique({
      where: { alias },
      include: { group: true, unit: true, post: { include: { unit: true } } },
    });
    if (known) {
      const { group, unit, post } = known;
      return {
        groupId: known.groupId,
        name: group?.name ?? unit?.name ?? `${post?.unit.name ?? ''} ${post?.title ?? ''}`,
      };
    }
    // Closed ones count: names are unique, and a group may be opened again.
    const groups = await prisma.group.findMany({ select: { id: true, name: true } });
    const own = groups.find(({ name }) => normaliseGroupName(name) === alias);
    return own ? { groupId: own.id, name: own.name } : null;
  }

  /** Open groups that contain or leave out this one. */
  async usersOf(id: string): Promise<string[]> {
    const rows = await this.database.prisma.groupPart.findMany({
      where: { partId: id, group: { closedOn: null } },
      select: { group: { select: { name: true } } },
    });
    return rows.map(({ group }) => group.name);
  }

  /** Open groups in their order. */
  async inOrder(): Promise<{ id: string; sortOrder: number }[]> {
    return this.database.prisma.group.findMany({
      where: { closedOn: null },
      orderBy: [{ sortOrder: 'asc' }, { id: 'asc' }],
      select: { id: true, sortOrder: true },
    });
  }

  async setOrder(orders: readonly { id: string; sortOrder: number }[]): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE recipient_group g SET sort_order = r.n, version = version + 1
      FROM unnest(${orders.map(({ id }) => id)}::uuid[], ${orders.map((o) => o.sortOrder)}::int[]) AS r(id, n)
      WHERE g.id = r.id`;
  }

  async postNames(postIds: readonly string[]): Promise<string[]> {
    const rows = await this.database.prisma.post.findMany({
      where: { id: { in: [...postIds] } },
      orderBy: { protocolOrder: 'asc' },
      select: { title: true, unit: { select: { name: true } } },
    });
    return rows.map(({ title, unit }) => `${unit.name} ${title}`);
  }
}
