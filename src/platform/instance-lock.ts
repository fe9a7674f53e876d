import type pg from 'pg';
import { postgresClient } from './postgres-client.js';
import { StartError } from '../settings/start-error.js';

/** Held for the life of the process: a second kuaibao on the same folder cannot take it; a killed one releases it. */
const INSTANCE_LOCK = 0x6b75616962; // "kuaib"

/** A server taken over may still be recovering from a crash, or just be going down. */
async function connectPatiently(url: string): Promise<pg.Client> {
  for (let tries = 0; ; tries++) {
    const client = postgresClient(url, 'kuaibao-instance');
    client.on('error', () => undefined); // the server going away ends the lock; whoever needs the database will say so
    try {
      await client.connect();
      return client;
    } catch (error) {
      const notYet = ['57P03', 'ECONNREFUSED', 'ECONNRESET'].includes((error as { code?: string }).code ?? '');
      if (!notYet || tries === 120) {
        throw new StartError(
          `无法连接内置 PostgreSQL：${(error as Error).message}`,
          '请稍后再启动；若仍不行，详细记录见数据目录中的 postgres.log。',
        );
      }
      await new Promise((done) => setTimeout(done, 250));
    }
  }
}

/** Waits a little for an instance that is just stopping. */
export async function takeInstanceLock(url: string, folder: string): Promise<pg.Client> {
  const client = await connectPatiently(url);
  for (let tries = 0; tries < 20; tries++) {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
      INSTANCE_LOCK,
    ]);
    if (rows[0]?.taken) return client;
    await new Promise((done) => setTimeout(done, 250));
  }
  await client.end();
  throw new StartError(
    `另一个 kuaibao 正在使用数据目录 ${folder}。`,
    '请先停止它；要并行运行，请用 DATA_DIR 指定另一个目录。',
  );
}
