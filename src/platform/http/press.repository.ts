import { Injectable } from '@nestjs/common';
import { Database } from '../database.js';

@Injectable()
export class PressRepository {
  constructor(private readonly database: Database) {}

  /** True for the first; one that never came to an end before `stale` is forgotten and does not stand in the way. */
  async begin(key: string, at: Date, stale: Date): Promise<boolean> {
    const { prisma } = this.database;
    await prisma.press.deleteMany({ where: { key, leadsTo: null, at: { lt: stale } } });
    return (await prisma.press.createMany({ data: [{ key, at }], skipDuplicates: true })).count === 1;
  }

  async find(key: string): Promise<{ leadsTo: string | null } | null> {
    return this.database.prisma.press.findUnique({ where: { key }, select: { leadsTo: true } });
  }

  async finish(key: string, leadsTo: string): Promise<void> {
    await this.database.prisma.press.updateMany({ where: { key }, data: { leadsTo } });
  }

  async forget(key: string): Promise<void> {
    await this.database.prisma.press.deleteMany({ where: { key } });
  }

  async forgetBefore(time: Date): Promise<void> {
    await this.database.prisma.press.deleteMany({ where: { at: { lt: time } } });
  }
}
