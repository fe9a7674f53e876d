import { setDefaultBackendFactory } from 'bullmq';
import { Redis } from 'ioredis';
import { JobQueue } from './job-queue.js';

describe('ringing', () => {
  it('does not make anybody wait for a Redis that is away', async () => {
    setDefaultBackendFactory();
    const redis = new Redis(1, '127.0.0.1', { maxRetriesPerRequest: null, retryStrategy: () => 100 });
    redis.on('error', () => undefined);
    const queue = new JobQueue({ connection: redis, name: 'redis' });
    await expect(queue.ring('delivery.sweep', {})).resolves.toBeUndefined();
    redis.disconnect();
    await queue.onApplicationShutdown();
  }, 10_000);
});
