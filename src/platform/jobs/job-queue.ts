import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Queue } from 'bullmq';
import { type JobName, type JobPayload, jobs, type QueueName } from './jobs.js';
import { QueueConnection } from './queue-connection.js';
import { withTimeout } from '../with-timeout.js';
import { Quieted } from './quieted.js';

/** Without Redis a command waits until it is back; nobody who rings has that much time. */
const RING_MS = 2000;

/** Rings bells. A bell that cannot be rung is logged and forgotten: the sweeper finds the row. */
@Injectable()
export class JobQueue implements OnApplicationShutdown {
  private readonly quieted = new Quieted(new Logger(JobQueue.name));
  private readonly queues = new Map<QueueName, Queue>();
  /** A connection that ends while we stop is no news. */
  private stopping = false;

  constructor(private readonly backend: QueueConnection) {}

  /** @param id bells with the same id that have not rung yet are one */
  async ring<N extends JobName>(name: N, payload: JobPayload<N>, delayMs = 0, id?: string): Promise<void> {
    const spec = jobs[name];
    try {
      const rung = this.queue(spec.queue).add(name, spec.data.parse(payload), {
        delay: delayMs,
        jobId: id,
        attempts: 1,
        removeOnComplete: true,
        removeOnFail: true,
      });
      rung.catch(() => undefined); // its failure after the timeout is no news
      await withTimeout(rung, RING_MS);
    } catch (error) {
      this.quieted.warn(`could not ring ${name}: ${(error as Error).message}`);
    }
  }

  /** Made when it is first needed: each takes a connection of its own to begin with. */
  private queue(name: QueueName): Queue {
    const known = this.queues.get(name);
    if (known) return known;
    const { connection, prefix } = this.backend;
    const queue = new Queue(name, { connection, prefix });
    queue.on('error', (error) => this.stopping || this.quieted.warn(error.message));
    this.queues.set(name, queue);
    return queue;
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
  }
}
