import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface OwnDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A copy of the migrated database on the server of all tests, for one test file. */
export async function ownDatabase(): Promise<OwnDatabase> {
  const template = new URL(process.env.KUAIBAO_TEST_DATABASE!);
  const name = `w_${randomBytes(6).toString('hex')}`;
  const administrator = new pg.Client({
    connectionString: Object.assign(new URL(template), { pathname: '/postgres' }).href,
  });
  await administrator.connect();
  for (const sql of [
    `CREATE DATABASE ${name} TEMPLATE ${template.pathname.slice(1)} STRATEGY ${process.env.KUAIBAO_TEST_COPY}`,
    // An outside database may count in any zone and write dates in any style.
    `ALTER DATABASE ${name} SET timezone = 'America/St_Johns'`,
    `ALTER DATABASE ${name} SET datestyle = 'German, DMY'`,
  ])
    await administrator.query(sql);
  return {
    url: Object.assign(new URL(template), { pathname: `/${name}` }).href,
    drop: async () => {
      await administrator.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await administrator.end();
    },
  };
}
