import { Injectable, Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Channel, OutgoingMessage } from '../../channels/channel.js';
import { ChannelRegistry } from '../../channels/channel-registry.js';
import { notStarted } from '../../channels/in-parallel.js';
import { StoredAccounts } from '../../channels/stored-accounts.js';
import type { ChannelKind } from '../../domain/delivery.js';
import {
  afterBatch,
  probeSize,
  probeTurnMs,
  RefusalStreak,
  usableAccounts,
  type Watch,
  wellAccount,
} from '../../domain/sending/fail-over.js';
import type { AfterOutcome } from '../../domain/sending/retry.js';
import { OrganisationRepository } from '../../organisation/organisation.repository.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database.js';
import { JobQueue } from '../../platform/jobs/job-queue.js';
import { sendJobs } from '../../platform/jobs/jobs.js';
import { Settings } from '../../settings/settings.js';
import { Batch, type BatchWork, type UsableAccount } from './batch.js';
import { Claims } from './claims.js';
import { type ClaimedDelivery, type ClaimedMessage, ClaimRepository } from '../rows/claim.repository.js';
import { DeliveryRepository } from '../rows/delivery.repository.js';
import { GateRepository } from './gate.repository.js';
import { endsInTime } from './ends-in-time.js';
import { insistently } from './insistently.js';
import { type Composed, MessageComposer } from './message-composer.js';
import { Pace } from './pace.js';
import { Recall } from './recall.js';

/** One job's way through what is due on a channel. */
interface Run {
  readonly kind: ChannelKind;
  /** Asks the process to stop. */
  readonly signal: AbortSignal;
  /** The next batch, claimed while one is being sent. */
  ahead: Promise<Batch | 'again' | { lookAgainAt: Date | null }> | null;
  /** The bell for the others, rung once: a bell wakes one worker, who rings for the next. */
  rung: Promise<void> | null;
}

/** Sends what is due on one channel: claim, check the gate, compose, hand over, record. */
@Injectable()
export class DeliveryService {
  private readonly log = new Logger(DeliveryService.name);
  /** Names this process on the rows it has claimed. */
  private readonly owner = randomUUID();
  private readonly paces = new Map<string, Pace>();
  private readonly streaks = new Map<string, RefusalStreak>();

  constructor(
    private readonly database: Database,
    private readonly claims: Claims,
    private readonly deliveries: DeliveryRepository,
    private readonly claimable: ClaimRepository,
    private readonly gates: GateRepository,
    private readonly channels: ChannelRegistry,
    private readonly stored: StoredAccounts,
    private readonly organisation: OrganisationRepository,
    private readonly composer: MessageComposer,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly queue: JobQueue,
  ) {}

  /**
   * Sends batch after batch until nothing is due, no account may be used or `signal` asks to stop. The next batch is claimed
   * while one is being sent, and the last outcomes of one are stored while the next is being sent.
   */
  async sendDue(kind: ChannelKind, signal: AbortSignal): Promise<void> {
    await this.stored.refresh();
    const run: Run = { kind, signal, ahead: null, rung: null };
    let stored: Promise<void> = Promise.resolve();
    try {
      while (run.ahead || !signal.aborted) {
        const isAhead = run.ahead !== null;
        // What comes back from the batch before may be due again: it is looked for only once all outcomes are stored.
        if (!isAhead) await stored;
        const taken = await (run.ahead ?? this.take(run));
        run.ahead = null;
        if (taken instanceof Batch) {
          if (taken.isWorthHelp) run.rung ??= this.queue.ring(sendJobs[kind], {});
          await this.sendBatch(run, taken, isAhead).catch((error: unknown) => taken.fail(error));
          const before = stored;
          stored = taken.finish();
          stored.catch(() => undefined);
          await before;
        } else if (!isAhead && taken !== 'again') return await this.ringAt(kind, taken.lookAgainAt);
      }
    } finally {
      const left = await run.ahead?.catch(() => null);
      const isLeft = left instanceof Batch;
      if (isLeft) left.giveBack(signal.aborted ? signal : '发送任务中断，稍后自动发送。');
      await Promise.all([stored, isLeft && left.finish(), run.rung]);
    }
  }

  private async accounts(kind: ChannelKind) {
    const states = await this.gates.all();
    const accounts = this.channels
      .accountsOf(kind)
      .map((channel) => ({ channel, state: states.get(channel.account) ?? wellAccount }));
    return usableAccounts(accounts, this.clock.now());
  }

  /**
   * One batch for the preferred account that is well. The others then get only what they may have taken already.
   *
   * @param closed ends the offering of messages to the account, together with that of the batch before
   */
  private async take(
    run: Run,
    closed = new AbortController(),
  ): Promise<Batch | 'again' | { lookAgainAt: Date | null }> {
    const { kind } = run;
    const { usable, lookAgainAt } = await this.accounts(kind);
    if (usable.length === 0) return { lookAgainAt };
    const alone = this.channels.accountsOf(kind).length === 1;
    for (const [place, account] of usable.entries()) {
      const { channel, probe } = account;
      const now = this.clock.now();
      const turnEnds = new Date(now.getTime() + probeTurnMs);
      // Somebody else probes: look again at who is well.
      if (probe && !(await this.gates.takeProbe(channel.account, now, turnEnds))) return 'again';
      const leaseUntil = this.leaseEnd(now);
      const most = probe ? probeSize : this.paceOf(channel).size;
      const { claimed, putBack, wakeAt } = await this.claims.take(channel, most, this.owner, leaseUntil, place > 0);
      if (claimed.length) {
        const mayBeMore = claimed.length + putBack >= most;
        return new Batch({ account, alone, mayBeMore, claimed }, closed, this.batchWork(run, channel, leaseUntil));
      }
      if (putBack) return 'again';
      if (wakeAt) return { lookAgainAt: wakeAt };
    }
    return { lookAgainAt: await this.claimable.nextDue(kind, this.clock.now()) };
  }

  private batchWork({ signal }: Run, channel: Channel, leaseUntil: Date): BatchWork {
    const warn = (text: string) => this.log.warn(text);
    return {
      streak: this.streakOf(channel),
      leaseUntil,
      leaseMs: this.settings.delivery.leaseSeconds * 1000,
      now: () => this.clock.now(),
      renew: (ids, until) => this.deliveries.renewLeases(this.owner, ids, until),
      settle: (settlements) => insistently(() => this.deliveries.settle(settlements, this.clock.now()), signal, warn),
      follow: (delivery, after) =>
        insistently(() => this.follow(channel, delivery, after), signal, warn).catch((error: Error) =>
          this.log.error(`not followed up: ${error.message}`),
        ),
      warn,
    };
  }

  private streakOf({ account }: Channel): RefusalStreak {
    const streak = this.streaks.get(account) ?? new RefusalStreak();
    this.streaks.set(account, streak);
    return streak;
  }

  private paceOf(channel: Channel): Pace {
    const pace = this.paces.get(channel.account) ?? new Pace(channel.batchSize);
    this.paces.set(channel.account, pace);
    return pace;
  }

  /** Rings when more can leave; what is further off than the next sweep is left to it. Bells for one second ring once. */
  private async ringAt(kind: ChannelKind, at: Date | null): Promise<void> {
    const now = this.clock.now().getTime();
    if (!at || at.getTime() - now > this.settings.delivery.sweepSeconds * 1000) return;
    const second = Math.ceil(at.getTime() / 1000);
    await this.queue.ring(sendJobs[kind], {}, Math.max(0, second * 1000 - now), `${kind}-${second}`);
  }

  private async sendBatch(run: Run, batch: Batch, isAhead: boolean): Promise<void> {
    const recall = new Recall(
      async () => (await this.claimable.unwanted(batch.idsInHand)).length,
      (text) => this.log.warn(text),
    );
    try {
      await this.offer(run, batch, isAhead, recall.signal);
    } finally {
      recall.close();
    }
  }

  private async offer(run: Run, batch: Batch, isAhead: boolean, recalled: AbortSignal): Promise<void> {
    const { channel } = batch.of.account;
    const stopped = AbortSignal.any([run.signal, batch.closed.signal, batch.lease.lost, recalled]);
    const [unwanted, composed] = await Promise.all([
      isAhead ? this.unwanted(batch) : new Map<string, string>(),
      this.composeAll(batch),
    ]);
    const messages: OutgoingMessage[] = [];
    for (const { id, carries, message } of composed) {
      const kept = [id, ...carries.map((one) => one.id)].find((one) => unwanted.has(one));
      if (stopped.aborted) batch.settled(id, notStarted(stopped));
      else if (kept !== undefined) batch.settled(id, notStarted(unwanted.get(kept)!));
      else if (message instanceof Map) batch.settledApart(id, message);
      else if ('kind' in message) batch.settled(id, message);
      else messages.push(message);
    }
    if (messages.length === 0) return;
    // A provider may take minutes; no connection of the database waits with it.
    if (this.database.insideTransaction()) throw new Error('a provider must not be called inside a transaction');
    const began = performance.now();
    const sent = this.channels.during(channel, () =>
      channel.send(messages, stopped, (deliveryId, outcome) => {
        batch.observe(outcome);
        batch.settled(deliveryId, outcome);
        if (batch.letsNextBeTaken && !run.ahead && !stopped.aborted) {
          run.ahead = this.take(run, batch.closed);
          run.ahead.catch(() => undefined);
        }
      }),
    );
    if (!(await endsInTime(sent, run.signal))) return batch.abandon();
    if (batch.of.mayBeMore && !stopped.aborted) this.paceOf(channel).note(messages.length, performance.now() - began);
    if (batch.of.alone) return;
    const warn = (text: string) => this.log.warn(text);
    await insistently(() => this.saveHealth(batch.of.account, batch.watch, batch.lastFailure), run.signal, warn);
  }

  /** One after the other, so that the first of an issue makes what the others share. */
  private async composeAll(batch: Batch): Promise<(ClaimedMessage & { message: Composed })[]> {
    const composed = [];
    for (const claimed of batch.of.claimed)
      composed.push({ ...claimed, message: await this.composer.compose(claimed) });
    return composed;
  }

  /** A batch claimed ahead has waited a little: an issue may have been paused since, rows given up, the account closed. */
  private async unwanted({ ids, of, closed }: Batch): Promise<ReadonlyMap<string, string>> {
    try {
      const { usable } = await this.accounts(of.account.channel.kind);
      if (!usable.some(({ channel }) => channel === of.account.channel))
        closed.abort('发送账户已暂停或停用，恢复后自动发送。');
      const unwanted = await this.claimable.unwanted(ids);
      return new Map(unwanted.map((id) => [id, '本期已暂停或撤回，或者本条已取消。']));
    } catch (error) {
      this.log.warn(`not sent now, for it is unknown whether it is still wanted: ${(error as Error).message}`);
      return new Map(ids.map((id) => [id, '暂时不能确认是否仍要发送，稍后自动发送。']));
    }
  }

  private async saveHealth({ channel, state, probe }: UsableAccount, watch: Watch, why: string | null): Promise<void> {
    const now = this.clock.now();
    const health = afterBatch(state, watch, now);
    if (!health) return;
    await this.gates.saveHealth(channel.account, health, probe, health.suspendedUntil ? why : null, now);
    if (health.suspendedUntil) this.log.warn(`account ${channel.account} suspended: ${why ?? 'probes failed'}`);
    else if (probe) this.log.log(`account ${channel.account} is well again`);
  }

  /** What an outcome means beyond its own row. */
  private async follow(channel: Channel, delivery: ClaimedDelivery, after: AfterOutcome): Promise<void> {
    const now = this.clock.now();
    if (after.state === 'failed' && after.class === 'recipient') {
      await this.organisation.markContactBad(delivery.contactId, now, after.reason);
    }
    if ('gate' in after && after.gate) {
      await this.gates.closeUntil(channel.account, after.gate.until, after.gate.reason, now);
      await this.queue.ring(sendJobs[delivery.channel], {}, after.gate.until.getTime() - now.getTime() + 50);
    }
    if (after.state === 'planned' && after.circuit) {
      await this.gates.openCircuit(channel.account, after.circuit.reason, now);
      this.log.error(`account ${channel.account} stopped: ${after.circuit.reason}`);
    }
  }

  private leaseEnd(now: Date): Date {
    return new Date(now.getTime() + this.settings.delivery.leaseSeconds * 1000);
  }
}
