import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort, until } from './open-service.js';

/** What the README asks of a server that keeps bells. */
const durable = ['--appendonly', 'yes', '--maxmemory-policy', 'noeviction'];

/** Real redis-server processes on free ports, in a folder of their own; what is started here is stopped here. */
export class RedisServers {
  private readonly folder = mkdtempSync(join(tmpdir(), 'kuaibao-redis-'));
  private readonly running = new Map<number, ChildProcess>();

  constructor(private readonly program: string) {}

  /** @returns its port */
  async start(more: readonly string[] = durable): Promise<number> {
    const port = await freePort();
    const own = ['--port', String(port), '--dbfilename', `${port}.rdb`, '--appenddirname', `aof-${port}`];
    return this.run(port, [...own, ...more]);
  }

  /** A master, a replica of it and three sentinels that agree on a new master within some seconds. */
  async startSentinels(name: string): Promise<{ url: string; master: number; replica: number }> {
    const master = await this.start();
    const replica = await this.start([...durable, '--replicaof', '127.0.0.1', String(master)]);
    const followed = () => this.ask(replica, (redis) => redis.info('replication'));
    await until(async () => (await followed()).includes('master_link_status:up'), 'the replica');
    const sentinels = [];
    for (let n = 0; n < 3; n++) {
      const port = await freePort();
      const file = join(this.folder, `sentinel-${port}.conf`);
      writeFileSync(
        file,
        [
          `port ${port}`,
          `sentinel monitor ${name} 127.0.0.1 ${master} 2`,
          `sentinel down-after-milliseconds ${name} 1000`,
          `sentinel failover-timeout ${name} 5000`,
        ].join('\n'),
      );
      sentinels.push(await this.run(port, [file, '--sentinel']));
    }
    const know = (port: number) =>
      this.ask(port, async (redis) => {
        const replicas = (await redis.call('SENTINEL', 'replicas', name)) as unknown[];
        return replicas.length === 1 && String(await redis.call('SENTINEL', 'ckquorum', name)).includes('3 usable');
      }).catch(() => false);
    for (const port of sentinels) await until(() => know(port), 'the sentinels to know each other and the replica');
    const hosts = sentinels.map((port) => `127.0.0.1:${port}`).join(',');
    return { url: `redis+sentinel://${hosts}/${name}`, master, replica };
  }

  /** Three masters with a third of the slots each. */
  async startCluster(): Promise<{ url: string; ports: number[] }> {
    const nodes: { port: number; bus: number }[] = [];
    for (let n = 0; n < 3; n++) {
      const bus = await freePort();
      const more = [
        '--cluster-enabled',
        'yes',
        '--cluster-port',
        String(bus),
        '--cluster-config-file',
        `nodes-${bus}.conf`,
      ];
      nodes.push({ port: await this.start([...durable, ...more]), bus });
    }
    const share = Math.ceil(16_384 / nodes.length);
    for (const [n, { port }] of nodes.entries()) {
      await this.ask(port, async (redis) => {
        await redis.call('CLUSTER', 'ADDSLOTSRANGE', n * share, Math.min(16_383, (n + 1) * share - 1));
        for (const other of nodes) await redis.call('CLUSTER', 'MEET', '127.0.0.1', other.port, other.bus);
      });
    }
    const ready = (port: number) =>
      this.ask(port, (redis) => redis.cluster('INFO')).then((info) =>
        /cluster_state:ok[^]*cluster_known_nodes:3/.test(info),
      );
    for (const { port } of nodes) await until(() => ready(port), 'the cluster');
    return {
      url: `redis://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
      ports: nodes.map(({ port }) => port),
    };
  }

  /** As a power cut would. */
  kill(port: number): void {
    this.running.get(port)?.kill('SIGKILL');
    this.running.delete(port);
  }

  async ask<T>(port: number, question: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(port, '127.0.0.1', {
      lazyConnect: true,
      retryStrategy: () => null,
      maxRetriesPerRequest: 0,
      disconnectTimeout: 100,
    });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      return await question(redis);
    } finally {
      redis.disconnect();
    }
  }

  async stop(): Promise<void> {
    const alive = [...this.running.values()].filter(
      ({ exitCode, signalCode }) => exitCode === null && signalCode === null,
    );
    const ends = alive.map((server) => new Promise((ended) => server.once('exit', ended)));
    for (const port of [...this.running.keys()]) this.kill(port);
    await Promise.all(ends); // what still runs may still write
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private async run(port: number, more: readonly string[]): Promise<number> {
    const common = ['--bind', '127.0.0.1', '--dir', this.folder];
    // A sentinel's own file comes first.
    const options = more[0]?.startsWith('--') ? [...common, ...more] : [more[0]!, ...common, ...more.slice(1)];
    this.running.set(port, spawn(this.program, options, { stdio: 'ignore' }));
    const answers = () =>
      this.ask(port, (redis) => redis.ping()).then(
        () => true,
        () => false,
      );
    await until(answers, `Redis on ${port}`);
    return port;
  }
}
