import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CountRepository } from '../../src/dispatch/after/count.repository.js';
import { ContactService } from '../../src/organisation/contact.service.js';
import { Audit } from '../../src/platform/audit.js';
import { applyMigrations } from '../../src/platform/migrations.js';
// Loaded by the service when it starts, two at once, which Jest's linker does not stand.
import '../../src/platform/http/http-app.js';
import '../../src/programs/web.js';
import { startService } from '../../src/programs/service.js';
import { readSettings } from '../../src/programs/settings.js';
import { freePort } from '../e2e/open-service.js';
import { migrationFolder, release, releaseData, tablesOf } from '../release/release-data.js';
import { FrozenClock, people, worldKey } from '../world.js';
import { freshDatabase, type FreshDatabase } from './fresh-database.js';

/** What a migration after the release changes on purpose in rows that were there; each line with its reason. */
const allowed: { difference: string; reason: string }[] = [];

interface Contents {
  rows: number;
  /** Of the columns of then: what has been added since is no loss. */
  hash: string;
}

describe('an upgrade from the newest release', () => {
  let folder: string;
  let database: FreshDatabase;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kuaibao-upgrade-'));
    database = await freshDatabase();
    for (const name of Object.keys(release().migrations))
      cpSync(join(migrationFolder, name), join(folder, name), { recursive: true });
    await applyMigrations(database.url, folder);
    await database.query(`BEGIN; ${releaseData()} COMMIT;`);
  });
  afterEach(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const contents = async (tables: Map<string, string[]>): Promise<Map<string, Contents>> => {
    const there = await tablesOf(database.query);
    const found = new Map<string, Contents>();
    for (const [table, columns] of tables) {
      const kept = columns.filter((column) => there.get(table)?.includes(column)).map((column) => `t."${column}"`);
      if (kept.length === 0) continue;
      const [row] = await database.query<Contents>(
        `SELECT count(*)::int AS rows, md5(coalesce(string_agg(row, E'\\n' ORDER BY row COLLATE "C"), '')) AS hash
         FROM (SELECT ROW(${kept.join(', ')})::text AS row FROM "${table}" t) r`,
      );
      found.set(table, row!);
    }
    return found;
  };

  /** In words, what is not as it was. */
  const upgraded = async (migrations: string): Promise<string[]> => {
    const then = await tablesOf(database.query);
    const before = await contents(then);
    await applyMigrations(database.url, migrations);
    const [now, after] = [await tablesOf(database.query), await contents(then)];
    return [...then].flatMap(([table, columns]) => {
      if (!now.has(table)) return [`${table} is gone`];
      const gone = columns.filter((column) => !now.get(table)!.includes(column));
      if (gone.length > 0) return gone.map((column) => `${table}.${column} is gone`);
      const [a, b] = [before.get(table)!, after.get(table)!];
      if (a.rows !== b.rows) return [`${table} had ${a.rows} rows and has ${b.rows}`];
      return a.hash === b.hash ? [] : [`${table} has other contents`];
    });
  };

  it('keeps every row as it was, and the program starts on it with counts, trail and addresses intact', async () => {
    const differences = await upgraded(migrationFolder);
    expect(differences.sort()).toEqual(allowed.map(({ difference }) => difference).sort());

    const port = await freePort();
    const settings = readSettings({
      ...{ DATABASE_URL: database.url, MASTER_KEY: worldKey.toString('base64'), DATA_DIR: join(folder, 'data') },
      ...{ PORT: String(port), LOG_LEVEL: 'error' },
    });
    const service = await startService(settings, new FrozenClock());
    try {
      expect(await service.get(CountRepository).wrong()).toBe(0);
      const trail = await service.get(Audit).verify();
      expect(trail.brokenAt).toBeNull();
      expect(trail.rows).toBeGreaterThan(50);
      const [contact] = await database.query<{ id: string }>(
        `SELECT id FROM contact WHERE kind = 'sms' AND masked = '154****0001'`,
      );
      const shown = await service.get(ContactService).reveal(contact!.id, '升级后核对', people.editor);
      expect(shown.address).toBe('15400000001');
      expect((await fetch(`http://127.0.0.1:${port}/signin`)).status).toBe(200);
    } finally {
      await service.stop();
    }
  });

  it('would be noticed if it lost or changed anything, and may add', async () => {
    const later = (name: string, sql: string) => {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'migration.sql'), sql);
    };
    later(
      '9997_adds',
      `ALTER TABLE item ADD COLUMN pages integer NOT NULL DEFAULT 1;
       CREATE TABLE more (id int);
       CREATE INDEX person_name_idx ON person (name);
       ALTER TABLE unit ALTER COLUMN sort_order TYPE bigint;`,
    );
    expect(await upgraded(folder)).toEqual([]);
    later(
      '9998_loses',
      `DELETE FROM calendar_day WHERE day = '2025-01-01';
       UPDATE person SET name = name || '等' WHERE name LIKE '赵%';
       UPDATE delivery SET state = 'cancelled' WHERE state = 'failed';
       ALTER TABLE item DROP COLUMN author;
       DROP TABLE press;`,
    );
    expect(await upgraded(folder)).toEqual([
      'calendar_day had 72 rows and has 71',
      'delivery has other contents',
      // The trigger's ledger goes along.
      expect.stringMatching(/^delivery_count had \d+ rows and has \d+$/),
      'item.author is gone',
      'person has other contents',
      'press is gone',
    ]);
  });
});
