import { CountRepository } from '../dispatch/after/count.repository.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database, isDatabaseFailure } from '../platform/database.js';
import { StartError } from '../settings/start-error.js';

export const countsActs = ['check', 'rebuild'] as const;

/**
 * The counts that boards and progress show against the rows themselves.
 *
 * @returns the exit code: 1 when a check finds a wrong one
 */
export async function countsCommand(
  act: (typeof countsActs)[number],
  url: string,
  say: (line: string) => void,
): Promise<number> {
  const database = new Database(url, 1);
  const counts = new CountRepository(database);
  try {
    if (act === 'check') return await check(counts, say);
    const mended = await database.transaction(async () => {
      const wrong = await counts.rebuild();
      await new Audit(database, new Clock()).record('system', 'counts.rebuilt', 'counts:all', { wrong });
      return wrong;
    });
    say(mended === 0 ? '计数已重建，原来就没有出入。' : `计数已重建，改正了${mended}项。`);
    return 0;
  } catch (error) {
    if (!isDatabaseFailure(error)) throw error;
    const why = error instanceof Error ? error.message.trim().split('\n').at(-1) : String(error);
    throw new StartError(
      `数据库无法访问，或其中还没有计数表（${why}）。`,
      '请核对 DATABASE_URL，并先执行 npm run cli -- migrate。',
    );
  } finally {
    await database.onApplicationShutdown();
  }
}

async function check(counts: CountRepository, say: (line: string) => void): Promise<number> {
  const wrong = await counts.wrong();
  say(wrong === 0 ? '计数与逐行清点相符。' : `有${wrong}项计数与逐行清点不符，请执行 npm run cli -- counts rebuild。`);
  return wrong === 0 ? 0 : 1;
}
