import { type INestApplicationContext, Logger, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { join } from 'node:path';
import { AppModule, type MorePages, type Opened } from './app.module.js';
import { openChannels, verpSecret } from '../channels/open-channels.js';
import { messageIdDomain } from '../channels/email/mime.js';
import { StoredAccounts } from '../channels/stored-accounts.js';
import { ReportInbox } from '../channels/report-inbox.js';
import { Housekeeping } from '../dispatch/housekeeping.js';
import { DispatchJobs } from '../dispatch/dispatch-jobs.js';
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
    const bouncePort = settings.role === 'worker' ? null : await receiveBounces(app, opened, closing);
    if (settings.role !== 'web') {
      channels.listen((provider) => ({
        reports: (reports) => app.get(ReportInbox).take(provider, reports),
        replies: (replies) => app.get(ReplyService).take(replies),
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

async function receiveBounces(
  app: INestApplicationContext,
  { settings, vault, clock }: Opened,
  closing: (() => Promise<unknown>)[],
): Promise<number | null> {
  const { email } = settings;
  if (!email?.mailbox && !email?.bounce) return null;
  const { bounce, mailbox } = email;
  const ownDomain = messageIdDomain({ address: email.from });
  if (mailbox) {
    const { BounceMailbox } = await import('../channels/email/bounce-mailbox.js');
    const log = new Logger(BounceMailbox.name);
    const looked = new BounceMailbox({
      ...mailbox,
      ways: {
        addresses: bounce && { domain: bounce.domain, secret: verpSecret(vault) },
        messageIdDomain: ownDomain,
      },
      now: () => clock.now(),
      onReport: async (report) => (await app.get(ReportInbox).take('smtp', [report])) > 0,
      onState: (problem) => (problem ? log.warn(problem) : log.log(`${mailbox.host} is looked through for bounces`)),
    });
    closing.push(() => looked.close());
    return null;
  }
  if (!bounce) return null;
  const { startBounceReceiver } = await import('../channels/email/bounce-receiver.js');
  const receiver = await startBounceReceiver({
    host: bounce.host,
    port: bounce.port,
    bounceDomain: bounce.domain,
    verpSecret: verpSecret(vault),
    messageIdDomain: ownDomain,
    now: () => clock.now(),
    onReport: (report) => app.get(ReportInbox).take('smtp', [report]),
  }).catch((error: Error) => {
    throw new StartError(
      `退信接收端口 ${bounce.port} 无法打开：${error.message}`,
      '请检查 BOUNCE_HOST 与 BOUNCE_PORT。',
    );
  });
  closing.push(() => receiver.close());
  return receiver.port;
}
