import { Injectable } from '@nestjs/common';
import type { ChannelKind } from '../domain/delivery.js';
import type { AcknowledgeVia, ReadingState } from '../domain/reading.js';
import { Prisma } from '../generated/prisma/client.js';
import { Database } from '../platform/database.js';

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
  unreachable: string | null;
  sentOn: ChannelKind[];
  deliveredAt: Date | null;
  sentAt: Date | null;
  waiting: boolean;
  held: boolean;
  lastReason: string | null;
  lateAt: Date | null;
}

export interface BoardCounts {
  copies: number;
  delivered: number;
  opened: number;
  acknowledged: number;
  onBehalf: number;
  unreached: number;
  late: number;
}

export const boardFilters = ['all', 'unacknowledged', 'opened', 'acknowledged', 'unreached'] as const;
export type BoardFilter = (typeof boardFilters)[number];

/** `unreached`: nothing left on any channel that could still arrive, and no sign that the person has seen it. */
const perCopy = (editionId: string): Prisma.Sql => Prisma.sql`
  SELECT c.*, d.sent_on, d.sent_at, d.delivered_at, d.waiting, d.held, d.last_reason,
         (c.reading = 'unread' AND NOT d.alive) AS unreached
  FROM copy c
  CROSS JOIN LATERAL (
    SELECT COALESCE(array_agg(DISTINCT x.channel) FILTER (WHERE x.state IN ('sent', 'delivered')), '{}') AS sent_on,
           min(x.sent_at) AS sent_at,
           min(COALESCE(x.delivered_at, x.sent_at, x.created_at)) FILTER (WHERE x.state = 'delivered') AS delivered_at,
           COALESCE(bool_or(x.state IN ('planned', 'sending')), false) AS waiting,
           COALESCE(bool_or(x.state = 'held'), false) AS held,
           COALESCE(bool_or(x.state NOT IN ('failed', 'cancelled')), false) AS alive,
           string_agg(DISTINCT x.reason, '；') FILTER (WHERE x.state IN ('failed', 'held')) AS last_reason
    FROM delivery x WHERE x.copy_id = c.id
  ) d
  WHERE c.edition_id = ${editionId}::uuid`;

const counts = Prisma.sql`
  count(*)::int AS copies,
  count(*) FILTER (WHERE delivered_at IS NOT NULL)::int AS delivered,
  count(*) FILTER (WHERE opened_at IS NOT NULL)::int AS opened,
  count(*) FILTER (WHERE reading = 'acknowledged')::int AS acknowledged,
  count(*) FILTER (WHERE reading = 'acknowledged' AND on_behalf_by IS NOT NULL)::int AS "onBehalf",
  count(*) FILTER (WHERE unreached)::int AS unreached,
  count(*) FILTER (WHERE late_at IS NOT NULL)::int AS late`;

const conditions: Record<BoardFilter, Prisma.Sql> = {
  all: Prisma.sql`true`,
  unacknowledged: Prisma.sql`reading <> 'acknowledged'`,
  opened: Prisma.sql`reading = 'opened'`,
  acknowledged: Prisma.sql`reading = 'acknowledged'`,
  unreached: Prisma.sql`unreached`,
};

/** Who has the edition, who has opened it and who has acknowledged it. */
@Injectable()
export class BoardRepository {
  constructor(private readonly database: Database) {}

  async totals(editionId: string): Promise<BoardCounts> {
    const rows = await this.database.prisma.$queryRaw<BoardCounts[]>`
      SELECT ${counts} FROM (${perCopy(editionId)}) AS copies`;
    return rows[0] ?? { copies: 0, delivered: 0, opened: 0, acknowledged: 0, onBehalf: 0, unreached: 0, late: 0 };
  }

  /** Somebody in two groups counts in both. */
  async byGroup(editionId: string): Promise<(BoardCounts & { name: string })[]> {
    return this.database.prisma.$queryRaw<(BoardCounts & { name: string })[]>`
      SELECT g.name, ${counts} FROM (${perCopy(editionId)}) AS copies CROSS JOIN LATERAL unnest(groups) AS g(name)
      GROUP BY g.name ORDER BY min(protocol_order)`;
  }

  async byUnitKind(editionId: string): Promise<(BoardCounts & { name: string })[]> {
    return this.database.prisma.$queryRaw<(BoardCounts & { name: string })[]>`
      SELECT unit_kind AS name, ${counts} FROM (${perCopy(editionId)}) AS copies
      GROUP BY unit_kind ORDER BY min(protocol_order)`;
  }

  /** In protocol order, which the copy numbers follow. */
  async copies(editionId: string, filter: BoardFilter, take: number | null, skip: number): Promise<BoardCopy[]> {
    return this.database.prisma.$queryRaw<BoardCopy[]>`
      SELECT id AS "copyId", copy_number AS "copyNumber", person_name AS "personName", post_title AS "postTitle",
             unit_name AS "unitName", acting, liaison, groups, reading, opened_at AS "openedAt", acknowledged_at AS "acknowledgedAt",
             acknowledged_via AS "acknowledgedVia", on_behalf_by AS "onBehalfBy", unreachable, sent_on AS "sentOn",
             sent_at AS "sentAt", delivered_at AS "deliveredAt", waiting, held, last_reason AS "lastReason",
             late_at AS "lateAt"
      FROM (${perCopy(editionId)}) AS copies
      WHERE ${conditions[filter]} ORDER BY copy_number LIMIT ${take}::int OFFSET ${skip}::int`;
  }

  async count(editionId: string, filter: BoardFilter): Promise<number> {
    const rows = await this.database.prisma.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM (${perCopy(editionId)}) AS copies WHERE ${conditions[filter]}`;
    return rows[0]?.n ?? 0;
  }

  async asksAcknowledgement(issueId: string): Promise<boolean> {
    const issue = await this.database.prisma.issue.findUnique({
      where: { id: issueId },
      select: { publication: { select: { asksAcknowledgement: true } } },
    });
    return issue?.publication.asksAcknowledgement ?? false;
  }
}
