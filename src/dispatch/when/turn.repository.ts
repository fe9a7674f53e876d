import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database.js';

/** Recurring work is done once however many processes there are. */
@Injectable()
export class TurnRepository {
  constructor(private readonly database: Database) {}

  /** True for one caller; then for nobody until `everyMs` later. */
  async take(name: string, now: Date, everyMs: number): Promise<boolean> {
    const nextAt = new Date(now.getTime() + everyMs);
    const taken = await this.database.prisma.$executeRaw`
      INSERT INTO scheduled_turn (name, next_at) VALUES (${name}, ${nextAt}::timestamptz)
      ON CONFLICT (name) DO UPDATE SET next_at = EXCLUDED.next_at WHERE scheduled_turn.next_at <= ${now}::timestamptz`;
    return taken === 1;
  }

  /** Nobody has the turn before. */
  async putOff(name: string, until: Date): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE scheduled_turn SET next_at = GREATEST(next_at, ${until}::timestamptz) WHERE name = ${name}`;
  }
}
