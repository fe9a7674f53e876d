import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { type Filing, filingStates } from '../domain/sending/filing.js';
import { Database } from '../platform/database.js';

/** What a provider account answered when it was last looked at. */
export interface AccountLook {
  lookedAt: Date;
  /** A sentence with the way out; null when it is well. */
  problem: string | null;
  /** Null when they are not known, or when nothing is filed with this provider. */
  filings: readonly Filing[] | null;
  /** Why they are not known. */
  filingsProblem: string | null;
  /** What is left of money or messages, in words; null where the provider does not say. */
  balance: string | null;
}

const stored = z
  .array(
    z.object({
      kind: z.enum(['sign', 'template']),
      use: z.string().nullable(),
      code: z.string(),
      state: z.enum(filingStates),
      reason: z.string().nullable(),
    }),
  )
  .nullable()
  .catch(null);

/** One row an account, the newest look. */
@Injectable()
export class AccountLookRepository {
  constructor(private readonly database: Database) {}

  async all(): Promise<Map<string, AccountLook>> {
    const rows = await this.database.prisma.accountLook.findMany();
    return new Map(rows.map(({ account, ...row }) => [account, { ...row, filings: stored.parse(row.filings) }]));
  }

  /** An older look that ends later changes nothing. */
  async keep(account: string, look: AccountLook): Promise<void> {
    const filings = look.filings === null ? null : JSON.stringify(look.filings);
    await this.database.prisma.$executeRaw`
      INSERT INTO account_look AS l (account, looked_at, problem, filings, filings_problem, balance)
      VALUES (${account}, ${look.lookedAt}::timestamptz, ${look.problem}, ${filings}::jsonb, ${look.filingsProblem}, ${look.balance})
      ON CONFLICT (account) DO UPDATE SET looked_at = EXCLUDED.looked_at, problem = EXCLUDED.problem, filings = EXCLUDED.filings,
        filings_problem = EXCLUDED.filings_problem, balance = EXCLUDED.balance
      WHERE l.looked_at <= EXCLUDED.looked_at`;
  }
}
