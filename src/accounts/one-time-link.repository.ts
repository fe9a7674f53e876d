import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';

/** `setup`: set a password, then signed in. `signIn`: signed in. */
export type LinkPurpose = 'setup' | 'signIn';

export interface StoredLink {
  accountId: string;
  purpose: LinkPurpose;
  expiresAt: Date;
  usedAt: Date | null;
}

@Injectable()
export class OneTimeLinkRepository {
  constructor(private readonly database: Database) {}

  async find(tokenHash: string): Promise<StoredLink | null> {
    const row = await this.database.prisma.oneTimeLink.findUnique({ where: { tokenHash } });
    return row && { ...row, purpose: row.purpose as LinkPurpose };
  }

  async insert(tokenHash: string, accountId: string, purpose: LinkPurpose, expiresAt: Date): Promise<void> {
    await this.database.prisma.oneTimeLink.create({ data: { tokenHash, accountId, purpose, expiresAt } });
  }

  /** True for exactly one caller. */
  async spend(tokenHash: string, now: Date): Promise<boolean> {
    const { count } = await this.database.prisma.oneTimeLink.updateMany({
      where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
      data: { usedAt: now },
    });
    return count === 1;
  }

  async deleteUnused(accountId: string): Promise<void> {
    await this.database.prisma.oneTimeLink.deleteMany({ where: { accountId, usedAt: null } });
  }
}
