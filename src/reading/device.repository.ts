import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';

export interface Device {
  id: string;
  personId: string;
  lookupHash: string;
  provenAt: Date;
  expiresAt: Date;
}

/** Devices on which people have proven who they are. */
@Injectable()
export class DeviceRepository {
  constructor(private readonly database: Database) {}

  /** The address it was proven by must still be the person's. */
  async isLiving(id: string, personId: string, now: Date): Promise<boolean> {
    const rows = await this.database.prisma.$queryRaw<unknown[]>`
      SELECT 1 FROM reader_device d
      WHERE d.id = ${id}::uuid AND d.person_id = ${personId}::uuid AND d.expires_at > ${now}::timestamptz
        AND EXISTS (SELECT 1 FROM contact c WHERE c.person_id = d.person_id AND c.lookup_hash = d.lookup_hash)`;
    return rows.length > 0;
  }

  /** @param most of one person; the oldest give way, and what has expired goes */
  async addDevice(device: Device, most: number): Promise<void> {
    const { readerDevice } = this.database.prisma;
    await readerDevice.create({ data: device });
    const newest = await readerDevice.findMany({
      where: { personId: device.personId },
      orderBy: [{ provenAt: 'desc' }, { id: 'desc' }],
      take: most,
      select: { id: true },
    });
    const kept = newest.map(({ id }) => id);
    await readerDevice.deleteMany({
      where: { OR: [{ personId: device.personId, id: { notIn: kept } }, { expiresAt: { lte: device.provenAt } }] },
    });
  }

  async forget(personId: string): Promise<void> {
    await this.database.prisma.readerDevice.deleteMany({ where: { personId } });
  }
}
