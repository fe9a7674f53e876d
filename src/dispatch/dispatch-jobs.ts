import { Injectable, Logger } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { channelKinds } from '../domain/delivery.js';
import { Clock } from '../platform/clock.js';
import { JobQueue } from '../platform/jobs/job-queue.js';
import { JobRunner } from '../platform/jobs/job-runner.js';
import { sendJobs } from '../platform/jobs/jobs.js';
import { Settings } from '../settings/settings.js';
import { AutoReminder } from './acts/auto-reminder.js';
import { DeliveryService } from './send/delivery.service.js';
import { PlanService } from './plan/plan.service.js';
import { CardChanges } from './after/card-changes.js';
import { ReportService } from './after/report.service.js';
import { Sweeper } from './after/sweeper.js';
import { TurnRepository } from './when/turn.repository.js';

const SWEEP = 'delivery.sweep';
const SCAN = 'reminder.scan';
const SCAN_MS = 10 * 60_000;
/** A turn ends a little before the clock's next stroke, so that a process whose clock is early does not lose it. */
const TURN_SHARE = 0.9;

/** What each job does, and the clock that rings the sweeper. Every process has a clock; one of them has the turn. */
@Injectable()
export class DispatchJobs {
  private readonly log = new Logger(DispatchJobs.name);

  constructor(
    private readonly runner: JobRunner,
    private readonly queue: JobQueue,
    private readonly scheduler: SchedulerRegistry,
    private readonly settings: Settings,
    private readonly turns: TurnRepository,
    private readonly clock: Clock,
    plans: PlanService,
    deliveries: DeliveryService,
    reports: ReportService,
    sweeper: Sweeper,
    reminders: AutoReminder,
    changes: CardChanges,
  ) {
    runner.on('dispatch.plan', ({ editionId }) => plans.plan(editionId));
    for (const kind of channelKinds) runner.on(sendJobs[kind], (_, signal) => deliveries.sendDue(kind, signal));
    runner.on('delivery.report', () => reports.applyAll());
    runner.on('message.change', (_, signal) => changes.changeDue(signal));
    runner.on('reminder.scan', () => reminders.scan());
    runner.on('delivery.sweep', () => sweeper.sweep());
  }

  /** Starts working; the first sweep finds at once what an earlier process left behind. */
  async start(): Promise<void> {
    this.runner.start();
    await this.queue.ring('delivery.sweep', {});
    const timer = setInterval(() => void this.ringSweep(), this.everyMs);
    this.scheduler.addInterval(SWEEP, timer);
  }

  /** At the clock's stroke: rings once for all processes. */
  async ringSweep(): Promise<void> {
    try {
      if (await this.turns.take(SWEEP, this.clock.now(), this.everyMs * TURN_SHARE))
        await this.queue.ring('delivery.sweep', {});
      if (await this.turns.take(SCAN, this.clock.now(), SCAN_MS)) await this.queue.ring('reminder.scan', {});
    } catch (error) {
      this.log.warn(`no sweep this time: ${(error as Error).message}`);
    }
  }

  private get everyMs(): number {
    return this.settings.delivery.sweepSeconds * 1000;
  }

  async stop(): Promise<void> {
    if (this.scheduler.doesExist('interval', SWEEP)) this.scheduler.deleteInterval(SWEEP);
    await this.runner.stop();
  }
}
