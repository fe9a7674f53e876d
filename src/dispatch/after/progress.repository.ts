import { Injectable } from '@nestjs/common';
import { silentChannels } from '../../domain/channel-facts.js';
import type { ChannelKind } from '../../domain/delivery.js';
import type { DeliveryState } from '../../domain/sending/delivery-state.js';
import type { AcknowledgeVia } from '../../domain/reading/reading.js';
import { subscriberKind } from '../../domain/sending/subscription.js';
import { bringsTheIssue } from '../../issues/still-wanted.repository.js';
import { Database } from '../../platform/database.js';
import { onlyDatedAhead } from '../rows/deferral.repository.js';

export interface ChannelCount {
  channel: ChannelKind;
  state: DeliveryState;
  count: number;
}

/** Rows of one channel that wait for a time of their own. */
export interface Deferred {
  channel: ChannelKind;
  code: string | null;
  reason: string;
  count: number;
  from: Date;
  until: Date;
}

export interface EditionStart {
  signedAt: Date;
  sendAt: Date;
  plannedAt: Date | null;
  pausedAt: Date | null;
}

/** Rows whose times lie between the two. */
export interface Ahead {
  count: number;
  from: Date;
  until: Date;
}

@Injectable()
export class ProgressRepository {
  constructor(private readonly database: Database) {}

  async counts(editionId: string, purpose: 'initial' | 'reminder' | 'resend' | null = null): Promise<ChannelCount[]> {
    return this.database.prisma.$queryRaw<ChannelCount[]>`
      SELECT channel, state, sum(n)::int AS count FROM delivery_count
      WHERE edition_id = ${editionId}::uuid AND (${purpose}::text IS NULL OR purpose = ${purpose})
      GROUP BY channel, state HAVING sum(n) <> 0`;
  }

  /** Subscribers are among the copies, and are counted apart as well. */
  async copies(
    editionId: string,
  ): Promise<{ copies: number; subscribers: number; opened: number; acknowledged: number }> {
    const rows = await this.database.prisma.$queryRaw<
      { copies: number; subscribers: number; opened: number; acknowledged: number }[]
    >`
      SELECT COALESCE(sum(copies), 0)::int AS copies, COALESCE(sum(copies) FILTER (WHERE unit_kind = ${subscriberKind}), 0)::int AS subscribers, COALESCE(sum(opened), 0)::int AS opened,
             COALESCE(sum(acknowledged), 0)::int AS acknowledged
      FROM copy_count WHERE edition_id = ${editionId}::uuid`;
    return rows[0]!;
  }

  /** Messages that a provider took under a number of its own and has not reported on; some providers report on none. */
  async unreported(editionId: string): Promise<number> {
    return this.database.prisma.delivery.count({
      where: { editionId, state: 'sent', channel: { notIn: [...silentChannels] }, reference: { not: null } },
    });
  }

  /** How those who have acknowledged did: what was recorded first of each copy counts. */
  async acknowledgedVia(editionId: string): Promise<ReadonlyMap<AcknowledgeVia, number>> {
    const rows = await this.database.prisma.$queryRaw<{ via: AcknowledgeVia; n: number }[]>`
      SELECT via, count(*)::int AS n FROM (
        SELECT DISTINCT ON (e.copy_id) e.via FROM reading_evidence e JOIN copy c ON c.id = e.copy_id
        WHERE c.edition_id = ${editionId}::uuid AND e.kind = 'acknowledged' ORDER BY e.copy_id, e.id
      ) AS first GROUP BY via`;
    return new Map(rows.map(({ via, n }) => [via, n]));
  }

  async startOf(editionId: string): Promise<EditionStart> {
    return this.database.prisma.edition.findUniqueOrThrow({
      where: { id: editionId },
      select: { signedAt: true, sendAt: true, plannedAt: true, pausedAt: true },
    });
  }

  async ahead(editionId: string, now: Date): Promise<Ahead | null> {
    const rows = await this.database.prisma.$queryRaw<Ahead[]>`
      SELECT count(*)::int AS count, min(d.next_attempt_at) AS "from", max(d.next_attempt_at) AS until
      FROM delivery d WHERE d.edition_id = ${editionId}::uuid AND ${onlyDatedAhead(now)} HAVING count(*) > 0`;
    return rows[0] ?? null;
  }

  /** People who have opened nothing yet and have a further channel in hand. */
  async nextRungs(editionId: string): Promise<number> {
    const rows = await this.database.prisma.$queryRaw<{ n: number }[]>`
      SELECT count(DISTINCT r.copy_id)::int AS n FROM delivery_rung r JOIN copy c ON c.id = r.copy_id AND c.reading = 'unread'
      JOIN edition e ON e.id = r.edition_id AND e.withdrawn_at IS NULL
      JOIN delivery p ON p.copy_id = r.copy_id AND p.channel = r.after_channel AND p.purpose = 'initial' AND p.round = 0
      WHERE r.edition_id = ${editionId}::uuid AND r.taken_at IS NULL AND p.state <> 'cancelled'
        AND (p.state = 'failed' OR (r.after_minutes IS NOT NULL AND p.state <> 'delivered'))`;
    return rows[0]?.n ?? 0;
  }

  async sentSince(editionId: string, since: Date): Promise<number> {
    const rows = await this.database.prisma.$queryRaw<{ n: number }[]>`
      SELECT COALESCE(sum(n), 0)::int AS n FROM delivery_count
      WHERE edition_id = ${editionId}::uuid AND state = 'sent' AND n > 0 AND NOT folded AND at >= ${since}::timestamptz`;
    return rows[0]!.n;
  }

  async deferred(editionId: string, now: Date): Promise<Deferred[]> {
    return this.database.prisma.$queryRaw<Deferred[]>`
      SELECT channel, code, max(reason) AS reason, count(*)::int AS count, min(next_attempt_at) AS "from", max(next_attempt_at) AS until
      FROM delivery WHERE edition_id = ${editionId}::uuid AND state = 'planned' AND next_attempt_at > ${now}::timestamptz AND reason IS NOT NULL AND deferred IS NULL
      GROUP BY channel, code ORDER BY count(*) DESC, channel LIMIT 12`;
  }

  async newestFailures(editionId: string) {
    return this.database.prisma.$queryRaw<
      { deliveryId: string; personName: string; unitName: string; channel: ChannelKind; reason: string; at: Date }[]
    >`
      SELECT d.id AS "deliveryId", c.person_name AS "personName", c.unit_name AS "unitName", d.channel, COALESCE(d.reason, '') AS reason,
             COALESCE(a.ended_at, a.started_at, d.created_at) AS at
      FROM delivery d JOIN copy c ON c.id = d.copy_id LEFT JOIN attempt a ON a.delivery_id = d.id AND a.attempt_no = d.attempt_no
      WHERE d.edition_id = ${editionId}::uuid AND d.state IN ('failed', 'held') ORDER BY at DESC LIMIT 10`;
  }

  /** People for whom no provider took anything, in protocol order. */
  async unreached(editionId: string): Promise<string[]> {
    const rows = await this.database.prisma.$queryRaw<{ who: string }[]>`
      SELECT c.unit_name || ' ' || c.person_name AS who FROM copy c
      WHERE c.edition_id = ${editionId}::uuid
        AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.copy_id = c.id AND d.state IN ('sent', 'delivered') AND ${bringsTheIssue()})
      ORDER BY c.copy_number`;
    return rows.map(({ who }) => who);
  }
}
