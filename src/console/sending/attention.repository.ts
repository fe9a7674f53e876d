import { Injectable } from '@nestjs/common';
import type { ChannelKind } from '../../domain/delivery.js';
import { Database } from '../../platform/database.js';

export interface FailureGroup {
  code: string | null;
  channels: ChannelKind[];
  reason: string;
  count: number;
}

/** What one try of a held delivery came to, in the provider's words. */
export interface KnownTry {
  attemptNo: number;
  startedAt: string;
  outcome: string | null;
  code: string | null;
  reason: string | null;
}

export interface HeldDelivery {
  deliveryId: string;
  copyId: string;
  personName: string;
  postTitle: string;
  unitName: string;
  channel: ChannelKind;
  addressMasked: string;
  tries: KnownTry[];
}

/** Held deliveries of one channel that became doubtful for one reason. */
export interface HeldGroup {
  channel: ChannelKind;
  code: string | null;
  reason: string;
  count: number;
}

/** Deliveries of an edition that wait for a person: failed ones by reason, held ones by reason and one by one. */
@Injectable()
export class AttentionRepository {
  constructor(private readonly database: Database) {}

  async failures(editionId: string): Promise<FailureGroup[]> {
    return this.database.prisma.$queryRaw<FailureGroup[]>`
      SELECT code, array_agg(DISTINCT channel) AS channels, max(COALESCE(reason, '')) AS reason, count(*)::int AS count
      FROM delivery WHERE edition_id = ${editionId}::uuid AND state = 'failed'
      GROUP BY code ORDER BY count(*) DESC, code`;
  }

  async heldGroups(editionId: string): Promise<HeldGroup[]> {
    return this.database.prisma.$queryRaw<HeldGroup[]>`
      SELECT d.channel, a.code, max(COALESCE(a.reason, '')) AS reason, count(*)::int AS count
      FROM delivery d JOIN attempt a ON a.delivery_id = d.id AND a.attempt_no = d.attempt_no
      WHERE d.edition_id = ${editionId}::uuid AND d.state = 'held' GROUP BY d.channel, a.code ORDER BY count(*) DESC, d.channel, a.code`;
  }

  async held(editionId: string, take: number): Promise<HeldDelivery[]> {
    return this.database.prisma.$queryRaw<HeldDelivery[]>`
      SELECT d.id AS "deliveryId", c.id AS "copyId", c.person_name AS "personName", c.post_title AS "postTitle", c.unit_name AS "unitName",
             d.channel, d.address_masked AS "addressMasked",
             (SELECT json_agg(json_build_object('attemptNo', a.attempt_no, 'startedAt', a.started_at, 'outcome', a.outcome, 'code', a.code,
                'reason', a.reason) ORDER BY a.attempt_no) FROM attempt a WHERE a.delivery_id = d.id) AS tries
      FROM delivery d JOIN copy c ON c.id = d.copy_id
      WHERE d.edition_id = ${editionId}::uuid AND d.state = 'held' ORDER BY c.copy_number, d.channel LIMIT ${take}`;
  }
}
