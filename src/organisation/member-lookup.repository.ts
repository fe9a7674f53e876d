import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';

/** Somebody with a post and a mobile number, whose WeCom account nobody has entered. */
export interface WithoutAccount {
  personId: string;
  /** The number. */
  sealed: string;
  mobileHash: string;
}

/** Which numbers WeCom was asked about in vain. */
@Injectable()
export class MemberLookupRepository {
  constructor(private readonly database: Database) {}

  /** In protocol order; nobody whose number was asked about. */
  async next(take: number): Promise<WithoutAccount[]> {
    return this.database.prisma.$queryRaw<WithoutAccount[]>`
      SELECT c.person_id AS "personId", c.sealed, c.lookup_hash AS "mobileHash"
      FROM contact c JOIN person ON person.id = c.person_id AND person.wiped_at IS NULL
      JOIN LATERAL (SELECT min(p.protocol_order) AS place FROM tenure t JOIN post p ON p.id = t.post_id
                    WHERE t.person_id = c.person_id AND t.ends_on IS NULL) held ON held.place IS NOT NULL
      WHERE c.kind = 'sms' AND c.bad_since IS NULL
        AND NOT EXISTS (SELECT 1 FROM contact w WHERE w.person_id = c.person_id AND w.kind = 'wecom')
        AND NOT EXISTS (SELECT 1 FROM member_lookup m WHERE m.mobile_hash = c.lookup_hash)
      ORDER BY held.place, c.person_id LIMIT ${take}::int`;
  }

  async keepMiss(mobileHash: string, at: Date): Promise<void> {
    await this.database.prisma.memberLookup.upsert({
      where: { mobileHash },
      create: { mobileHash, at },
      update: { at },
    });
  }

  async forgetMisses(until: Date): Promise<void> {
    await this.database.prisma.memberLookup.deleteMany({ where: { at: { lte: until } } });
  }
}
