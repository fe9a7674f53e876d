import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';
import { beijingDate } from '../domain/calendar.js';
import type { OddRow } from './sms/push.js';

/** Why something a provider pushed was not taken as it came. */
export type NotTaken = 'odd' | 'unknown' | 'implausibleTime' | 'wrongKey' | 'otherPerson';

/** The newest of them are kept. */
export const mostOddRows = 500;
const forgetMs = 15 * 60_000;

/** What was pushed and not taken: counted by day, the newest odd rows kept, wrong keys by whom. */
@Injectable()
export class CallbackRepository {
  constructor(private readonly database: Database) {}

  async count(provider: string, what: NotTaken, n: number, now: Date): Promise<void> {
    if (n === 0) return;
    await this.database.prisma.$executeRaw`
      INSERT INTO callback_count (day, provider, what, n) VALUES (${beijingDate(now)}::date, ${provider}, ${what}, ${n})
      ON CONFLICT (day, provider, what) DO UPDATE SET n = callback_count.n + EXCLUDED.n`;
  }

  async keepOdd(provider: string, rows: readonly OddRow[], receivedAt: Date): Promise<void> {
    const kept = rows.slice(0, mostOddRows);
    if (kept.length === 0) return;
    await this.database.prisma.callbackOddRow.createMany({
      data: kept.map((row) => ({ provider, receivedAt, ...row })),
    });
    await this.database.prisma.$executeRaw`
      DELETE FROM callback_odd_row WHERE id <= (SELECT max(id) FROM callback_odd_row) - ${mostOddRows}`;
  }

  /** Counts a wrong key and says how many came from there, at most `forgetMs` apart: in all processes together. */
  async countWrongKey(peerHash: string, now: Date): Promise<number> {
    const forgotten = new Date(now.getTime() - forgetMs);
    await this.database.prisma.callbackWrongKey.deleteMany({ where: { lastAt: { lt: forgotten } } });
    const [row] = await this.database.prisma.$queryRaw<{ n: number }[]>`
      INSERT INTO callback_wrong_key AS k (peer_hash, n, last_at) VALUES (${peerHash}, 1, ${now}::timestamptz)
      ON CONFLICT (peer_hash) DO UPDATE SET n = k.n + 1, last_at = EXCLUDED.last_at RETURNING n`;
    return row!.n;
  }

  /**
   * Whether a signed call is here for the first time. Joins the open transaction: a call of which nothing was kept may come again.
   *
   * @param lifeMs how long its time is believed
   */
  async isFirst(provider: string, signature: string, now: Date, lifeMs: number): Promise<boolean> {
    const { prisma } = this.database;
    await prisma.$executeRaw`
      DELETE FROM callback_call n USING (
        SELECT provider, signature FROM callback_call WHERE at < ${new Date(now.getTime() - lifeMs)}::timestamptz
        LIMIT 1000 FOR UPDATE SKIP LOCKED
      ) old WHERE n.provider = old.provider AND n.signature = old.signature`;
    const kept = await prisma.$executeRaw`
      INSERT INTO callback_call (provider, signature, at) VALUES (${provider}, ${signature}, ${now}::timestamptz) ON CONFLICT DO NOTHING`;
    return kept === 1;
  }

  async counts(since: Date): Promise<{ day: Date; provider: string; what: string; n: number }[]> {
    return this.database.prisma.callbackCount.findMany({
      where: { day: { gte: since } },
      orderBy: [{ day: 'desc' }, { provider: 'asc' }, { what: 'asc' }],
    });
  }

  async newestOdd(take: number): Promise<{ provider: string; problem: string; row: string; receivedAt: Date }[]> {
    return this.database.prisma.callbackOddRow.findMany({ orderBy: { id: 'desc' }, take });
  }
}
