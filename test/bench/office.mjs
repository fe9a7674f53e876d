// A durable PostgreSQL and databases with as many invented people as asked for.
import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Vault } from '../../dist/platform/crypto.js';
import { startEmbeddedPostgres } from '../../dist/platform/embedded-postgres.js';
import { applyMigrations } from '../../dist/platform/migrations.js';

const migrations = join(import.meta.dirname, '../../prisma/migrations');
/** The groups the invented issue names. */
const groups = ['县委常委', '县直各单位负责人', '各乡（镇）政府、街道办事处主要领导'];

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
  await addPeople(database, vault, people);
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
    },
    close: () => database.end(),
  };
}

async function addPeople(database, vault, count) {
  const unitIds = Array.from({ length: Math.ceil(count / 100) }, () => randomUUID());
  const groupIds = groups.map(() => randomUUID());
  const insert = (sql, ...columns) => database.query(sql, columns);
  await insert(
    `INSERT INTO unit (id, name, sort_order) SELECT id, '单位' || n, n FROM unnest($1::uuid[]) WITH ORDINALITY AS r(id, n)`,
    unitIds,
  );
  await insert(
    `INSERT INTO recipient_group (id, name, sort_order) SELECT * FROM unnest($1::uuid[], $2::text[], $3::int[])`,
    groupIds,
    groups,
    groups.map((_, i) => i),
  );
  for (let from = 0; from < count; from += 10_000) {
    const rows = Array.from({ length: Math.min(10_000, count - from) }, (_, i) => rowOf(from + i));
    const column = (of) => rows.map(of);
    const [posts, persons] = [column((r) => r.post), column((r) => r.person)];
    await insert(
      `INSERT INTO post (id, unit_id, title, kind, protocol_order)
       SELECT a, b, c, 'unit', d FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[]) AS r(a, b, c, d)`,
      posts,
      column((r) => unitIds[r.n % unitIds.length]),
      column((r) => `负责人${r.n}`),
      column((r) => r.n),
    );
    await insert(
      `INSERT INTO person (id, name) SELECT * FROM unnest($1::uuid[], $2::text[])`,
      persons,
      column((r) => `某某${r.n}`),
    );
    await insert(
      `INSERT INTO tenure (post_id, person_id, starts_on) SELECT a, b, '2024-01-01' FROM unnest($1::uuid[], $2::uuid[]) AS r(a, b)`,
      posts,
      persons,
    );
    await insert(
      `INSERT INTO group_member (post_id, group_id) SELECT * FROM unnest($1::uuid[], $2::uuid[])`,
      posts,
      column((r) => groupIds[r.n % groupIds.length]),
    );
    await insert(
      `INSERT INTO contact (person_id, kind, sealed, key_id, lookup_hash, mail_domain, masked)
       SELECT a, 'email', b, $4, c, 'yanjin.example', 'r***@yanjin.example' FROM unnest($1::uuid[], $2::text[], $3::text[]) AS r(a, b, c)`,
      persons,
      column((r) => vault.seal(r.email)),
      column((r) => vault.lookupHash('email', r.email)),
      vault.keyId,
    );
  }
  await database.query('ANALYZE');
}

function rowOf(n) {
  return { n, post: randomUUID(), person: randomUUID(), email: `r${n}@yanjin.example` };
}
