import { Queue } from 'bullmq';
import { JobRunner } from '../../src/platform/jobs/job-runner.js';
import { QueueConnection } from '../../src/platform/jobs/queue-connection.js';
import { Progress } from '../../src/dispatch/after/progress.js';
import { aSignedEdition } from '../builders.js';
import { until } from '../e2e/open-service.js';
import { describeWith } from '../e2e/programs.js';
import { RedisServers } from '../e2e/redis-servers.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, type World } from '../world.js';

const redis = describeWith('redis-server', 'redis-server');

describe('workers over one database, on the queue in PostgreSQL', () => helpEachOther(() => Promise.resolve({})));

redis.suite('workers over one database, on the queue in Redis', () => {
  let servers: RedisServers;
  beforeAll(() => (servers = new RedisServers(redis.path)));
  afterAll(() => servers.stop());
  helpEachOther(async () => ({ REDIS_URL: `redis://127.0.0.1:${await servers.start()}/0` }));
});

function helpEachOther(environment: () => Promise<Record<string, string>>): void {
  let world: World;
  let channels: RecordingChannel[];

  const start = async (workers: number) => {
    channels = Array.from({ length: workers }, () => new RecordingChannel('sms'));
    world = await openWorld({ channels: [channels[0]!], environment: await environment() });
    const apps = [world.app];
    for (const channel of channels.slice(1)) apps.push(await world.another([channel]));
    for (const app of apps) app.get(JobRunner).start();
  };
  afterEach(() => world.close());

  /** Nobody sweeps here, so that the bell of the plan is the only one there is. */
  const send = async () => {
    const { editionId } = await aSignedEdition(world);
    await until(async () => (await world.get(Progress).progressOf(editionId)).finished, 'the last message');
    const each = channels.map(({ taken }) => taken.map(({ deliveryId }) => deliveryId));
    expect(new Set(each.flat()).size).toBe(115);
    expect(each.flat()).toHaveLength(115);
    return each.map((ids) => ids.length);
  };
  /** A bell without an id of its own bears the number of bells so far. */
  const bellsRung = async () => {
    const { connection, prefix } = world.app.get(QueueConnection);
    const queue = new Queue('sms', { connection, prefix });
    const { id } = await queue.add('delivery.send.sms', {});
    await queue.close();
    return Number(id) - 1;
  };

  it.each([2, 4])(
    '%d of them send one issue, none waiting for the sweep, and ring a bounded number of times',
    async (n) => {
      await start(n);
      // Nobody's first batch is through until everybody has one.
      for (const channel of channels)
        channel.beforeOutcomes = () => until(() => channels.every(({ taken }) => taken.length > 0), 'the others', 30);
      const shares = await send();
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(10);
      // One of the plan, one of each worker who had a full batch, one more for a run that began before all was taken.
      expect(await bellsRung()).toBeLessThanOrEqual(n + 2);
    },
  );

  it('one alone rings once more, however many batches there are', async () => {
    await start(1);
    channels[0]!.batchSize = 5;
    expect(await send()).toEqual([115]);
    expect(await bellsRung()).toBe(2);
  });
}
