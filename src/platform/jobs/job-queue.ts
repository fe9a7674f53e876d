import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Queue } from 'bullmq';
import { type JobName, type JobPayload, jobs, queueNames } from './jobs.js';
import { QueueConnection } from './queue-connection.js';

/** Rings bells. A bell that cannot be rung is logged and forgotten: the sweeper finds the row. */
@Injectable()
export class JobQueue implements OnApplicationShutdown {
  private readonly log = new Logger(JobQueue.name);
  private readonly queues: ReadonlyMap<string, Queue>;
  /** A connection that ends while we stop is no news. */
  private stopping = false;

  constructor(backend: QueueConnection) {
    this.queues = new Map(queueNames.map((name) => [name, new Queue(name, { connection: backend.connection })]));
    for (const queue of this.queues.values())
      queue.on('error', (error) => this.stopping || this.log.warn(`queue ${queue.name}: ${error.message}`));
  }

  async ring<N extends JobName>(name: N, payload: JobPayload<N>, delayMs = 0): Promise<void> {
    const spec = jobs[name];
    try {
      await this.queues.get(spec.queue)!.add(name, spec.data.parse(payload), {
        delay: delayMs,
        attempts: 1,
        removeOnComplete: true,
        removeOnFail: true,
      });
    } catch (error) {
      this.log.warn(`could not ring ${name}: ${(error as Error).message}`);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
  }
}
