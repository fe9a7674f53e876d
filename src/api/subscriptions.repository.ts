import { Injectable } from '@nestjs/common';
import type { SubscriptionState } from '../domain/sending/subscription.js';
import { Prisma } from '../generated/prisma/client.js';
import { Database } from '../platform/database.js';
import type { SubscriptionRow } from './subscriptions.schema.js';

const instant = (column: string) =>
  Prisma.raw(`to_char(s.${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`);

const columns = Prisma.sql`
  s.id, s.publication_id AS "publicationId", p.name AS publication, s.name, s.affiliation, s.sections, s.channel, s.masked, s.state,
  ${instant('requested_at')} AS "requestedAt", ${instant('confirmed_at')} AS "confirmedAt", ${instant('decided_at')} AS "decidedAt",
  s.reason, ${instant('ended_at')} AS "endedAt", s.ended_via AS "endedVia"`;

/** Subscriptions for programs, oldest request first, so that pages do not shift while they are decided on. */
@Injectable()
export class SubscriptionsApiRepository {
  constructor(private readonly database: Database) {}

  async listSubscriptions(
    state: SubscriptionState,
    after: readonly [string, string] | null,
    limit: number,
  ): Promise<SubscriptionRow[]> {
    const [at, id] = after ?? ['-infinity', '00000000-0000-0000-0000-000000000000'];
    return this.database.prisma.$queryRaw<SubscriptionRow[]>`
      SELECT ${columns} FROM subscription s JOIN publication p ON p.id = s.publication_id
      WHERE s.state = ${state} AND (s.requested_at, s.id) > (${at}::timestamptz, ${id}::uuid)
      ORDER BY s.requested_at, s.id LIMIT ${limit}`;
  }

  /** Requests that nobody has confirmed are not shown: anybody can type anybody's address. */
  async one(id: string): Promise<SubscriptionRow | null> {
    const rows = await this.database.prisma.$queryRaw<SubscriptionRow[]>`
      SELECT ${columns} FROM subscription s JOIN publication p ON p.id = s.publication_id
      WHERE s.id = ${id}::uuid AND s.state <> 'requested'`;
    return rows[0] ?? null;
  }
}
