import { Injectable } from '@nestjs/common';
import { beijingDate, beijingHour, isWeekday, type Waking } from '../../domain/calendar.js';
import { Prisma } from '../../generated/prisma/client.js';
import { Database } from '../../platform/database.js';

/** True for a delivery `d` that may leave now: it is none of its quiet hours, and a working day if it needs one. */
export function mayLeave(now: Date, alias: 'd' | 'o' = 'd'): Prisma.Sql {
  const today = beijingDate(now);
  const d = Prisma.raw(alias);
  return Prisma.sql`((${d}.quiet_hours >> ${beijingHour(now)}::int) & 1 = 0 AND (NOT ${d}.working_days_only OR COALESCE(
    (SELECT kind = 'workday' FROM calendar_day WHERE day = ${today}::date), ${isWeekday(today)}::bool)))`;
}

/**
 * True for a planned delivery `d` whose time lies ahead although nothing holds it up now: no limit, no failed try, no quiet
 * time, no digest. Its time was set by a clock that was ahead, or by a calendar that has been changed since.
 */
export function onlyDatedAhead(now: Date): Prisma.Sql {
  return Prisma.sql`(d.state = 'planned' AND d.next_attempt_at > ${now}::timestamptz AND d.reason IS NULL AND NOT d.digest AND ${mayLeave(now)})`;
}

/** Deliveries that wait for a time at which they may leave. */
@Injectable()
export class DeferralRepository {
  constructor(private readonly database: Database) {}

  /** The different rules among what is due and may not leave. */
  async blockedRules(now: Date): Promise<Waking[]> {
    return this.database.prisma.$queryRaw<Waking[]>`
      SELECT DISTINCT d.quiet_hours AS quiet, d.working_days_only AS "workingDaysOnly" FROM delivery d
      WHERE d.state = 'planned' AND d.next_attempt_at <= ${now}::timestamptz AND NOT ${mayLeave(now)}`;
  }

  /** The time until a delivery may leave is not taken from the time it has to arrive. */
  async defer(rule: Waking, now: Date, until: Date, reason: string): Promise<number> {
    return this.database.prisma.$executeRaw`
      UPDATE delivery SET next_attempt_at = ${until}::timestamptz, deferred = ${reason},
                          deadline = deadline + (${until}::timestamptz - ${now}::timestamptz)
      WHERE state = 'planned' AND next_attempt_at <= ${now}::timestamptz
        AND quiet_hours = ${rule.quiet}::int AND working_days_only = ${rule.workingDaysOnly}::bool`;
  }

  /** What of an edition waits, by when it will leave, the soonest first. */
  async ofEdition(editionId: string, now: Date): Promise<{ until: Date; reason: string; count: number }[]> {
    return this.database.prisma.$queryRaw<{ until: Date; reason: string; count: number }[]>`
      SELECT next_attempt_at AS until, deferred AS reason, count(*)::int AS count FROM delivery d
      WHERE edition_id = ${editionId}::uuid AND state = 'planned' AND deferred IS NOT NULL AND NOT ${onlyDatedAhead(now)}
      GROUP BY next_attempt_at, deferred ORDER BY next_attempt_at LIMIT 5`;
  }
}
