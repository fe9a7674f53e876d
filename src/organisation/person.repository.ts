import { Injectable } from '@nestjs/common';
import { isSame } from '../domain/text/same-text.js';
import { Prisma } from '../generated/prisma/client.js';
import { mayBeOneOf } from '../platform/alike.repository.js';
import { Database } from '../platform/database.js';
import { initialsOf } from './initials.js';

export interface StoredPerson {
  id: string;
  name: string;
  version: number;
}

@Injectable()
export class PersonRepository {
  constructor(private readonly database: Database) {}

  async loadPerson(id: string): Promise<StoredPerson | null> {
    return this.database.prisma.person.findUnique({ where: { id }, select: { id: true, name: true, version: true } });
  }

  async loadAll(ids: readonly string[]): Promise<{ id: string; name: string }[]> {
    return this.database.prisma.person.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true } });
  }

  async lock(id: string): Promise<void> {
    await this.database.prisma.$queryRaw`SELECT id FROM person WHERE id = ${id}::uuid FOR UPDATE`;
  }

  async addPerson(name: string): Promise<string> {
    const data = { name, initials: initialsOf(name) };
    return (await this.database.prisma.person.create({ data, select: { id: true } })).id;
  }

  async rename(id: string, name: string): Promise<void> {
    const data = { name, initials: initialsOf(name), version: { increment: 1 } };
    await this.database.prisma.person.update({ where: { id }, data });
  }

  /** Whoever is called so, or looks the same in writing. */
  async named(name: string, limit: number): Promise<{ id: string; name: string }[]> {
    const rows = await this.database.prisma.$queryRaw<{ id: string; name: string }[]>`
      SELECT id, name FROM person WHERE ${mayBeOneOf(Prisma.sql`name`, [name])} ORDER BY id`;
    return rows.filter((row) => isSame(row.name, name)).slice(0, limit);
  }

  async withoutInitials(limit: number): Promise<{ id: string; name: string }[]> {
    return this.database.prisma.person.findMany({
      where: { initials: '' },
      select: { id: true, name: true },
      take: limit,
    });
  }

  async setInitials(people: readonly { id: string; initials: string }[]): Promise<void> {
    if (people.length === 0) return;
    await this.database.prisma.$executeRaw`
      UPDATE person SET initials = r.initials
      FROM unnest(${people.map(({ id }) => id)}::uuid[], ${people.map(({ initials }) => initials)}::text[]) AS r(id, initials)
      WHERE person.id = r.id`;
  }
}
