// A relay that takes its time over every mail: what a second and a fourth worker are worth, with the bells in PostgreSQL and in Redis.
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { start } from './children.mjs';
import { productRun } from './email-part.mjs';
import { openOffice } from './office.mjs';

const relay = { waitMs: 50, connections: 20 };
const redisPort = 38473;

/** @returns for each queue the mails a second by the number of workers */
export async function measureWorkers(server, { count, say }) {
  const found = { postgres: await onQueue(server, 'postgres', {}, count, say) };
  const redis = await openRedis(server.folder);
  if (!redis) say('redis-server is not installed: measured on PostgreSQL only');
  else
    try {
      found.redis = await onQueue(server, 'redis', { REDIS_URL: `redis://127.0.0.1:${redisPort}/0` }, count, say);
    } finally {
      await redis.close();
    }
  return found;
}

async function onQueue(server, queue, queueEnvironment, count, say) {
  const office = await openOffice(server, `workers_${queue}`, count);
  const sink = await start('sink.mjs', { SINK_WAIT_MS: String(relay.waitMs) });
  const mail = {
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(sink.facts.port),
    SMTP_ENCRYPTION: 'none',
    MAIL_FROM: 'office@example.cn',
  };
  const environment = {
    ...office.environment,
    ...queueEnvironment,
    ...mail,
    SMTP_CONNECTIONS: String(relay.connections),
  };
  const web = await start('product.mjs', { ...environment, ROLE: 'web', PORT: '38471' });
  const workers = [];
  const rates = {};
  try {
    for (const [run, wanted] of [1, 2, 4].entries()) {
      while (workers.length < wanted) workers.push(await start('product.mjs', { ...environment, ROLE: 'worker' }));
      rates[wanted] = Math.round((count / (await productRun(office, web, run + 1))) * 1000);
      const { mails } = await sink.ask('look');
      if (mails !== count) throw new Error(`${mails} mails instead of ${count}`);
      say(`${wanted} workers on ${queue}: ${rates[wanted]} mails/s through a relay that waits ${relay.waitMs} ms`);
    }
  } finally {
    for (const child of [...workers, web, sink]) await child.stop();
    await office.close();
  }
  return rates;
}

async function openRedis(folder) {
  if (spawnSync('redis-server', ['--version']).status !== 0) return null;
  const arguments_ = [
    '--port',
    String(redisPort),
    '--dir',
    folder,
    '--appendonly',
    'yes',
    '--maxmemory-policy',
    'noeviction',
  ];
  const child = spawn('redis-server', arguments_, { cwd: join(folder), stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  await new Promise((done, fail) => {
    child.once('exit', (code) => fail(new Error(`redis-server ended (${code}): ${said.trim().split('\n').at(-1)}`)));
    child.stdout.on('data', (chunk) => ((said += chunk), said.includes('Ready to accept') && done()));
  });
  return {
    close: async () => {
      const gone = new Promise((done) => child.once('exit', done));
      child.kill();
      await gone;
    },
  };
}
