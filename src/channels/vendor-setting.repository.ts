import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';

/** Settings of one vendor as they were entered at the console; `sealed` is null once they were removed. */
export interface VendorSettingRow {
  vendor: string;
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
export class VendorSettingRepository {
  constructor(private readonly database: Database) {}

  /** Of the newest change; 0 when there never was one. */
  async revision(): Promise<number> {
    const { _max } = await this.database.prisma.vendorSetting.aggregate({ _max: { revision: true } });
    return _max.revision ?? 0;
  }

  async all(): Promise<VendorSettingRow[]> {
    return this.database.prisma.vendorSetting.findMany({ orderBy: { vendor: 'asc' } });
  }

  async load(vendor: string): Promise<VendorSettingRow | null> {
    return this.database.prisma.vendorSetting.findUnique({ where: { vendor } });
  }

  /**
   * In the caller's transaction.
   *
   * @param seen revision on which the change builds; 0 for none
   * @returns false when another change came first
   */
  async replace(
    vendor: string,
    sealed: string | null,
    seen: number,
    by: { id: string; name: string },
    now: Date,
  ): Promise<boolean> {
    const { prisma } = this.database;
    await prisma.$executeRaw`LOCK TABLE vendor_setting IN SHARE ROW EXCLUSIVE MODE`;
    const before = await this.load(vendor);
    if ((before?.revision ?? 0) !== seen) return false;
    const change = {
      sealed,
      revision: (await this.revision()) + 1,
      changedAt: now,
      changedBy: by.name,
      changedById: by.id,
    };
    const previous = before?.sealed ?? null;
    await prisma.vendorSetting.upsert({
      where: { vendor },
      create: { vendor, previous, ...change },
      update: { previous, ...change },
    });
    return true;
  }
}
