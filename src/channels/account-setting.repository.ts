import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';

/** Settings of one account as they were entered at the console; `sealed` is null once they were removed. */
export interface AccountSettingRow {
  account: string;
  sealed: string | null;
  /** What stood there before the last change; null for nothing. */
  previous: string | null;
  revision: number;
  changedAt: Date;
  /** Name of the account. */
  changedBy: string;
  changedById: string;
}

@Injectable()
export class AccountSettingRepository {
  constructor(private readonly database: Database) {}

  /** Of the newest change; 0 when there never was one. */
  async revision(): Promise<number> {
    const { _max } = await this.database.prisma.accountSetting.aggregate({ _max: { revision: true } });
    return _max.revision ?? 0;
  }

  async all(): Promise<AccountSettingRow[]> {
    return this.database.prisma.accountSetting.findMany({ orderBy: { account: 'asc' } });
  }

  async load(account: string): Promise<AccountSettingRow | null> {
    return this.database.prisma.accountSetting.findUnique({ where: { account } });
  }

  /**
   * In the caller's transaction.
   *
   * @param seen revision on which the change builds; 0 for none
   * @returns false when another change came first
   */
  async replace(
    account: string,
    sealed: string | null,
    seen: number,
    by: { id: string; name: string },
    now: Date,
  ): Promise<boolean> {
    const { prisma } = this.database;
    await prisma.$executeRaw`LOCK TABLE account_setting IN SHARE ROW EXCLUSIVE MODE`;
    const before = await this.load(account);
    if ((before?.revision ?? 0) !== seen) return false;
    const change = {
      sealed,
      revision: (await this.revision()) + 1,
      changedAt: now,
      changedBy: by.name,
      changedById: by.id,
    };
    const previous = before?.sealed ?? null;
    await prisma.accountSetting.upsert({
      where: { account },
      create: { account, previous, ...change },
      update: { previous, ...change },
    });
    return true;
  }
}
