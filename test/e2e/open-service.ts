import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDemoSandbox } from '../../src/programs/demo/demo-sandbox.js';
import { demoSettings, newState } from '../../src/programs/demo/demo-settings.js';
import type { Settings } from '../../src/settings/settings.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { type Service, startService } from '../../src/programs/service.js';
import { ownDatabase } from '../own-database.js';

export interface RunningService {
  service: Service;
  sandbox: Sandbox;
  base: string;
  /** Where the SMS vendor pushes. */
  smsCallback: string;
  stop(): Promise<void>;
}

/** The whole service on a database of its own, with the sandbox providers behind it. */
export async function openService(
  outside: { redisUrl?: string; settings?: (demo: Settings) => Settings } = {},
): Promise<RunningService> {
  const folder = mkdtempSync(join(tmpdir(), 'kuaibao-e2e-'));
  const state = { ...(await newState(0)), port: await freePort() };
  const arguments_ = { exit: true, json: true, fresh: false, faults: false, pace: 10 };
  const sandbox = await openDemoSandbox(join(folder, 'sandbox'), state, arguments_);
  const { redisUrl = null, settings: changed = (demo) => demo } = outside;
  const swept = redisUrl === null ? seldomSwept : (demo: Settings) => demo;
  const database = await ownDatabase();
  const demo = demoSettings(join(folder, 'data'), state, sandbox, { databaseUrl: database.url, redisUrl });
  const settings = changed(swept(demo));
  const service = await startService(settings).catch(async (error: unknown) => {
    await sandbox.stop(); // else its servers keep the test process alive for ever
    await database.drop();
    throw error;
  });
  const smsCallback = `${service.url}/callbacks/yunmas/${state.reportKey}`;
  sandbox.setYunmasReportUrl(smsCallback);
  sandbox.setWecomCallbackUrl(`${service.url}/callbacks/wecom`);
  sandbox.setBounce({ host: '127.0.0.1', port: service.bouncePort! });
  return {
    service,
    sandbox,
    base: service.url!,
    smsCallback,
    stop: async () => {
      await service.stop();
      await sandbox.stop();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Where no bell is lost there is little to sweep up; looking for it every two seconds is much of what an idle service does. */
const seldomSwept = (demo: Settings): Settings => ({ ...demo, delivery: { ...demo.delivery, sweepSeconds: 10 } });

/**
 * A port that is still free when it is used, seconds later: below those that the system gives to whoever asks for any
 * (net.ipv4.ip_local_port_range), and each of Jest's workers has 500 of its own.
 */
export async function freePort(): Promise<number> {
  const first = 20_000 + 500 * (Number(process.env.JEST_WORKER_ID ?? 0) % 12);
  for (;;) {
    nextPort = (nextPort + 1) % 500;
    if (await isFree(first + nextPort)) return first + nextPort;
  }
}

let nextPort = randomInt(500);

const isFree = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
  });

/** Polls what only the outside can see. */
export async function until<T>(
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  what: string,
  seconds = 60,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
