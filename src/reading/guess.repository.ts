import { Injectable } from '@nestjs/common';
import { guessDrainSeconds, guessMemoryMs, mostGuessLevel } from '../domain/reading/guessing.js';
import { Prisma } from '../generated/prisma/client.js';
import { Database } from '../platform/database.js';

export interface Guesses {
  /** Drains with time. */
  level: number;
  /** Of a day at most. */
  tries: number;
}

/** Guesses at codes, counted for all processes together. */
@Injectable()
export class GuessRepository {
  constructor(private readonly database: Database) {}

  /** Counts one for each key and says how many there are with it, however many come at once. Old counts go. */
  async count(keys: readonly string[], now: Date): Promise<Map<string, Guesses>> {
    const forget = new Date(now.getTime() - guessMemoryMs);
    await this.database.prisma.guessCount.deleteMany({ where: { at: { lt: forget } } });
    const drained = Prisma.sql`GREATEST(0, g.level - GREATEST(0, EXTRACT(EPOCH FROM excluded.at - g.at)::float8) / ${guessDrainSeconds}::float8)`;
    const stale = Prisma.sql`g.since < ${forget}::timestamptz`;
    const rows = await this.database.prisma.$queryRaw<(Guesses & { key: string })[]>`
      INSERT INTO guess_count AS g (key, level, tries, since, at)
      SELECT k, 1, 1, ${now}::timestamptz, ${now}::timestamptz FROM unnest(${[...keys]}::text[]) k ORDER BY k
      ON CONFLICT (key) DO UPDATE SET
        level = LEAST(${mostGuessLevel}::float8, ${drained} + 1),
        tries = CASE WHEN ${stale} THEN 1 ELSE g.tries + 1 END,
        since = CASE WHEN ${stale} THEN excluded.since ELSE g.since END,
        at = GREATEST(g.at, excluded.at)
      RETURNING key, level, tries`;
    return new Map(rows.map(({ key, ...counted }) => [key, counted]));
  }

  /** It was no guess: the code was right. */
  async takeBack(keys: readonly string[]): Promise<void> {
    await this.database.prisma.$executeRaw`
      WITH locked AS (SELECT key FROM guess_count WHERE key = ANY(${[...keys]}::text[]) ORDER BY key FOR UPDATE)
      UPDATE guess_count g SET level = GREATEST(0, g.level - 1), tries = GREATEST(0, g.tries - 1) FROM locked l WHERE l.key = g.key`;
  }

  /** When the code of this copy was last sent by SMS, and the ends of the numbers it went to. */
  async codeSent(copyId: string): Promise<{ at: Date | null; tails: string[] }> {
    const [row] = await this.database.prisma.$queryRaw<{ at: Date | null; tails: string[] | null }[]>`
      SELECT max(a.started_at) AS at, array_agg(DISTINCT right(d.address_masked, 4)) AS tails
      FROM delivery d JOIN attempt a ON a.delivery_id = d.id WHERE d.copy_id = ${copyId}::uuid AND d.channel = 'sms'`;
    return { at: row?.at ?? null, tails: row?.tails ?? [] };
  }

  /** Codes that a guess may hit. */
  async livingCodes(since: Date): Promise<number> {
    const [row] = await this.database.prisma.$queryRaw<{ n: number }[]>`
      SELECT count(DISTINCT d.copy_id)::int AS n FROM attempt a JOIN delivery d ON d.id = a.delivery_id
      WHERE d.channel = 'sms' AND a.started_at > ${since}::timestamptz`;
    return row?.n ?? 0;
  }
}
