import { Injectable } from '@nestjs/common';
import type { Notice } from '../../domain/sending/daily-cap.js';
import { type BucketState, idleAt } from '../../domain/rate.js';
import { Database } from '../../platform/database.js';

/** A claimed row that may not leave yet. */
export interface PutBack {
  id: string;
  at: Date;
  code: string;
  reason: string;
}

/** Days for which it stays known which notices left. */
const DAYS_KEPT = 7;

/** What providers and people allow: token buckets and notices of the day, the same for every worker. */
@Injectable()
export class AllowanceRepository {
  constructor(private readonly database: Database) {}

  /** Locks the buckets for this transaction, in one order for everybody, and gives their states. */
  async lockBuckets(keys: readonly string[], now: Date): Promise<Map<string, BucketState>> {
    const rows = await this.database.prisma.$queryRaw<{ key: string; fullAt: Date[] | null }[]>`
      INSERT INTO rate_bucket (key, full_at, idle_at)
      SELECT k, '{}', ${now}::timestamptz FROM unnest(${[...new Set(keys)].sort()}::text[]) WITH ORDINALITY AS r(k, n) ORDER BY n
      ON CONFLICT (key) DO UPDATE SET key = EXCLUDED.key
      RETURNING key, full_at AS "fullAt"`;
    return new Map(rows.map(({ key, fullAt }) => [key, (fullAt ?? []).map((at) => at.getTime())]));
  }

  async saveBuckets(states: ReadonlyMap<string, BucketState>): Promise<void> {
    const rows = [...states].map(([key, state]) => ({
      key,
      full_at: state.map((at) => new Date(at)),
      idle_at: new Date(idleAt(state)),
    }));
    await this.database.prisma.$executeRaw`
      UPDATE rate_bucket b SET full_at = s.full_at, idle_at = s.idle_at
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS s(key text, full_at timestamptz[], idle_at timestamptz) WHERE b.key = s.key`;
  }

  /** As if these had never been claimed, but for the time at which they leave. */
  async putBack(rows: readonly PutBack[]): Promise<void> {
    await this.database.prisma.$executeRaw`
      WITH back AS (
        UPDATE delivery d SET state = 'planned', attempt_no = d.attempt_no - 1, lease_owner = NULL, lease_until = NULL,
                              next_attempt_at = b.at, code = b.code, reason = b.reason
        FROM json_to_recordset(${JSON.stringify(rows)}::json) AS b(id uuid, at timestamptz, code text, reason text)
        WHERE d.id = b.id AND d.state = 'sending'
        RETURNING d.id, d.attempt_no
      )
      DELETE FROM attempt a USING back WHERE a.delivery_id = back.id AND a.attempt_no = back.attempt_no + 1`;
  }

  /**
   * Mail of one issue to a domain that takes no more for now, all that is due at once: each gets its own time, in protocol
   * order, so that it need not be claimed in vain again and again.
   */
  async queueUp(
    domain: { editionId: string; priority: number; destination: string; atMs: number; everyMs: number },
    code: string,
    reason: string,
    now: Date,
  ): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE delivery d SET code = ${code}, reason = ${reason},
        next_attempt_at = ${new Date(domain.atMs)}::timestamptz + (q.place - 1) * ${domain.everyMs}::float8 * interval '1 millisecond'
      FROM (
        SELECT w.id, row_number() OVER (ORDER BY w.next_attempt_at, w.position) AS place FROM (
          SELECT d.id, d.next_attempt_at, d.position FROM delivery d
          WHERE d.channel = 'email' AND d.state = 'planned' AND d.priority = ${domain.priority} AND d.edition_id = ${domain.editionId}::uuid
            AND d.next_attempt_at <= ${now}::timestamptz AND d.destination = ${domain.destination}
            -- What leaves in one digest keeps one time.
            AND NOT d.digest
          FOR UPDATE SKIP LOCKED
        ) w
      ) q WHERE d.id = q.id`;
  }

  /** Notes what leaves today. @returns how many notices there are of the day */
  async noteNotices(day: string, notices: readonly Omit<Notice, 'personId'>[]): Promise<number> {
    const rows = await this.database.prisma.$queryRaw<{ count: number }[]>`
      WITH fresh AS (
        INSERT INTO notice_day (day, edition_id, purpose, round)
        SELECT ${day}::date, "editionId", purpose, round
        FROM json_to_recordset(${JSON.stringify(notices)}::json) AS r("editionId" uuid, purpose text, round int)
        ON CONFLICT DO NOTHING RETURNING 1
      )
      SELECT ((SELECT count(*) FROM notice_day WHERE day = ${day}::date) + (SELECT count(*) FROM fresh))::int AS count`;
    return rows[0]!.count;
  }

  /** What these people have been sent on that day, or are being sent now, leaving out the rows just claimed. */
  async noticesOf(personIds: readonly string[], day: string, claimed: readonly string[]): Promise<Notice[]> {
    return this.database.prisma.$queryRaw<Notice[]>`
      SELECT c.person_id AS "personId", n.edition_id AS "editionId", n.purpose, n.round
      FROM notice_day n JOIN copy c ON c.edition_id = n.edition_id AND c.person_id = ANY(${personIds}::uuid[])
      WHERE n.day = ${day}::date AND n.purpose <> 'resend' AND EXISTS (
        SELECT 1 FROM delivery d WHERE d.copy_id = c.id AND d.purpose = n.purpose AND d.round = n.round
          AND d.carried_by IS NULL
          AND (d.sent_at >= ${new Date(`${day}T00:00:00+08:00`)}::timestamptz OR (d.state = 'sending' AND NOT d.id = ANY(${claimed}::uuid[]))))`;
  }

  async forgetIdle(now: Date): Promise<void> {
    await this.database.prisma.$executeRaw`DELETE FROM rate_bucket WHERE idle_at < ${now}::timestamptz`;
    await this.database.prisma
      .$executeRaw`DELETE FROM notice_day WHERE day < (${now}::timestamptz - ${DAYS_KEPT} * interval '1 day')::date`;
  }
}
