import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface FreshDatabase {
  url: string;
  query: <T extends pg.QueryResultRow>(sql: string, values?: unknown[]) => Promise<T[]>;
  drop(): Promise<void>;
}

/** An empty database on the server of the tests: not even migrated. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = new URL(process.env.KUAIBAO_TEST_DATABASE!);
  const name = `fresh_${randomBytes(6).toString('hex')}`;
  const of = (database: string) => Object.assign(new URL(server), { pathname: `/${database}` }).href;
  await once(of('postgres'), `CREATE DATABASE ${name} TEMPLATE template0`);
  const client = new pg.Client({ connectionString: of(name) });
  await client.connect();
  // Rows are compared as text.
  await client.query(`SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'`);
  return {
    url: of(name),
    query: async (sql, values = []) => (await client.query(sql, values)).rows as never,
    drop: async () => {
      await client.end();
      await once(of('postgres'), `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function once(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
