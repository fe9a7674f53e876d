import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';

/** The last that was decided about 试运行. */
export interface TrialState {
  active: boolean;
  reason: string;
  changedAt: Date;
  /** Name of the account. */
  changedBy: string;
}

/** Whether the system is on trial. Nothing decided: it was in use before there was a trial. */
@Injectable()
export class TrialRepository {
  constructor(private readonly database: Database) {}

  async load(): Promise<TrialState | null> {
    return this.database.prisma.trial.findUnique({ where: { id: 1 } });
  }

  async isActive(): Promise<boolean> {
    return (await this.load())?.active === true;
  }

  /** In the caller's transaction. False when it is so already. */
  async set(active: boolean, reason: string, by: { id: string; name: string }, now: Date): Promise<boolean> {
    const changed = await this.database.prisma.$executeRaw`
      INSERT INTO trial AS t (id, active, reason, changed_at, changed_by, changed_by_id)
      VALUES (1, ${active}, ${reason}, ${now}::timestamptz, ${by.name}, ${by.id})
      ON CONFLICT (id) DO UPDATE SET active = EXCLUDED.active, reason = EXCLUDED.reason, changed_at = EXCLUDED.changed_at,
        changed_by = EXCLUDED.changed_by, changed_by_id = EXCLUDED.changed_by_id
      WHERE t.active <> EXCLUDED.active`;
    return changed === 1;
  }
}
