import { Injectable } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { channelKinds } from '../domain/delivery.js';
import { JobQueue } from '../platform/jobs/job-queue.js';
import { JobRunner } from '../platform/jobs/job-runner.js';
import { sendJobs } from '../platform/jobs/jobs.js';
import { Settings } from '../platform/settings.js';
import { DeliveryService } from './delivery.service.js';
import { PlanService } from './plan.service.js';
import { ReportService } from './report.service.js';
import { Sweeper } from './sweeper.js';

const SWEEP = 'delivery.sweep';

/** What each job does, and the clock that rings the sweeper. */
@Injectable()
export class DispatchJobs {
  constructor(
    private readonly runner: JobRunner,
    private readonly queue: JobQueue,
    private readonly scheduler: SchedulerRegistry,
    private readonly settings: Settings,
    plans: PlanService,
    deliveries: DeliveryService,
    reports: ReportService,
    sweeper: Sweeper,
  ) {
    runner.on('dispatch.plan', ({ editionId }) => plans.plan(editionId));
    for (const kind of channelKinds) runner.on(sendJobs[kind], (_, signal) => deliveries.sendDue(kind, signal));
    runner.on('delivery.report', () => reports.applyWaiting());
    runner.on('delivery.sweep', () => sweeper.sweep());
  }

  /** Starts working; the first sweep finds at once what an earlier process left behind. */
  async start(): Promise<void> {
    this.runner.start();
    await this.queue.ring('delivery.sweep', {});
    const timer = setInterval(
      () => void this.queue.ring('delivery.sweep', {}),
      this.settings.delivery.sweepSeconds * 1000,
    );
    this.scheduler.addInterval(SWEEP, timer);
  }

  async stop(): Promise<void> {
    if (this.scheduler.doesExist('interval', SWEEP)) this.scheduler.deleteInterval(SWEEP);
    await this.runner.stop();
  }
}
