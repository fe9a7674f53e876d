import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database.js';

/** What one provider account did in a time. */
export interface AccountDay {
  account: string;
  accepted: number;
  /** Of those: whose arrival was reported since. */
  delivered: number;
  refused: number;
  /** To be tried again, or in doubt. */
  open: number;
}

/** What went wrong at an account, by the provider's code. */
export interface AccountFault {
  account: string;
  code: string | null;
  reason: string | null;
  times: number;
  lastAt: Date;
}

/** Attempts as the provider accounts saw them. */
@Injectable()
export class AccountDayRepository {
  constructor(private readonly database: Database) {}

  async since(begin: Date): Promise<AccountDay[]> {
    return this.database.prisma.$queryRaw<AccountDay[]>`
      SELECT a.provider AS account,
        count(*) FILTER (WHERE a.outcome = 'accepted')::int AS accepted,
        count(*) FILTER (WHERE d.delivered_at IS NOT NULL)::int AS delivered,
        count(*) FILTER (WHERE a.outcome = 'refused')::int AS refused,
        count(*) FILTER (WHERE a.outcome IN ('retry', 'unknown'))::int AS open
      FROM attempt a LEFT JOIN delivery d ON d.id = a.delivery_id AND a.outcome = 'accepted'
      WHERE a.started_at >= ${begin}::timestamptz GROUP BY a.provider`;
  }

  /** The newest kinds of fault; what is the matter of one recipient alone is none of the account. */
  async faultsSince(begin: Date, most: number): Promise<AccountFault[]> {
    return this.database.prisma.$queryRaw<AccountFault[]>`
      SELECT a.provider AS account, a.code, (array_agg(a.reason ORDER BY a.started_at DESC))[1] AS reason, count(*)::int AS times,
        max(COALESCE(a.ended_at, a.started_at)) AS "lastAt"
      FROM attempt a
      WHERE a.started_at >= ${begin}::timestamptz AND a.outcome IN ('retry', 'refused', 'unknown')
        AND a.class IS DISTINCT FROM 'recipient' AND a.code IS DISTINCT FROM 'NOT_STARTED'
      GROUP BY a.provider, a.code ORDER BY "lastAt" DESC LIMIT ${most}`;
  }
}
