import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { ClockCheck } from '../../src/platform/clock-check.js';
import { openWorld, type World } from '../world.js';

/**
 * Writes each moment by every way there is, as a program under the given zone does, and reads it by every way: as a value, as
 * a list, inside JSON, as text, by the driver alone; then the day of a date column.
 */
const program = `
  const { Database } = await import(process.env.DIST + '/platform/database.js');
  const { postgresClient } = await import(process.env.DIST + '/platform/postgres-client.js');
  const moments = JSON.parse(process.env.MOMENTS);
  const database = new Database(process.env.DATABASE_URL, 1);
  const client = postgresClient(process.env.DATABASE_URL, 'test');
  await client.connect();
  const seen = [];
  for (const text of moments) {
    const at = new Date(text);
    const name = 'zone';
    await database.prisma.scheduledTurn.upsert({ where: { name }, create: { name, nextAt: at }, update: { nextAt: at } });
    const model = (await database.prisma.scheduledTurn.findFirst({ where: { name, nextAt: at } }))?.nextAt.toISOString() ?? 'lost';
    const large = JSON.stringify(Array.from({ length: 200 }, () => ({ at })));
    const [raw] = await database.prisma.$queryRaw\`
      SELECT next_at AS "column", \${at}::timestamptz AS value, next_at = \${at}::timestamptz AS same, ARRAY[next_at] AS list,
             (\${large}::json -> 150 ->> 'at')::timestamptz AS json, to_json(next_at) AS "inJson", next_at::text AS text,
             \${[at]}::timestamptz[] AS lists
      FROM scheduled_turn WHERE name = 'zone'\`;
    const { rows: [own] } = await client.query(
      'SELECT next_at AS "column", next_at = $1::timestamptz AS same, $1::text AS text FROM scheduled_turn WHERE name = $2', [at, name]);
    const day = new Date(text.slice(0, 10));
    const [dates] = await database.prisma.$queryRaw\`SELECT \${day}::date::text AS text, \${day}::date AS date\`;
    seen.push({
      moments: [model, raw.column, raw.value, raw.list[0], raw.lists[0], raw.json, raw.inJson, raw.text, own.column, own.text]
        .map((one) => new Date(one).toISOString()),
      same: raw.same && own.same,
      days: [dates.text, dates.date.toISOString().slice(0, 10)],
    });
  }
  await client.end();
  await database.onApplicationShutdown();
  process.stdout.write(JSON.stringify(seen));
`;

describe('a moment', () => {
  let world: World;
  beforeAll(async () => (world = await openWorld()));
  afterAll(() => world.close());

  it('is said to be another one there when the clocks differ by more than a minute, whatever the zones', async () => {
    const check = world.get(ClockCheck);
    world.clock.set(new Date());
    expect(await check.look()).toBeNull();
    world.clock.pass(-8 * 3_600_000);
    expect(await check.look()).toContain('快约8小时');
    world.clock.pass(16 * 3_600_000);
    expect(await check.look()).toContain('慢约8小时');
  });

  // The hour that summer time leaves out and the one it has twice, midnight in several places, a leap day, milliseconds.
  const moments = [
    '2026-11-23T02:40:00.000Z',
    '2026-03-08T06:59:59.999Z',
    '2026-03-08T07:30:00.123Z',
    '2026-11-01T05:30:00.000Z',
    '2026-11-01T06:30:00.000Z',
    '2026-04-04T15:15:00.000Z',
    '2026-12-31T16:00:00.000Z',
    '2028-02-29T23:59:59.001Z',
    '1986-05-04T00:00:00.000Z',
    '1901-01-01T00:00:00.000Z',
  ];
  const expected = moments.map((at) => ({
    moments: Array.from({ length: 10 }, () => at),
    same: true,
    days: [at.slice(0, 10), at.slice(0, 10)],
  }));

  it.each([
    { machine: 'Asia/Shanghai', database: 'Asia/Shanghai' },
    { machine: 'America/St_Johns', database: 'Asia/Shanghai', role: 'America/New_York' },
    { machine: 'America/New_York', database: 'Australia/Lord_Howe', options: '-c timezone=Asia/Kolkata' },
    {
      machine: 'Pacific/Kiritimati',
      database: 'Etc/GMT+12',
      address: '-c timezone=Europe/London -c datestyle=SQL,DMY',
    },
    { machine: 'UTC', database: 'Africa/Monrovia', style: 'Postgres, DMY' },
    { machine: ':/etc/nowhere', database: 'UTC', style: 'German, DMY' },
  ])('stays what it is whatever counts how: %j', async (zones) => {
    const administrator = new pg.Client({ connectionString: world.url });
    await administrator.connect();
    const name = new URL(world.url).pathname.slice(1);
    await administrator.query(`ALTER DATABASE ${name} SET timezone = '${zones.database}'`);
    await administrator.query(`ALTER DATABASE ${name} SET datestyle = '${zones.style ?? 'ISO, MDY'}'`);
    if (zones.role)
      await administrator.query(`ALTER ROLE CURRENT_USER IN DATABASE ${name} SET timezone = '${zones.role}'`);
    try {
      const url = new URL(world.url);
      if (zones.address) url.searchParams.set('options', zones.address);
      const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
        env: {
          PATH: process.env.PATH,
          DIST: join(import.meta.dirname, '..', '..', 'dist'),
          DATABASE_URL: url.href,
          TZ: zones.machine,
          PGTZ: zones.machine,
          ...(zones.options ? { PGOPTIONS: zones.options } : {}),
          MOMENTS: JSON.stringify(moments),
        },
      });
      expect(JSON.parse((await run).stdout)).toEqual(expected);
    } finally {
      await administrator.query(`ALTER ROLE CURRENT_USER IN DATABASE ${name} RESET timezone`);
      await administrator.end();
    }
  });
});
