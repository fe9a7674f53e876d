import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { postgresClient } from './postgres-client.js';
import { StartError } from '../settings/start-error.js';

/**
 * The first migration of the series that trials were made with. It was folded into the present one before the first release, and
 * no way leads from a database of it to a database of ours.
 */
const TRIAL = '0001_first';

/** Two processes that start together must not migrate at the same time. */
const MIGRATION_LOCK = 0x6d696772; // "migr"

/** As in Prisma's own engine, so that `prisma migrate status` reads it. */
const TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL,
  logs TEXT, rolled_back_at TIMESTAMPTZ, started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

interface Applied {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
  logs: string | null;
}

/**
 * Applies the reviewed SQL in `folder` (Prisma's layout: NAME/migration.sql) in order, each in one transaction, and records
 * it in `_prisma_migrations`. Needs no engine and downloads nothing.
 *
 * @returns names of the migrations applied now
 * @throws StartError before anything is changed, when the database was made by a trial version, is newer than this program, or an
 *   applied migration was changed or did not end; and when one fails, which leaves nothing of it
 */
export async function applyMigrations(url: string, folder: string): Promise<string[]> {
  const client = postgresClient(url, 'kuaibao-migrate');
  try {
    await client.connect();
  } catch (error) {
    throw new StartError(
      `无法连接数据库：${(error as Error).message}`,
      '请检查 DATABASE_URL 的地址、用户与密码，以及数据库是否已启动。',
    );
  }
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(TABLE);
    const { rows } = await client.query<Applied>(
      'SELECT migration_name, checksum, finished_at, logs FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
    );
    const files = readMigrations(folder);
    refuseSurprises(rows, files);
    const done = new Set(rows.filter((r) => r.finished_at).map((r) => r.migration_name));
    const applied: string[] = [];
    for (const file of files.filter((f) => !done.has(f.name))) {
      await applyOne(client, file);
      applied.push(file.name);
    }
    return applied;
  } finally {
    await client.end();
  }
}

interface MigrationFile {
  name: string;
  sql: string;
  checksum: string;
}

function readMigrations(folder: string): MigrationFile[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'migration.sql')))
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

function refuseSurprises(applied: readonly Applied[], files: readonly MigrationFile[]): void {
  const names = applied.map((row) => row.migration_name).sort();
  if (names.includes(TRIAL)) {
    throw new StartError(
      `这个数据库是试用版建立的（迁移 ${TRIAL} 至 ${names.at(-1)!}），本版本不能接着使用它。`,
      '数据库没有被改动。请用原来的试用版打开它，在“名单”页导出完整名单；再把 DATABASE_URL 或 DATA_DIR 指向一个新的空数据库，启动本版本并导入名单。已经发出的期次请留在原数据库中备查。',
    );
  }
  for (const row of applied) {
    const file = files.find((f) => f.name === row.migration_name);
    if (!row.finished_at) {
      throw new StartError(
        `数据库迁移 ${row.migration_name} 上次没有完成：${row.logs ?? '原因未记录'}`,
        '请修正原因后在 _prisma_migrations 中删除这一行再启动，或从备份恢复数据库。',
      );
    }
    if (!file) {
      throw new StartError(
        `数据库里有本程序不认识的迁移 ${row.migration_name}：数据库比程序新。`,
        '请改用不低于原来版本的程序，或从升级前的备份恢复数据库。',
      );
    }
    if (file.checksum !== row.checksum) {
      throw new StartError(
        `迁移文件 ${file.name}/migration.sql 在应用之后被改动过。`,
        '请恢复这个文件的原样；需要改表结构时，请新增一个迁移。',
      );
    }
  }
}

async function applyOne(client: pg.Client, file: MigrationFile): Promise<void> {
  const id = randomUUID();
  try {
    await client.query('BEGIN');
    await client.query(file.sql);
    await client.query(
      'INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)',
      [id, file.checksum, file.name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new StartError(
      `数据库迁移 ${file.name} 失败：${(error as Error).message}`,
      '数据库没有被改动。请修正原因后重新启动。',
    );
  }
}
