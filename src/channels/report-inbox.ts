import { Injectable, Logger } from '@nestjs/common';
import type { DeliveryReport } from '../domain/delivery.js';
import { DomainError } from '../domain/errors/errors.js';
import { peerOf } from '../domain/reading/peer.js';
import { believed, waitAfterWrongKey } from '../domain/sending/report-belief.js';
import { Clock } from '../platform/clock.js';
import { sameText, Vault } from '../platform/crypto.js';
import { JobQueue } from '../platform/jobs/job-queue.js';
import { CallbackRepository } from './callback.repository.js';
import { ChannelRegistry } from './channel-registry.js';
import { ReportRepository } from './report.repository.js';
import type { OddRow } from './sms/push.js';

/** Held back at once; further answers to wrong keys are given without delay rather than kept in memory. */
const mostWaiting = 100;

/** Where what providers push comes in: what can be believed is on disk when this returns, the rest is counted. */
@Injectable()
export class ReportInbox {
  private readonly log = new Logger(ReportInbox.name);
  private waiting = 0;

  constructor(
    private readonly reports: ReportRepository,
    private readonly callbacks: CallbackRepository,
    private readonly channels: ChannelRegistry,
    private readonly queue: JobQueue,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** All of one provider. */
  async take(provider: string, reports: readonly DeliveryReport[], odd: readonly OddRow[] = []): Promise<void> {
    const now = this.clock.now();
    const tries = await this.reports.triesOf(reports.map(({ deliveryId }) => deliveryId));
    const known = reports.flatMap((report) => {
      const own = (tries.get(report.deliveryId) ?? []).map(({ account, startedAt }) => ({
        provider: this.channels.account(account)?.provider ?? account,
        startedAt,
      }));
      return believed(report, own, now) ?? [];
    });
    await this.reports.keep(known, now);
    await this.noteOdd(provider, odd);
    const unknown = reports.length - known.length;
    const implausible = known.filter(({ givenAt }) => givenAt !== null).length;
    await this.callbacks.count(provider, 'unknown', unknown, now);
    await this.callbacks.count(provider, 'implausibleTime', implausible, now);
    if (unknown + implausible)
      this.log.warn(`${provider}: ${unknown} reports on nothing it was given, ${implausible} times that cannot be`);
    if (known.length) await this.queue.ring('delivery.report', {});
  }

  async noteOdd(provider: string, odd: readonly OddRow[]): Promise<void> {
    if (odd.length === 0) return;
    const now = this.clock.now();
    await this.callbacks.keepOdd(provider, odd, now);
    await this.callbacks.count(provider, 'odd', odd.length, now);
    this.log.warn(`${provider}: ${odd.length} odd rows in a push, see cli callbacks`);
  }

  /**
   * A right key passes at once. Wrong ones are answered slower and slower, counted by who sent them.
   *
   * @throws DomainError channel.reportRefused
   */
  async checkKey(provider: string, key: string, expected: string | null | undefined, address: string): Promise<void> {
    if (expected && sameText(key, expected)) return;
    const now = this.clock.now();
    const wrong = await this.callbacks.countWrongKey(this.vault.lookupHash('peer', peerOf(address)), now);
    await this.callbacks.count(provider, 'wrongKey', 1, now);
    await this.holdBack(waitAfterWrongKey(wrong));
    throw new DomainError('channel.reportRefused');
  }

  private async holdBack(ms: number): Promise<void> {
    if (ms === 0 || this.waiting >= mostWaiting) return;
    this.waiting += 1;
    await new Promise((resolve) => setTimeout(resolve, ms).unref());
    this.waiting -= 1;
  }
}
