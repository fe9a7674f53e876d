import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import { hireStaff } from '../../src/programs/demo/staff.js';
import { publish } from '../../src/programs/demo/office.js';
import { DispatchService } from '../../src/dispatch/acts/dispatch.service.js';
import { Progress } from '../../src/dispatch/after/progress.js';
import { openQueueBackend } from '../../src/platform/jobs/queue-backend.js';
import { openService, type RunningService, until } from './open-service.js';
import { describeWith } from './programs.js';
import { RedisServers } from './redis-servers.js';

const { suite, path } = describeWith('redis-server', 'redis-server');

suite('the queue on Redis', () => {
  let servers: RedisServers;
  let running: RunningService | undefined;

  beforeEach(() => (servers = new RedisServers(path)));
  afterEach(async () => {
    try {
      await running?.stop();
    } finally {
      running = undefined;
      await servers.stop();
    }
  });

  /** The demo's issue, sent through the queue at this address. */
  const begin = async (redisUrl: string) => {
    running = await openService({ redisUrl });
    expect(running.service.queue).toBe('redis');
    const staff = await hireStaff(running.service);
    const { editionId } = await publish(running.service, staff, () => undefined);
    return { editionId, staff, service: running.service, book: running.sandbox.book };
  };
  /** Every message with a provider once, and every report that came back applied: the queue carries both. */
  const allDelivered = async ({ editionId, service, book }: Awaited<ReturnType<typeof begin>>) => {
    const view = await until(
      async () => {
        const now = await service.get(Progress).progressOf(editionId);
        return now.finished && now.channels.every((c) => c.channel === 'wecom' || c.delivered === c.total) && now;
      },
      'the last report',
      90,
    );
    expect(view).toMatchObject({ copies: 115, total: 345, done: 345 });
    expect([...book.duplicates(), ...book.repeats()]).toEqual([]);
  };

  it('sends the whole issue, and loses nothing when Redis forgets everything', async () => {
    const port = await servers.start();
    const sending = await begin(`redis://127.0.0.1:${port}/0`);
    // Losing the queue loses bells, not deliveries: the sweeper rings again.
    await servers.ask(port, (redis) => redis.flushall());
    await allDelivered(sending);
    expect(sending.book.messages()).toHaveLength(345);
  });

  it('sends the whole issue through a cluster, whose keys lie together', async () => {
    const { url, ports } = await servers.startCluster();
    const sending = await begin(url);
    await allDelivered(sending);
    expect(sending.book.messages()).toHaveLength(345);
    const keys = await Promise.all(ports.map((port) => servers.ask(port, (redis) => redis.dbsize())));
    expect(keys.filter((count) => count > 0)).toHaveLength(1);
  });

  it('goes on where the sentinels lead when the master dies in the middle', async () => {
    const { url, master, replica } = await servers.startSentinels('kuaibao');
    const sending = await begin(url);
    await until(() => sending.book.messages().length >= 50, 'the first messages');
    servers.kill(master);
    await allDelivered(sending);
    expect(sending.book.messages()).toHaveLength(345);

    // What begins after the fail-over goes through the new master.
    const { reminded } = await sending.service.get(DispatchService).remind(sending.editionId, sending.staff.editor);
    await until(() => sending.book.messages().length === 345 + reminded, 'the reminders');
    expect(sending.book.duplicates()).toEqual([]);
    expect(await servers.ask(replica, (redis) => redis.role())).toContain('master');
  });

  it('says at the start what would make Redis forget bells', async () => {
    const warned = jest.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
    try {
      const careless = await servers.start(['--appendonly', 'no', '--maxmemory-policy', 'allkeys-lru']);
      await (await openQueueBackend('', `redis://127.0.0.1:${careless}`)).close();
      expect(warned.mock.calls.flat()).toEqual([
        expect.stringContaining('appendonly yes'),
        expect.stringContaining('noeviction'),
      ]);
      warned.mockClear();
      const durable = await servers.start();
      await (await openQueueBackend('', `redis://127.0.0.1:${durable}`)).close();
      expect(warned).not.toHaveBeenCalled();
    } finally {
      warned.mockRestore();
    }
  });
});
