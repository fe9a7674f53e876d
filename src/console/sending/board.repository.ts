import { Injectable } from '@nestjs/common';
import { digestReason } from '../../domain/sending/daily-digest.js';
import type { ChannelKind } from '../../domain/delivery.js';
import { subscriberKind } from '../../domain/sending/subscription.js';
import type { AcknowledgeVia, ReadingState } from '../../domain/reading/reading.js';
import { Prisma } from '../../generated/prisma/client.js';
import { bringsTheIssue } from '../../issues/still-wanted.repository.js';
import { Database } from '../../platform/database.js';
import { countedSheet } from '../../reading/paper.repository.js';

/** One copy with what its deliveries came to; `sentOn` are channels whose provider has taken the message. */
export interface BoardCopy {
  copyId: string;
  copyNumber: number;
  personName: string;
  postTitle: string;
  unitName: string;
  acting: boolean;
  liaison: string | null;
  groups: string[];
  reading: ReadingState;
  openedAt: Date | null;
  acknowledgedAt: Date | null;
  acknowledgedVia: AcknowledgeVia | null;
  onBehalfBy: string | null;
  /** Of a signature on paper: who entered it, and the day that stands beside it. */
  enteredBy: string | null;
  signedOn: string | null;
  unreachable: string | null;
  sentOn: ChannelKind[];
  deliveredAt: Date | null;
  sentAt: Date | null;
  /** When the digest leaves for which its mail waits. */
  digestAt: Date | null;
  waiting: boolean;
  held: boolean;
  lastReason: string | null;
  lateAt: Date | null;
  /** Asked for the issue himself; nothing is asked of him. */
  subscriber: boolean;
}

export interface BoardCounts {
  copies: number;
  delivered: number;
  opened: number;
  /** Opened and not acknowledged. */
  openedOnly: number;
  acknowledged: number;
  onBehalf: number;
  unreached: number;
  late: number;
}

export type SubscriberCounts = Pick<BoardCounts, 'copies' | 'opened'>;

/** A page is found by the copy it begins after or ends before, never by counting rows to skip. */
export type BoardPlace = { after: number } | { before: number };

export const boardFilters = ['all', 'unacknowledged', 'opened', 'acknowledged', 'unreached', 'subscribers'] as const;
export type BoardFilter = (typeof boardFilters)[number];

/** What the board says of one page of copies; their deliveries are looked at one copy at a time. */
const withDeliveries = (page: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT c.id AS "copyId", c.copy_number AS "copyNumber", c.person_name AS "personName", c.post_title AS "postTitle",
         c.unit_name AS "unitName", c.acting, c.liaison, c.groups, c.reading, c.opened_at AS "openedAt",
         c.acknowledged_at AS "acknowledgedAt", c.acknowledged_via AS "acknowledgedVia", c.on_behalf_by AS "onBehalfBy", c.unreachable,
         c.delivered_at AS "deliveredAt", c.late_at AS "lateAt", c.subscription_id IS NOT NULL AS subscriber, sheet.*, d.*
  FROM (${page}) c
  ${countedSheet}
  CROSS JOIN LATERAL (
    SELECT COALESCE(array_agg(DISTINCT x.channel) FILTER (WHERE x.state IN ('sent', 'delivered')), '{}') AS "sentOn",
           min(x.sent_at) AS "sentAt",
           min(x.next_attempt_at) FILTER (WHERE x.state = 'planned' AND x.deferred = ${digestReason}) AS "digestAt",
           COALESCE(bool_or(x.state IN ('planned', 'sending')), false) AS waiting,
           COALESCE(bool_or(x.state = 'held'), false) AS held,
           string_agg(DISTINCT rtrim(x.reason, '。'), '；') FILTER (WHERE x.state IN ('failed', 'held')) || '。' AS "lastReason"
    FROM delivery x WHERE x.copy_id = c.id AND ${bringsTheIssue('x')}
  ) d
  ORDER BY c.copy_number`;

/** Sums of the ledger, never a look at the copies themselves. */
const counts = Prisma.sql`
  sum(copies)::int AS copies, sum(delivered)::int AS delivered, sum(opened)::int AS opened, sum(opened_only)::int AS "openedOnly",
  sum(acknowledged)::int AS acknowledged, sum(on_behalf)::int AS "onBehalf", sum(unreached)::int AS unreached, sum(late)::int AS late`;

/** Of a subscriber nothing is asked: he is counted apart. */
const ofPosts = Prisma.sql`unit_kind <> ${subscriberKind}`;

const conditions: Record<BoardFilter, Prisma.Sql> = {
  all: Prisma.sql`true`,
  unacknowledged: Prisma.sql`reading <> 'acknowledged' AND subscription_id IS NULL`,
  opened: Prisma.sql`reading = 'opened' AND subscription_id IS NULL`,
  acknowledged: Prisma.sql`reading = 'acknowledged' AND subscription_id IS NULL`,
  /** Nothing left on any channel that could still arrive, and no sign that the person has seen it. */
  unreached: Prisma.sql`no_channel_left AND reading = 'unread' AND subscription_id IS NULL`,
  subscribers: Prisma.sql`subscription_id IS NOT NULL`,
};

/** Who has the edition, who has opened it and who has acknowledged it. */
@Injectable()
export class BoardRepository {
  constructor(private readonly database: Database) {}

  async totals(editionId: string): Promise<BoardCounts> {
    const rows = await this.database.prisma.$queryRaw<BoardCounts[]>`
      SELECT ${counts} FROM copy_count WHERE edition_id = ${editionId}::uuid AND ${ofPosts} HAVING sum(copies) <> 0`;
    return (
      rows[0] ?? {
        copies: 0,
        delivered: 0,
        opened: 0,
        openedOnly: 0,
        acknowledged: 0,
        onBehalf: 0,
        unreached: 0,
        late: 0,
      }
    );
  }

  async subscribers(editionId: string): Promise<SubscriberCounts> {
    const rows = await this.database.prisma.$queryRaw<SubscriberCounts[]>`
      SELECT COALESCE(sum(copies), 0)::int AS copies, COALESCE(sum(opened), 0)::int AS opened FROM copy_count
      WHERE edition_id = ${editionId}::uuid AND unit_kind = ${subscriberKind}`;
    return rows[0]!;
  }

  /** Somebody in two groups counts in both. */
  async byGroup(editionId: string): Promise<(BoardCounts & { name: string })[]> {
    return this.database.prisma.$queryRaw<(BoardCounts & { name: string })[]>`
      SELECT g.name, ${counts} FROM copy_count CROSS JOIN LATERAL unnest(groups) AS g(name)
      WHERE edition_id = ${editionId}::uuid AND ${ofPosts} GROUP BY g.name HAVING sum(copies) <> 0 ORDER BY min(first_order)`;
  }

  async byUnitKind(editionId: string): Promise<(BoardCounts & { name: string })[]> {
    return this.database.prisma.$queryRaw<(BoardCounts & { name: string })[]>`
      SELECT unit_kind AS name, ${counts} FROM copy_count
      WHERE edition_id = ${editionId}::uuid AND ${ofPosts} GROUP BY unit_kind HAVING sum(copies) <> 0 ORDER BY min(first_order)`;
  }

  /** In protocol order, which the copy numbers follow: those after a copy number, or the last ones before it. */
  async copies(editionId: string, filter: BoardFilter, from: BoardPlace, take: number): Promise<BoardCopy[]> {
    const some = Prisma.sql`SELECT * FROM copy WHERE edition_id = ${editionId}::uuid AND ${conditions[filter]}`;
    const page =
      'before' in from
        ? Prisma.sql`${some} AND copy_number < ${from.before}::int ORDER BY copy_number DESC LIMIT ${take}::int`
        : Prisma.sql`${some} AND copy_number > ${from.after}::int ORDER BY copy_number LIMIT ${take}::int`;
    return this.database.prisma.$queryRaw<BoardCopy[]>(withDeliveries(page));
  }
}
