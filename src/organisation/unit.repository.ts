import { Injectable } from '@nestjs/common';
import type { UnitKind } from '../domain/people/organisation.js';
import { isSame } from '../domain/text/same-text.js';
import { Prisma } from '../generated/prisma/client.js';
import { mayBeOneOf } from '../platform/alike.repository.js';
import { Database } from '../platform/database.js';

export interface UnitRow {
  id: string;
  name: string;
  kind: UnitKind;
  sortOrder: number;
  openedOn: string | null;
  closedOn: string | null;
  version: number;
}

@Injectable()
export class UnitRepository {
  constructor(private readonly database: Database) {}

  async loadUnit(id: string): Promise<UnitRow | null> {
    const rows = await this.database.prisma.$queryRaw<UnitRow[]>`
      SELECT id, name, kind, sort_order AS "sortOrder", to_char(opened_on, 'YYYY-MM-DD') AS "openedOn",
             to_char(closed_on, 'YYYY-MM-DD') AS "closedOn", version
      FROM unit WHERE id = ${id}::uuid`;
    return rows[0] ?? null;
  }

  async lock(id: string): Promise<void> {
    await this.database.prisma.$queryRaw`SELECT id FROM unit WHERE id = ${id}::uuid FOR UPDATE`;
  }

  /** The name of another unit that looks the same. */
  async namedAlike(name: string, exceptId: string | null): Promise<string | null> {
    const rows = await this.database.prisma.$queryRaw<{ name: string }[]>`
      SELECT name FROM unit WHERE ${mayBeOneOf(Prisma.sql`name`, [name])} AND id IS DISTINCT FROM ${exceptId}::uuid`;
    return rows.find((row) => isSame(row.name, name))?.name ?? null;
  }

  async addUnit(unit: { name: string; kind: UnitKind; openedOn: string }): Promise<string> {
    const last = (await this.database.prisma.unit.aggregate({ _max: { sortOrder: true } }))._max.sortOrder ?? 0;
    const data = { ...unit, openedOn: new Date(unit.openedOn), sortOrder: last + 1 };
    return (await this.database.prisma.unit.create({ data, select: { id: true } })).id;
  }

  async edit(id: string, fields: { name: string; kind: UnitKind }): Promise<void> {
    await this.database.prisma.unit.update({ where: { id }, data: { ...fields, version: { increment: 1 } } });
  }

  async close(id: string, on: string): Promise<void> {
    const data = { closedOn: new Date(on), version: { increment: 1 } };
    await this.database.prisma.unit.update({ where: { id }, data });
  }

  async touch(id: string): Promise<void> {
    await this.database.prisma.unit.update({ where: { id }, data: { version: { increment: 1 } } });
  }

  /** Open units in protocol order. */
  async openOrder(): Promise<{ id: string; sortOrder: number }[]> {
    return this.database.prisma.unit.findMany({
      where: { closedOn: null },
      select: { id: true, sortOrder: true },
      orderBy: [{ sortOrder: 'asc' }, { id: 'asc' }],
    });
  }

  async setOrder(orders: readonly { id: string; sortOrder: number }[]): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE unit u SET sort_order = r.n, version = version + 1
      FROM unnest(${orders.map(({ id }) => id)}::uuid[], ${orders.map((o) => o.sortOrder)}::int[]) AS r(id, n)
      WHERE u.id = r.id`;
  }

  async addFormerName(of: { unitId: string } | { postId: string }, name: string, untilOn: string): Promise<string> {
    const data = { ...of, name, untilOn: new Date(untilOn) };
    return (await this.database.prisma.formerName.create({ data, select: { id: true } })).id;
  }
}
