import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyMigrations } from '../../src/platform/migrations.js';
import { freshDatabase, type FreshDatabase } from './fresh-database.js';

const root = join(import.meta.dirname, '..', '..');

describe('migrations', () => {
  let folder: string;
  let database: FreshDatabase;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kuaibao-migrations-'));
    database = await freshDatabase();
  });
  afterEach(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (name: string, sql: string) => {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'migration.sql'), sql);
  };
  const apply = () => applyMigrations(database.url, folder);
  const tables = async () =>
    (await database.query<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`))
      .map(({ name }) => name)
      .sort();
  const applied = () => database.query('SELECT * FROM _prisma_migrations ORDER BY migration_name');
  const cli = () =>
    spawnSync(process.execPath, [join(root, 'dist/programs/cli.js'), 'migrate'], {
      env: { PATH: process.env.PATH, DATABASE_URL: database.url },
      encoding: 'utf8',
    });
  /** Refused, in words a person can act on, and nothing is other than before. */
  const refuses = async (sentence: RegExp) => {
    const before = [await tables(), await applied()];
    const { status, stdout, stderr } = cli();
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toContain('    at ');
    expect([await tables(), await applied()]).toEqual(before);
  };

  it('are recorded, refused when they were changed or are unknown, and leave nothing when they fail', async () => {
    cpSync(join(root, 'prisma', 'migrations'), folder, { recursive: true });
    expect(await apply()).toContain('0001_accounts');
    expect(await apply()).toEqual([]);

    write('9999_faulty', 'CREATE TABLE half (id int); SELECT 1/0;');
    await expect(apply()).rejects.toThrow('9999_faulty 失败');
    write('9999_faulty', 'CREATE TABLE half (id int);');
    expect(await apply()).toEqual(['9999_faulty']);

    appendFileSync(join(folder, '0001_accounts', 'migration.sql'), '-- touched');
    await expect(apply()).rejects.toThrow('被改动过');
    rmSync(join(folder, '9999_faulty'), { recursive: true });
    cpSync(join(root, 'prisma', 'migrations'), folder, { recursive: true });
    await expect(apply()).rejects.toThrow('不认识的迁移 9999_faulty');
  });

  it.each([
    ['a letter', (sql: string) => sql.replace('id', 'Id')],
    ['a comment', (sql: string) => `${sql}-- why`],
    ['the end of its last line', (sql: string) => sql.trimEnd()],
    ['the ends of its lines', (sql: string) => sql.replace(/\n/g, '\r\n')],
  ])(
    'of which %s was changed after they were applied are refused, and nothing that follows is applied',
    async (_, touch) => {
      write('0001_one', 'CREATE TABLE one (id int);\n');
      await apply();
      write('0001_one', touch('CREATE TABLE one (id int);\n'));
      write('0002_two', 'CREATE TABLE two (id int);\n');
      await expect(apply()).rejects.toThrow(/0001_one\/migration\.sql 在应用之后被改动过。\n.*新增一个迁移/);
      expect(await tables()).toEqual(['_prisma_migrations', 'one']);
    },
  );

  it('of a newer program stop an older one, which applies none of its own', async () => {
    cpSync(join(root, 'prisma', 'migrations', '0001_accounts'), join(folder, '0001_accounts'), { recursive: true });
    write('9998_newer', 'CREATE TABLE newer (id int);');
    await apply();
    await refuses(
      /启动失败：数据库里有本程序不认识的迁移 9998_newer：数据库比程序新。\n怎么办：请改用不低于原来版本的程序/,
    );
  });

  it.each([
    ['whole', ['0001_first', '0002_scheduled_turn', '0051_recall_address'], '0051_recall_address'],
    ['an early one', ['0001_first'], '0001_first'],
    ['one that was given a folder of today as well', ['0001_first', '0001_accounts'], '0001_first'],
  ])('refuse the database of a trial (%s), say up to where it was made and how to go on', async (_, names, last) => {
    write('0000_trial', 'CREATE TABLE account (id int);');
    await apply();
    await database.query('DELETE FROM _prisma_migrations');
    for (const name of names)
      await database.query(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES (gen_random_uuid()::text, 'x', $1, now())`,
        [name],
      );
    await refuses(
      new RegExp(
        `启动失败：这个数据库是试用版建立的（迁移 0001_first 至 ${last}），.*\n怎么办：数据库没有被改动。.*导出.*新的空数据库`,
      ),
    );
  });

  it('take an empty database for what it is, also when a trial was rolled back in it', async () => {
    write('0001_accounts', 'CREATE TABLE account (id int);');
    await apply();
    await database.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, rolled_back_at) VALUES ('x', 'x', '0001_first', now())`,
    );
    expect(await apply()).toEqual([]);
  });
});
