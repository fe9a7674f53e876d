import { type INestApplicationContext, Logger, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { join } from 'node:path';
import { AppModule, type MorePages, type Opened } from './app.module.js';
import { openChannels } from '../channels/open-channels.js';
import { StoredAccounts } from '../channels/stored-accounts.js';
import { ReportInbox } from '../channels/report-inbox.js';
import { Housekeeping } from '../dispatch/housekeeping.js';
import { DispatchJobs } from '../dispatch/dispatch-jobs.js';
import { BounceReception } from './bounce-reception.js';
import { openDatabase } from './open-database.js';
import { Clock } from '../platform/clock.js';
import { ClockCheck } from '../platform/clock-check.js';
import { openVault } from '../platform/crypto.js';
import { Database } from '../platform/database.js';
import { keepHeapSmall } from '../platform/heap.js';
import { openQueueBackend } from '../platform/jobs/queue-backend.js';
import { JsonLog } from '../platform/log.js';
import { applyMigrations } from '../platform/migrations.js';
import { ReplyService } from '../reading/reply.service.js';
import { LiveSettings } from '../settings/live-settings.js';
import type { Settings } from '../settings/settings.js';
import { StartError } from '../settings/start-error.js';

/** How soon another process notices what was entered at the console. */
const storedEveryMs = 5000;

/** A running kuaibao: what the settings' role asks for, until `stop`. */
export interface Service {
  /** Null in a worker. */
  url: string | null;
  /** Where bounces and delivery notifications are taken; null without e-mail reports. */
  bouncePort: number | null;
  /** True when the database of an earlier, killed process was still running. */
  adopted: boolean;
  queue: 'postgres' | 'redis';
  get: <T>(type: Type<T>) => T;
  /** Stops taking work, finishes what is under way, closes everything in the reverse order of its opening. */
  stop(): Promise<void>;
}

/** @throws StartError with advice */
export async function startService(
  settings: Settings,
  clock: Clock = new Clock(),
  more: MorePages = {},
): Promise<Service> {
  keepHeapSmall();
  const log = new JsonLog(settings.logLevel);
  Logger.overrideLogger(log);
  const closing: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    const failures: unknown[] = [];
    // One part that does not close must not keep the database running.
    for (const close of closing.splice(0).reverse()) await close().catch((error: unknown) => failures.push(error));
    if (failures.length) throw failures[0];
  };
  try {
    const postgres = await openDatabase(settings);
    closing.push(() => postgres.stop());
    await applyMigrations(postgres.url, join(import.meta.dirname, '..', '..', 'prisma', 'migrations'));
    const queue = await openQueueBackend(postgres.url, settings.redisUrl);
    closing.push(() => queue.close());
    const vault = openVault(settings.masterKey, settings.dataDir);
    const channels = openChannels(settings, vault, clock);
    closing.push(() => channels.close());

    const opened: Opened = { settings, database: new Database(postgres.url), queue, vault, clock, channels };
    const app = await openApp(opened, log, more);
    closing.push(() => app.close());
    await app.get(ClockCheck).look();
    await app.get(StoredAccounts).start(storedEveryMs);
    let bouncePort: number | null = null;
    if (settings.role !== 'worker') {
      const bounces = new BounceReception({ get: (type) => app.get(type), live: app.get(LiveSettings), vault, clock });
      closing.push(() => bounces.close());
      bouncePort = await bounces.open();
    }
    if (settings.role !== 'web') {
      channels.listen((account) => ({
        reports: (reports) => app.get(ReportInbox).take(account, reports),
        replies: (replies) => app.get(ReplyService).take(replies.map((reply) => ({ ...reply, provider: account }))),
        ofRecipients: (reports) => app.get(ReportInbox).takeOfRecipients(reports),
      }));
      const jobs = app.get(DispatchJobs);
      closing.push(() => jobs.stop());
      const housekeeping = app.get(Housekeeping);
      closing.push(() => Promise.resolve(housekeeping.stop()));
      await jobs.start();
      housekeeping.start();
    }
    const url = settings.role === 'worker' ? null : settings.http.publicUrl;
    return { url, bouncePort, adopted: postgres.adopted, queue: queue.name, get: (type) => app.get(type), stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

async function openApp(opened: Opened, log: JsonLog, more: MorePages): Promise<INestApplicationContext> {
  const { settings } = opened;
  if (settings.role === 'worker')
    return NestFactory.createApplicationContext(AppModule.with(opened), { logger: log, abortOnError: false });
  // A worker serves no page and takes no bounce: it does not load what these need, some 70 MB.
  const [{ createHttpApp }, { pages }] = await Promise.all([
    import('../platform/http/http-app.js'),
    import('./web.js'),
  ]);
  const app = await createHttpApp(AppModule.with(opened, pages, more), settings);
  const { host, port } = settings.http;
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new StartError(`端口 ${port} 已被其他程序占用。`, '请停止占用它的程序，或用 PORT 指定另一个端口。');
    }
    throw error;
  }
  return app;
}
