import { Injectable } from '@nestjs/common';
import type { ChannelKind, DeliveryPurpose } from '../domain/delivery.js';
import { Database } from '../platform/database.js';

export interface FailureGroup {
  code: string | null;
  channels: ChannelKind[];
  reason: string;
  count: number;
}

export interface HeldDelivery {
  deliveryId: string;
  copyId: string;
  copyNumber: number;
  personName: string;
  postTitle: string;
  unitName: string;
  channel: ChannelKind;
  purpose: DeliveryPurpose;
  addressMasked: string;
  reason: string;
}

/** Deliveries of an edition that wait for a person: failed ones by reason, and held ones one by one. */
@Injectable()
export class AttentionRepository {
  constructor(private readonly database: Database) {}

  async failures(editionId: string): Promise<FailureGroup[]> {
    return this.database.prisma.$queryRaw<FailureGroup[]>`
      SELECT code, array_agg(DISTINCT channel) AS channels, max(COALESCE(reason, '')) AS reason, count(*)::int AS count
      FROM delivery WHERE edition_id = ${editionId}::uuid AND state = 'failed'
      GROUP BY code ORDER BY count(*) DESC, code`;
  }

  async held(editionId: string, take: number): Promise<HeldDelivery[]> {
    return this.database.prisma.$queryRaw<HeldDelivery[]>`
      SELECT d.id AS "deliveryId", c.id AS "copyId", c.copy_number AS "copyNumber", c.person_name AS "personName",
             c.post_title AS "postTitle", c.unit_name AS "unitName", d.channel, d.purpose, d.address_masked AS "addressMasked",
             COALESCE(d.reason, '') AS reason
      FROM delivery d JOIN copy c ON c.id = d.copy_id
      WHERE d.edition_id = ${editionId}::uuid AND d.state = 'held' ORDER BY c.copy_number LIMIT ${take}`;
  }
}
