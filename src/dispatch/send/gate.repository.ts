import { Injectable } from '@nestjs/common';
import { type AccountState, wellAccount } from '../../domain/sending/fail-over.js';
import { Database } from '../../platform/database.js';

/** Provider accounts that pause (throttled, or suspended after failures) or stop until a person mends their configuration. */
@Injectable()
export class GateRepository {
  constructor(private readonly database: Database) {}

  async gateOf(account: string): Promise<AccountState> {
    return (await this.all()).get(account) ?? wellAccount;
  }

  /** With the moment since when each is as it is. */
  async all(): Promise<Map<string, AccountState & { changedAt: Date }>> {
    const rows = await this.database.prisma.accountGate.findMany();
    return new Map(rows.map((row) => [row.account, row]));
  }

  async closeUntil(account: string, until: Date, reason: string, now: Date): Promise<void> {
    await this.database.prisma.$executeRaw`
      INSERT INTO account_gate (account, closed_until, reason, changed_at) VALUES (${account}, ${until}::timestamptz, ${reason}, ${now}::timestamptz)
      ON CONFLICT (account) DO UPDATE SET closed_until = GREATEST(account_gate.closed_until, EXCLUDED.closed_until),
        reason = CASE WHEN account_gate.circuit_open THEN account_gate.reason ELSE EXCLUDED.reason END,
        changed_at = CASE WHEN account_gate.circuit_open THEN account_gate.changed_at ELSE EXCLUDED.changed_at END`;
  }

  /** Said again by the messages that were still under way, it is stopped since the first. */
  async openCircuit(account: string, reason: string, now: Date): Promise<void> {
    await this.database.prisma.$executeRaw`
      INSERT INTO account_gate AS g (account, circuit_open, reason, changed_at) VALUES (${account}, true, ${reason}, ${now}::timestamptz)
      ON CONFLICT (account) DO UPDATE SET circuit_open = true, reason = EXCLUDED.reason,
        changed_at = CASE WHEN g.circuit_open THEN g.changed_at ELSE EXCLUDED.changed_at END`;
  }

  /** A suspension is never cut short by a batch that began before it. */
  async saveHealth(
    account: string,
    { failures, trips, suspendedUntil }: Pick<AccountState, 'failures' | 'trips' | 'suspendedUntil'>,
    probe: boolean,
    reason: string | null,
    now: Date,
  ): Promise<void> {
    await this.database.prisma.$executeRaw`
      INSERT INTO account_gate AS g (account, failures, trips, suspended_until, reason, changed_at)
      VALUES (${account}, ${failures}::int, ${trips}::int, ${suspendedUntil}::timestamptz, ${reason}, ${now}::timestamptz)
      ON CONFLICT (account) DO UPDATE SET failures = EXCLUDED.failures, trips = EXCLUDED.trips, suspended_until = EXCLUDED.suspended_until,
        reason = CASE WHEN g.circuit_open THEN g.reason ELSE EXCLUDED.reason END,
        changed_at = CASE WHEN g.circuit_open THEN g.changed_at ELSE EXCLUDED.changed_at END
      WHERE ${probe} OR EXCLUDED.suspended_until IS NOT NULL OR g.suspended_until IS NULL`;
  }

  /** True for one worker: it alone risks a few messages on the account. */
  async takeProbe(account: string, now: Date, until: Date): Promise<boolean> {
    const taken = await this.database.prisma.$executeRaw`
      UPDATE account_gate SET suspended_until = ${until}::timestamptz WHERE account = ${account} AND suspended_until <= ${now}::timestamptz`;
    return taken === 1;
  }

  async reopen(account: string, now: Date): Promise<void> {
    await this.database.prisma.accountGate.updateMany({ where: { account }, data: { ...wellAccount, changedAt: now } });
  }
}
