// A durable PostgreSQL and databases with as many invented people as asked for.
import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Vault } from '../../dist/platform/crypto.js';
import { startEmbeddedPostgres } from '../../dist/platform/embedded-postgres.js';
import { applyMigrations } from '../../dist/platform/migrations.js';
import { addPeople, invented } from '../invented-people.mjs';

const migrations = join(import.meta.dirname, '../../prisma/migrations');
/** The database server as it is in production, fsync on. */
export async function openServer() {
  const folder = mkdtempSync(join(tmpdir(), 'kuaibao-bench-'));
  const postgres = await startEmbeddedPostgres({ folder: join(folder, 'data') });
  const urlOf = (name) => Object.assign(new URL(postgres.url), { pathname: `/${name}` }).href;
  return {
    folder,
    urlOf,
    async empty(name) {
      const client = new pg.Client({ connectionString: urlOf('postgres') });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return urlOf(name);
    },
    async close() {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A migrated database with `people` recipients who have an e-mail address each. */
export async function openOffice(server, name, people) {
  const url = await server.empty(name);
  await applyMigrations(url, migrations);
  const masterKey = randomBytes(32);
  const vault = new Vault(masterKey);
  const database = new pg.Client({ connectionString: url });
  await database.connect();
  await addPeople(database, vault, people, (n) => ({ email: invented(n).email }));
  return {
    url,
    vault,
    people,
    query: async (sql, values = []) => (await database.query(sql, values)).rows,
    environment: {
      DATABASE_URL: url,
      MASTER_KEY: masterKey.toString('base64'),
      DATA_DIR: join(server.folder, name),
      LOG_LEVEL: 'error',
      PUBLIC_URL: 'http://kb.example.cn',
      // Nothing waits to be undone here.
      UNDO_SECONDS: '0',
    },
    close: () => database.end(),
  };
}
