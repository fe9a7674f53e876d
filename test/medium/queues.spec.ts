import { randomUUID } from 'node:crypto';
import { JobQueue } from '../../src/platform/jobs/job-queue.js';
import { JobRunner } from '../../src/platform/jobs/job-runner.js';
import { type JobName, jobs } from '../../src/platform/jobs/jobs.js';
import { QueueConnection } from '../../src/platform/jobs/queue-connection.js';
import { openWorld, type World } from '../world.js';

describe('jobs of one queue', () => {
  let world: World;
  let runner: JobRunner;
  let begun: JobName[];
  /** Those who wait for a job to begin, and jobs that are held up until the test lets them end. */
  let waiting: { name: JobName; told: () => void }[];
  let held: Map<JobName, () => void>;
  beforeEach(async () => {
    world = await openWorld();
    runner = new JobRunner(world.app.get(QueueConnection));
    begun = [];
    waiting = [];
    held = new Map();
    for (const name of Object.keys(jobs) as JobName[]) {
      runner.on(name, () => {
        begun.push(name);
        for (const { told } of waiting.filter((one) => one.name === name)) told();
        return new Promise((resolve) => (holding.has(name) ? held.set(name, resolve) : resolve()));
      });
    }
    runner.start();
  });
  afterEach(async () => {
    for (const release of held.values()) release();
    await runner.stop();
    await world.close();
  });

  let holding: ReadonlySet<JobName>;
  const begins = (name: JobName): Promise<void> =>
    begun.includes(name) ? Promise.resolve() : new Promise((told) => waiting.push({ name, told }));
  const ring = (name: JobName) => world.get(JobQueue).ring(name, { importId: randomUUID(), editionId: randomUUID() });
  /** Bells of other queues ring and are answered meanwhile: whoever could have begun has begun. */
  const elsewhere = async (names: readonly JobName[]) => {
    for (const name of names) {
      await ring(name);
      await begins(name);
    }
  };

  it.each<[JobName, JobName]>([
    ['list.import', 'list.due'],
    ['list.due', 'list.import'],
    ['reminder.scan', 'delivery.sweep'],
    ['delivery.sweep', 'reminder.scan'],
  ])('take turns: while %s runs, %s waits, and other queues do not', async (first, second) => {
    holding = new Set([first]);
    await ring(first);
    await begins(first);
    await ring(second);
    await elsewhere(['dispatch.plan', 'delivery.report', 'delivery.send.sms', 'delivery.send.email']);
    expect(begun).not.toContain(second);
    held.get(first)!();
    await begins(second);
  });

  it('are two of the same kind as well', async () => {
    holding = new Set(['list.import']);
    await ring('list.import');
    await begins('list.import');
    await ring('list.import');
    await elsewhere(['dispatch.plan', 'delivery.report', 'delivery.send.sms', 'delivery.send.wecom']);
    expect(begun.filter((name) => name === 'list.import')).toHaveLength(1);
  });

  it('make nobody wait for his code because something is tidied up', async () => {
    holding = new Set(['list.tidy']);
    await ring('list.tidy');
    await begins('list.tidy');
    await ring('proof.send');
    await begins('proof.send');
  });
});
