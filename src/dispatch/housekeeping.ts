import { Injectable, Logger } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { ReplyInboxRepository } from '../channels/reply-inbox.repository.js';
import { SubscriptionService } from '../distribution/subscriptions/subscription.service.js';
import { AddressProofRepository } from '../organisation/address-proof.repository.js';
import { ContactRepository } from '../organisation/contact.repository.js';
import { ContactWipeService } from '../organisation/contact-wipe.service.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { FormStoreRepository } from '../platform/http/form-store.repository.js';
import { JobQueue } from '../platform/jobs/job-queue.js';
import { JobRunner } from '../platform/jobs/job-runner.js';
import { Settings } from '../settings/settings.js';
import { ProofSender } from './proof-sender.js';
import { TurnRepository } from './when/turn.repository.js';

const TIDY = 'list.tidy';
const hour = 3_600_000;
/** What wiping, forgetting and expiring need: once in a while, and once a day for the whole list. */
const every = { tidy: hour / 4, day: 20 * hour };

/** Work that nobody asks for: codes that wait, requests that nobody confirmed, addresses of people who left, forms that nobody sent. */
@Injectable()
export class Housekeeping {
  private readonly log = new Logger(Housekeeping.name);

  constructor(
    runner: JobRunner,
    private readonly queue: JobQueue,
    private readonly scheduler: SchedulerRegistry,
    private readonly turns: TurnRepository,
    private readonly proofs: ProofSender,
    private readonly proofRows: AddressProofRepository,
    private readonly contacts: ContactRepository,
    private readonly wiping: ContactWipeService,
    private readonly subscriptions: SubscriptionService,
    private readonly replies: ReplyInboxRepository,
    private readonly forms: FormStoreRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {
    runner.on('proof.send', (_, signal) => this.proofs.sendDue(signal));
    runner.on('list.tidy', () => this.tidy());
  }

  start(): void {
    const timer = setInterval(() => void this.stroke(), this.settings.delivery.sweepSeconds * 1000);
    this.scheduler.addInterval(TIDY, timer);
  }

  /** At the clock's stroke: codes that a lost bell left behind, what the duty group is told, and the tidying when its turn has come. */
  async stroke(): Promise<void> {
    await this.queue.ring('proof.send', {});
    await this.queue.ring('list.tidy', {});
    if (this.settings.wecomRobot) await this.queue.ring('duty.tell', {});
    if (this.settings.wecom?.findsMembers) await this.queue.ring('members.look', {});
  }

  /** Harmless to repeat: each part runs once in its time, however many processes there are. */
  async tidy(): Promise<void> {
    const now = this.clock.now();
    if (await this.turns.take(TIDY, now, every.tidy)) {
      const { expired, forgotten } = await this.subscriptions.tidy();
      if (expired + forgotten) this.log.log(`${expired} requests expired, ${forgotten} forgotten`);
      await this.proofRows.forgetBefore(new Date(now.getTime() - 48 * hour));
      await this.forms.forgetExpired(now);
      await this.audit.forgetExportCounts();
    }
    if (await this.turns.take('contacts.daily', now, every.day)) {
      await this.contacts.noteFirstSent(new Date(now.getTime() - 7 * 24 * hour));
      const wiped = await this.wiping.run('system');
      if (wiped) this.log.log(`addresses of ${wiped} people who have left were removed`);
      await this.subscriptions.forgetAddresses();
      await this.replies.forget(now);
    }
  }

  stop(): void {
    if (this.scheduler.doesExist('interval', TIDY)) this.scheduler.deleteInterval(TIDY);
  }
}
