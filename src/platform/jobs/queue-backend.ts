import { Logger } from '@nestjs/common';
import { type ConnectionOptions, createPostgresBackend, runMigrations, setDefaultBackendFactory } from 'bullmq';
import { Cluster, Redis } from 'ioredis';
import { postgresPool } from '../postgres-client.js';
import { readRedisAddress, type RedisAddress } from '../../settings/redis-address.js';
import { StartError } from '../../settings/start-error.js';
import { withTimeout } from '../with-timeout.js';

/** Where BullMQ keeps its bells: one connection for all queues and workers of this process. */
export interface QueueBackend {
  connection: ConnectionOptions;
  /** What every key begins with; BullMQ's own choice unless given. */
  prefix?: string;
  name: 'postgres' | 'redis';
  close(): Promise<void>;
}

/** Sets BullMQ's process-wide backend: Redis when an address is given, else the application's own PostgreSQL. */
export async function openQueueBackend(databaseUrl: string, redisUrl: string | null): Promise<QueueBackend> {
  return redisUrl ? openRedis(redisUrl) : openPostgres(databaseUrl);
}

async function openRedis(url: string): Promise<QueueBackend> {
  setDefaultBackendFactory();
  const address = readRedisAddress(url);
  if (!address) throw new StartError('REDIS_URL 的写法不正确。', '请参照 npm run config 的说明填写。');
  const redis = clientFor(address);
  redis.on('error', () => undefined); // ioredis reconnects by itself; a start without Redis is reported below
  try {
    await withTimeout(redis.connect(), 5000);
    const infos = redis instanceof Cluster ? redis.nodes('master').map((node) => node.info()) : [redis.info()];
    const warnings = new Set((await withTimeout(Promise.all(infos), 5000)).flatMap(redisWarnings));
    for (const warning of warnings) new Logger('Redis').warn(warning);
  } catch (error) {
    redis.disconnect();
    throw new StartError(
      `无法连接 Redis：${(error as Error).message}`,
      '请检查 REDIS_URL 与 Redis 是否已启动；不设 REDIS_URL 则队列使用 PostgreSQL。',
    );
  }
  return {
    connection: redis,
    // A queue's keys must lie in one slot of a cluster: the braces are what is hashed.
    prefix: redis instanceof Cluster ? '{kuaibao}' : undefined,
    name: 'redis',
    close: async () => void (await redis.quit().catch(() => undefined)),
  };
}

function clientFor(address: RedisAddress): Redis | Cluster {
  const again = (tries: number) => Math.min(tries * 200, 5000);
  const common = { maxRetriesPerRequest: null, lazyConnect: true };
  if (address.kind === 'single') return new Redis(address.url, { ...common, retryStrategy: again });
  const { login } = address;
  if (address.kind === 'sentinel') {
    const { sentinels, master, db } = address;
    const retry = { retryStrategy: again, sentinelRetryStrategy: again };
    return new Redis({ ...common, ...login, ...retry, sentinels, name: master, db });
  }
  const tls = address.tls ? { tls: {} } : {};
  const redisOptions = { maxRetriesPerRequest: null, ...login, ...tls };
  return new Cluster(address.nodes, { lazyConnect: true, clusterRetryStrategy: again, redisOptions });
}

/** What in `INFO` of a Redis server would make it forget bells. Deliveries are safe either way: the sweeper finds the rows. */
export function redisWarnings(info: string): string[] {
  const value = (key: string) => new RegExp(`^${key}:(.*)$`, 'm').exec(info)?.[1]?.trim();
  const warnings: string[] = [];
  if (value('aof_enabled') === '0')
    warnings.push(
      'AOF is off: what is queued is lost with Redis and found again by the sweep only (set appendonly yes)',
    );
  const policy = value('maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction')
    warnings.push(`eviction policy is ${policy}: Redis may drop what is queued (set maxmemory-policy noeviction)`);
  return warnings;
}

async function openPostgres(url: string): Promise<QueueBackend> {
  setDefaultBackendFactory(createPostgresBackend);
  // Each worker keeps one LISTEN client out of the pool, so it must hold more than there are workers.
  const pool = postgresPool(url, {
    max: 20,
    options: '-c search_path=bullmq',
    application_name: 'kuaibao-queue',
  });
  pool.setMaxListeners(0);
  pool.on('error', () => undefined); // an idle client lost with the server; the pool opens another
  const client = await pool.connect();
  try {
    await runMigrations(client, 'bullmq');
  } finally {
    client.release();
  }
  return { connection: pool as unknown as ConnectionOptions, name: 'postgres', close: () => pool.end() };
}
