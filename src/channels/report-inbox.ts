import { Injectable, Logger } from '@nestjs/common';
import type { DeliveryReport, PartReport, RecipientReport } from '../domain/delivery.js';
import { DomainError } from '../domain/errors/errors.js';
import { peerOf } from '../domain/reading/peer.js';
import { providerOf } from '../domain/sending/account-name.js';
import { joinedReport } from '../domain/sending/joined-report.js';
import { believed, waitAfterWrongKey } from '../domain/sending/report-belief.js';
import { Clock } from '../platform/clock.js';
import { sameText, Vault } from '../platform/crypto.js';
import { Database } from '../platform/database.js';
import { JobQueue } from '../platform/jobs/job-queue.js';
import { CallbackRepository } from './callback.repository.js';
import { PartRepository } from './part.repository.js';
import { ReportRepository } from './report.repository.js';
import type { OddRow } from './sms/push.js';

/** Held back at once; further answers to wrong keys are given without delay rather than kept in memory. */
const mostWaiting = 100;
/** Parts with news that are looked at in one transaction. */
const joinedAtOnce = 200;

/** Where what providers push comes in: what can be believed is on disk when this returns, the rest is counted. */
@Injectable()
export class ReportInbox {
  private readonly log = new Logger(ReportInbox.name);
  private waiting = 0;

  constructor(
    private readonly database: Database,
    private readonly reports: ReportRepository,
    private readonly parts: PartRepository,
    private readonly callbacks: CallbackRepository,
    private readonly queue: JobQueue,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /**
   * All that came in on one account, or on what the accounts of a provider share. What it says under a number of its own waits for
   * the delivery to be known.
   *
   * @returns how many of the others were about something it was given
   */
  async take(
    provider: string,
    read: readonly (DeliveryReport | PartReport)[],
    odd: readonly OddRow[] = [],
  ): Promise<number> {
    const now = this.clock.now();
    const reports = read.map((report) => ({ ...report, provider }));
    const ofParts = reports.filter((report): report is PartReport => 'reference' in report);
    const known = await this.keepBelieved(
      provider,
      reports.filter((report): report is DeliveryReport => 'deliveryId' in report),
    );
    await this.parts.note(ofParts, now);
    await this.noteOdd(provider, odd);
    if (known + ofParts.length) await this.queue.ring('delivery.report', {});
    return known;
  }

  /**
   * What is said of a message by whom it went to and when: it counts where one message of ours fits, and one only.
   *
   * @returns of how many of them that was so
   */
  async takeOfRecipients(reports: readonly RecipientReport[]): Promise<number> {
    let taken = 0;
    for (const { kind, address, sentAt, ...report } of reports) {
      const to = { destination: this.vault.lookupHash(kind, address), provider: report.provider };
      const [deliveryId, ...others] = await this.reports.sentTo(to, sentAt);
      if (deliveryId !== undefined && others.length === 0)
        taken += await this.take(report.provider, [{ ...report, deliveryId }]);
      else await this.callbacks.count(report.provider, 'unknown', 1, this.clock.now());
    }
    return taken;
  }

  /** Tells the deliveries what was reported on the parts of their messages. */
  async joinParts(): Promise<void> {
    while ((await this.joinSome()) > 0);
  }

  /** Numbers under which somebody else's messages were reported. */
  async forgetParts(): Promise<void> {
    for (const { provider, n } of await this.parts.forget(this.clock.now()))
      await this.callbacks.count(provider, 'unknown', n, this.clock.now());
  }

  private async joinSome(): Promise<number> {
    return this.database.transaction(async () => {
      const messages = await this.parts.withNews(joinedAtOnce);
      if (messages.length === 0) return 0;
      for (const provider of new Set(messages.map((message) => message.provider))) {
        const own = messages.filter((message) => message.provider === provider);
        await this.keepBelieved(
          provider,
          own.flatMap(({ deliveryId, parts }) => {
            const report = joinedReport(parts);
            return report ? { ...report, provider, deliveryId } : [];
          }),
        );
      }
      await this.parts.markJoined(
        messages.flatMap(({ parts }) => parts),
        this.clock.now(),
      );
      return messages.length;
    });
  }

  /** How many were believed. */
  private async keepBelieved(provider: string, reports: readonly DeliveryReport[]): Promise<number> {
    if (reports.length === 0) return 0;
    const now = this.clock.now();
    const tries = await this.reports.triesOf(reports.map(({ deliveryId }) => deliveryId));
    const known = reports.flatMap((report) => {
      const own = (tries.get(report.deliveryId) ?? []).map(({ account, startedAt }) => ({
        // Bounces of all mail servers come in at one place.
        provider: report.provider === 'smtp' ? providerOf(account) : account,
        startedAt,
      }));
      return believed(report, own, now) ?? [];
    });
    await this.reports.keep(known, now);
    const unknown = reports.length - known.length;
    const implausible = known.filter(({ givenAt }) => givenAt !== null).length;
    await this.callbacks.count(provider, 'unknown', unknown, now);
    await this.callbacks.count(provider, 'implausibleTime', implausible, now);
    if (unknown + implausible)
      this.log.warn(`${provider}: ${unknown} reports on nothing it was given, ${implausible} times that cannot be`);
    return known.length;
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
    if (!expected || !sameText(key, expected)) await this.refuse(provider, address);
  }

  /**
   * A call that does not prove whose it is: answered slower and slower, counted by who sent it.
   *
   * @throws DomainError channel.reportRefused
   */
  async refuse(provider: string, address: string): Promise<never> {
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
