import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import type { Actor } from '../src/accounts/actor.js';
import { AppModule } from '../src/programs/app.module.js';
import type { Channel } from '../src/channels/channel.js';
import { ChannelRegistry } from '../src/channels/channel-registry.js';
import { readSettings } from '../src/programs/settings.js';
import { RosterService } from '../src/distribution/list-file/roster.service.js';
import { Clock } from '../src/platform/clock.js';
import { Vault } from '../src/platform/crypto.js';
import { Database } from '../src/platform/database.js';
import type { HttpLimits } from '../src/platform/http/http-app.js';
import { postgresClient } from '../src/platform/postgres-client.js';
import { openQueueBackend, type QueueBackend } from '../src/platform/jobs/queue-backend.js';
import type { Settings } from '../src/settings/settings.js';
import { withDemoList } from './demo-list.js';
import { ownDatabase } from './own-database.js';

/** When worlds begin. */
const beginning = '2025-04-03T02:00:00Z';

/** A clock that stands still until it is moved. */
export class FrozenClock extends Clock {
  constructor(private at = new Date(beginning)) {
    super();
  }
  override now(): Date {
    return new Date(this.at);
  }
  set(at: Date): void {
    this.at = at;
  }
  /** @param text Beijing time, `2025-04-03T21:00` */
  setTo(text: string): void {
    this.at = new Date(`${text}:00+08:00`);
  }
  pass(ms: number): void {
    this.at = new Date(this.at.getTime() + ms);
  }
}

export interface World {
  url: string;
  app: INestApplicationContext;
  clock: FrozenClock;
  settings: Settings;
  vault: Vault;
  queue: QueueBackend;
  get: <T>(type: Type<T>) => T;
  /** Another process on the same database, as a second worker would be. */
  another(channels?: readonly Channel[]): Promise<INestApplicationContext>;
  /** The console and the API on the same database, at a port of 127.0.0.1. */
  web(limits?: HttpLimits, before?: (app: NestFastifyApplication) => void): Promise<NestFastifyApplication>;
  query<T extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<T[]>;
  close(): Promise<void>;
}

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name));
export const seedBulletin = () => fixture('bulletins/seed.txt');
export const demoRoster = () => fixture('demo_recipients.csv');

/** The same in all worlds, as is the key: the demo list is written once for all of them. */
export const people = {
  editor: { id: '00000000-0000-4000-8000-00000000000e', name: '编辑甲', roles: ['editor'] },
  reviewer: { id: '00000000-0000-4000-8000-00000000000f', name: '审核乙', roles: ['reviewer'] },
  approver: { id: '00000000-0000-4000-8000-0000000000ff', name: '签发丙', roles: ['approver'] },
} as const satisfies Record<string, Actor>;

/** Of all worlds, and of the rows that are kept with a release. */
export const worldKey = createHash('sha256').update('worlds of tests').digest();

/** With a clock that stands still no limit would ever let a second message go; a test that is about limits sets its own. */
const unlimited = { SMS_NUMBER_LIMITS: 'none', WECOM_MEMBER_LIMITS: 'none', DAILY_CAP: '0' };

/** A fresh, migrated database with the services on top; jobs are rung but nobody runs them unless the test does. */
export async function openWorld(
  options: { channels?: readonly Channel[]; environment?: Record<string, string> } = {},
): Promise<World> {
  const own = await ownDatabase();
  const { url } = own;
  const clock = new FrozenClock();
  const vault = new Vault(worldKey);
  const settings = readSettings({ DATABASE_URL: url, UNDO_SECONDS: '0', ...unlimited, ...options.environment });
  const client = postgresClient(url, 'test');
  await client.connect();
  const apps: INestApplicationContext[] = [];
  const queues: QueueBackend[] = [];
  const anotherQueue = async () => {
    const queue = await openQueueBackend(url, settings.redisUrl);
    queues.push(queue);
    return queue;
  };
  /** What a process of its own would open. */
  const what = (channels: readonly Channel[], queue: QueueBackend) => ({
    ...{ settings, vault, clock, queue },
    database: new Database(url, 5),
    channels: new ChannelRegistry(channels),
  });
  const open = async (channels: readonly Channel[], queue: QueueBackend) => {
    const app = await NestFactory.createApplicationContext(AppModule.with(what(channels, queue)), {
      logger: ['error'],
    });
    apps.push(app);
    return app;
  };
  const queue = await anotherQueue();
  const app = await open(options.channels ?? [], queue);
  return {
    url,
    app,
    clock,
    settings,
    vault,
    get: (type) => app.get(type),
    another: async (channels = options.channels ?? []) => open(channels, await anotherQueue()),
    web: async (limits, before) => {
      const parts = what(options.channels ?? [], queue);
      const [{ createHttpApp }, { pages }] = await Promise.all([
        import('../src/platform/http/http-app.js'),
        import('../src/programs/web.js'),
      ]);
      const app = await createHttpApp(AppModule.with(parts, pages), settings, limits);
      apps.push(app);
      before?.(app);
      await app.listen({ host: '127.0.0.1', port: 0 });
      return app;
    },
    query: async (sql, values = []) => (await client.query(sql, values)).rows as never,
    queue,
    close: async () => {
      for (const app of apps) await app.close();
      for (const each of queues) await each.close();
      await client.end();
      await own.drop();
    },
  };
}

/** The demo list, as the editor imports it now. */
export async function takeDemoList(world: World): Promise<void> {
  const now = world.clock.now();
  const importNow = async () => void (await world.get(RosterService).import(demoRoster(), people.editor, now));
  if (now.getTime() !== Date.parse(beginning)) return importNow();
  await withDemoList((sql, values) => world.query(sql, values), process.env.KUAIBAO_TEST_LIST!, importNow);
}

export async function revisionOf(world: World, issueId: string): Promise<number> {
  const [row] = await world.query<{ revision: number }>('SELECT revision FROM issue WHERE id = $1', [issueId]);
  return row!.revision;
}

/** How often the database is asked meanwhile: a repository takes the client once for each query. */
export async function queriesOf(world: World, work: () => Promise<unknown>): Promise<number> {
  const database = world.get(Database);
  const client = database.prisma;
  let asked = 0;
  Object.defineProperty(database, 'prisma', { configurable: true, get: () => ((asked += 1), client) });
  try {
    await work();
    return asked;
  } finally {
    Reflect.deleteProperty(database, 'prisma');
  }
}
