import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';
import type { Role } from '../domain/roles.js';

export interface StoredSession {
  lastSeenAt: Date;
  expiresAt: Date;
  account: { id: string; name: string; roles: Role[]; publicationIds: string[]; disabledAt: Date | null };
}

/** Sessions and one-time links: both are found by the hash of a token that only its bearer has. */
@Injectable()
export class SessionRepository {
  constructor(private readonly database: Database) {}

  async find(tokenHash: string): Promise<StoredSession | null> {
    const row = await this.database.prisma.session.findUnique({ where: { tokenHash }, include: { account: true } });
    return row && { ...row, account: { ...row.account, roles: row.account.roles as Role[] } };
  }

  async insert(tokenHash: string, accountId: string, now: Date, expiresAt: Date): Promise<void> {
    await this.database.prisma.session.create({
      data: { tokenHash, accountId, createdAt: now, lastSeenAt: now, expiresAt },
    });
  }

  async touch(tokenHash: string, now: Date): Promise<void> {
    await this.database.prisma.session.updateMany({ where: { tokenHash }, data: { lastSeenAt: now } });
  }

  async delete(tokenHash: string): Promise<void> {
    await this.database.prisma.session.deleteMany({ where: { tokenHash } });
  }

  async deleteExpired(now: Date): Promise<void> {
    await this.database.prisma.session.deleteMany({ where: { expiresAt: { lte: now } } });
  }

  /** Newest first. */
  async ofAccount(accountId: string, now: Date): Promise<{ tokenHash: string; createdAt: Date; lastSeenAt: Date }[]> {
    return this.database.prisma.session.findMany({
      where: { accountId, expiresAt: { gt: now } },
      orderBy: { createdAt: 'desc' },
      select: { tokenHash: true, createdAt: true, lastSeenAt: true },
    });
  }

  async deleteOthers(accountId: string, keptHash: string): Promise<number> {
    const { count } = await this.database.prisma.session.deleteMany({
      where: { accountId, tokenHash: { not: keptHash } },
    });
    return count;
  }

  /** Ends all of the account's sessions but the newest `kept`. */
  async deleteOldest(accountId: string, kept: number): Promise<void> {
    const { prisma } = this.database;
    const old = await prisma.session.findMany({
      where: { accountId },
      orderBy: { createdAt: 'desc' },
      skip: kept,
      select: { tokenHash: true },
    });
    if (old.length) await prisma.session.deleteMany({ where: { tokenHash: { in: old.map((row) => row.tokenHash) } } });
  }
}
