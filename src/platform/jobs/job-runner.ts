import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Worker } from 'bullmq';
import { type JobName, type JobPayload, jobs, queueNames, queues } from './jobs.js';
import { Quieted } from './quieted.js';
import { QueueConnection } from './queue-connection.js';

type Work<N extends JobName> = (payload: JobPayload<N>, signal: AbortSignal) => Promise<void>;

/** Runs jobs in this process. Services register their work; a job without work, or with two, stops the start. */
@Injectable()
export class JobRunner implements OnApplicationShutdown {
  private readonly log = new Logger(JobRunner.name);
  private readonly quieted = new Quieted(this.log);
  private readonly work = new Map<JobName, Work<JobName>>();
  private readonly workers: Worker[] = [];
  private readonly stopping = new AbortController();

  constructor(private readonly backend: QueueConnection) {}

  on<N extends JobName>(name: N, work: Work<N>): void {
    if (this.work.has(name)) throw new Error(`job ${name} has two handlers`);
    this.work.set(name, work);
  }

  start(): void {
    for (const name of Object.keys(jobs)) {
      if (!this.work.has(name as JobName)) throw new Error(`job ${name} has no handler`);
    }
    for (const queue of queueNames) {
      const worker = new Worker(queue, async (job) => this.run(job.name as JobName, job.data), {
        connection: this.backend.connection,
        prefix: this.backend.prefix,
        concurrency: queues[queue].atOnce,
        // A claim loop may run for minutes; the lock is renewed, and a second run would be harmless.
        lockDuration: 60_000,
      });
      worker.on('error', (error) => {
        if (!this.stopping.signal.aborted) this.quieted.warn(error.message);
      });
      worker.on('failed', (job, error) =>
        this.log.error(`job ${job?.name ?? `of ${queue}`} failed: ${error.stack ?? error.message}`),
      );
      this.workers.push(worker);
    }
  }

  /** Several jobs may share a queue: the name decides. */
  private async run(name: JobName, data: unknown): Promise<void> {
    const work = this.work.get(name);
    if (!work) throw new Error(`job ${name} has no handler`);
    await work(jobs[name].data.parse(data), this.stopping.signal);
  }

  /** Stops taking work, lets what is under way finish, then closes. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.workers.splice(0).map((worker) => worker.close()));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stop();
  }
}
