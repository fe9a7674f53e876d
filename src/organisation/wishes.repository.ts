import { Injectable } from '@nestjs/common';
import type { Wishes } from '../domain/sending/channel-policy.js';
import { Database } from '../platform/database.js';

/** How people want to be reached, as far as they have said so. */
@Injectable()
export class WishesRepository {
  constructor(private readonly database: Database) {}

  async wishesOf(personIds: readonly string[]): Promise<Map<string, Wishes>> {
    const rows = await this.database.prisma.$queryRaw<(Wishes & { personId: string })[]>`
      SELECT person_id AS "personId", channel_order AS "channelOrder", quiet_from AS "quietFrom", quiet_until AS "quietUntil", daily_digest AS "dailyDigest"
      FROM preference WHERE person_id = ANY(${personIds}::uuid[])`;
    return new Map(rows.map(({ personId, ...wishes }) => [personId, wishes]));
  }
}
