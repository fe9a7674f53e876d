import { Injectable } from '@nestjs/common';
import type { DutyNotice } from '../../domain/sending/duty-notice.js';
import { defaultPolicy } from '../../domain/sending/channel-policy.js';
import type { SecrecyLevel } from '../../domain/issue/secrecy.js';
import { subscriberKind } from '../../domain/sending/subscription.js';
import { Prisma } from '../../generated/prisma/client.js';
import { Database } from '../../platform/database.js';

/** An issue that went out, in counts. */
export interface CountedIssue {
  editionId: string;
  title: string;
  level: SecrecyLevel;
  /** With a post; subscribers are not waited for. */
  people: number;
  unreached: number;
  opened: number;
  acknowledged: number;
  asksAcknowledgement: boolean;
}

export interface StoppedAccount {
  account: string;
  reason: string;
  since: Date;
}

export interface NoticeToTell {
  id: string;
  notice: DutyNotice;
  attempts: number;
  createdAt: Date;
  mayHaveArrived: boolean;
}

const counted = (condition: Prisma.Sql) => Prisma.sql`
  SELECT e.id AS "editionId", e.content ->> 'title' AS title, e.level,
         COALESCE((e.policy ->> 'asksAcknowledgement')::boolean, ${defaultPolicy.asksAcknowledgement}::boolean) AS "asksAcknowledgement",
         n.people, n.unreached, n.opened, n.acknowledged
  FROM edition e JOIN issue i ON i.id = e.issue_id AND i.state <> 'archived'
  JOIN LATERAL (
    SELECT COALESCE(sum(copies), 0)::int AS people, COALESCE(sum(unreached), 0)::int AS unreached,
           COALESCE(sum(opened_only + acknowledged), 0)::int AS opened, COALESCE(sum(acknowledged), 0)::int AS acknowledged
    FROM copy_count WHERE edition_id = e.id AND unit_kind <> ${subscriberKind}
  ) n ON n.people > 0
  WHERE e.voided_at IS NULL AND e.withdrawn_at IS NULL AND e.paused_at IS NULL AND ${condition} ORDER BY e.planned_at`;

const told = (what: 'sent' | 'allRead') =>
  Prisma.sql`EXISTS (SELECT 1 FROM duty_notice t WHERE t.subject = ${`${what} `} || e.id)`;

/** What the duty group is told: made once for each thing, and sent until the robot has taken it. */
@Injectable()
export class DutyNoticeRepository {
  constructor(private readonly database: Database) {}

  /** Issues planned since, of which no message waits any more, and of which the group was told nothing. */
  async newlySent(plannedAfter: Date): Promise<CountedIssue[]> {
    return this.database.prisma.$queryRaw<CountedIssue[]>`${counted(Prisma.sql`
      e.planned_at > ${plannedAfter}::timestamptz AND NOT ${told('sent')}
      AND (SELECT COALESCE(sum(n), 0) FROM delivery_count d WHERE d.edition_id = e.id AND d.purpose = 'initial' AND d.state IN ('planned', 'sending')) = 0`)}`;
  }

  /** Of whose sending the group was told: what was read before there was a group is no news. */
  async newlyRead(): Promise<CountedIssue[]> {
    const rows = await this.database.prisma.$queryRaw<CountedIssue[]>`${counted(Prisma.sql`
      ${told('sent')} AND NOT ${told('allRead')}`)}`;
    return rows.filter((row) => (row.asksAcknowledgement ? row.acknowledged : row.opened) >= row.people);
  }

  async missing(plannedAfter: Date): Promise<CountedIssue[]> {
    const rows = await this.database.prisma.$queryRaw<CountedIssue[]>`${counted(Prisma.sql`
      e.planned_at > ${plannedAfter}::timestamptz`)}`;
    return rows.filter((row) => row.asksAcknowledgement && row.acknowledged < row.people);
  }

  /** Stopped since, and not told of: batches under way stop an account again within moments. */
  async newlyStopped(since: Date, quietMs: number): Promise<StoppedAccount[]> {
    return this.database.prisma.$queryRaw<StoppedAccount[]>`
      SELECT g.account, COALESCE(g.reason, '') AS reason, g.changed_at AS since FROM account_gate g
      WHERE g.circuit_open AND g.changed_at > ${since}::timestamptz
        AND NOT EXISTS (SELECT 1 FROM duty_notice t WHERE t.notice ->> 'kind' = 'stopped' AND t.subject LIKE 'stopped ' || g.account || ' %'
          AND t.created_at > g.changed_at - ${quietMs}::int * interval '1 millisecond')`;
  }

  /** @param subject what it is about: whoever comes second makes none. False for him */
  async add(subject: string, notice: DutyNotice, now: Date): Promise<boolean> {
    const kept = await this.database.prisma.dutyNotice.createMany({
      data: [{ subject, notice: notice, nextAttemptAt: now, createdAt: now }],
      skipDuplicates: true,
    });
    return kept.count === 1;
  }

  async isKnown(subject: string): Promise<boolean> {
    return (await this.database.prisma.dutyNotice.count({ where: { subject } })) > 0;
  }

  /** Takes due ones; one whose worker fell silent is due again at `silentAt`, and may have arrived. */
  async claim(limit: number, now: Date, silentAt: Date): Promise<NoticeToTell[]> {
    return this.database.prisma.$queryRaw<NoticeToTell[]>`
      WITH due AS (
        SELECT id FROM duty_notice WHERE state IN ('planned', 'sending') AND next_attempt_at <= ${now}::timestamptz
        ORDER BY next_attempt_at, created_at LIMIT ${limit}::int FOR UPDATE SKIP LOCKED
      )
      UPDATE duty_notice t SET may_have_arrived = t.may_have_arrived OR t.state = 'sending', state = 'sending',
        attempts = t.attempts + 1, next_attempt_at = ${silentAt}::timestamptz
      FROM due WHERE t.id = due.id
      RETURNING t.id, t.notice, t.attempts, t.created_at AS "createdAt", t.may_have_arrived AS "mayHaveArrived"`;
  }

  async settle(id: string, state: 'sent' | 'failed', reason: string | null): Promise<void> {
    await this.database.prisma.dutyNotice.updateMany({ where: { id, state: 'sending' }, data: { state, reason } });
  }

  /** @param mayHaveArrived this try as well */
  async putOff(id: string, until: Date, reason: string, mayHaveArrived: boolean): Promise<void> {
    await this.database.prisma.dutyNotice.updateMany({
      where: { id, state: 'sending' },
      data: { state: 'planned', nextAttemptAt: until, reason, ...(mayHaveArrived ? { mayHaveArrived } : {}) },
    });
  }

  async forgetBefore(at: Date): Promise<void> {
    await this.database.prisma.dutyNotice.deleteMany({ where: { createdAt: { lt: at } } });
  }
}
