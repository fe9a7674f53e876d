import { Injectable, Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Channel, OutgoingMessage } from '../channels/channel.js';
import { ChannelRegistry } from '../channels/channel-registry.js';
import type { ChannelKind, SendOutcome } from '../domain/delivery.js';
import {
  type AccountState,
  afterBatch,
  probeSize,
  probeTurnMs,
  signOf,
  usableAccounts,
  type Watch,
  watched,
  watchOf,
  wellAccount,
} from '../domain/fail-over.js';
import type { AfterOutcome } from '../domain/retry.js';
import { mayCarry, secrecyText } from '../domain/secrecy.js';
import { endToken } from '../distribution/subscription.service.js';
import { OrganisationRepository } from '../organisation/organisation.repository.js';
import { Clock } from '../platform/clock.js';
import { Vault } from '../platform/crypto.js';
import { Database, isDatabaseFailure } from '../platform/database.js';
import { JobQueue } from '../platform/jobs/job-queue.js';
import { sendJobs } from '../platform/jobs/jobs.js';
import { Settings } from '../platform/settings.js';
import { Renderer } from '../rendering/renderer.js';
import { BatchLease } from './batch-lease.js';
import { Claims } from './claims.js';
import { type ClaimedDelivery, DeliveryRepository } from './delivery.repository.js';
import { GateRepository } from './gate.repository.js';
import { insistently } from './insistently.js';
import { linkSecrets } from './link.js';
import { OutcomeRecorder } from './outcome-recorder.js';

interface UsableAccount {
  channel: Channel;
  state: AccountState;
  /** Comes back after failures: a few messages are risked on it. */
  probe: boolean;
}

/** Sends what is due on one channel: claim, check the gate, compose, hand over, record. */
@Injectable()
export class DeliveryService {
  private readonly log = new Logger(DeliveryService.name);
  /** Names this process on the rows it has claimed. */
  private readonly owner = randomUUID();

  constructor(
    private readonly database: Database,
    private readonly claims: Claims,
    private readonly deliveries: DeliveryRepository,
    private readonly gates: GateRepository,
    private readonly channels: ChannelRegistry,
    private readonly organisation: OrganisationRepository,
    private readonly renderer: Renderer,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly queue: JobQueue,
  ) {}

  /** Sends batch after batch until nothing is due, the channel closes or `signal` asks to stop. */
  async sendDue(kind: ChannelKind, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { usable, lookAgainAt } = await this.accounts(kind);
      if (usable.length === 0) return this.ringAt(kind, lookAgainAt);
      const wakeAt = await this.sendWithFirst(kind, usable, signal);
      if (wakeAt !== 'goOn')
        return this.ringAt(kind, wakeAt ?? (await this.deliveries.nextDue(kind, this.clock.now())));
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
   * One batch with the preferred account that is well. The others then send only what they may have taken already.
   *
   * @returns when the account may be used again, if its own limit stands in the way; null when nothing is due
   */
  private async sendWithFirst(
    kind: ChannelKind,
    usable: readonly UsableAccount[],
    signal: AbortSignal,
  ): Promise<'goOn' | Date | null> {
    const alone = this.channels.accountsOf(kind).length === 1;
    for (const [place, account] of usable.entries()) {
      const { channel, probe } = account;
      const now = this.clock.now();
      const turnEnds = new Date(now.getTime() + probeTurnMs);
      // Somebody else probes: look again at who is well.
      if (probe && !(await this.gates.takeProbe(channel.account, now, turnEnds))) return 'goOn';
      const leaseUntil = this.leaseEnd(now);
      const most = probe ? probeSize : channel.batchSize;
      const { claimed, putBack, wakeAt } = await this.claims.take(channel, most, this.owner, leaseUntil, place > 0);
      if (claimed.length) await this.sendBatch(account, alone, claimed, leaseUntil, signal);
      if (claimed.length || putBack) return 'goOn';
      if (wakeAt) return wakeAt;
    }
    return null;
  }

  /** Rings when more can leave; what is further off than the next sweep is left to it. Bells for one second ring once. */
  private async ringAt(kind: ChannelKind, at: Date | null): Promise<void> {
    const now = this.clock.now().getTime();
    if (!at || at.getTime() - now > this.settings.delivery.sweepSeconds * 1000) return;
    const second = Math.ceil(at.getTime() / 1000);
    await this.queue.ring(sendJobs[kind], {}, Math.max(0, second * 1000 - now), `${kind}-${second}`);
  }

  private async sendBatch(
    { channel, state, probe }: UsableAccount,
    alone: boolean,
    claimed: readonly ClaimedDelivery[],
    leaseUntil: Date,
    signal: AbortSignal,
  ): Promise<void> {
    const byId = new Map(claimed.map((delivery) => [delivery.id, delivery]));
    const consequences: Promise<void>[] = [];
    // Once the account closes, the rest of the batch is not offered to the provider any more.
    const closed = new AbortController();
    let watch = watchOf(state, probe);
    let lastFailure: string | null = null;
    const warn = (text: string) => this.log.warn(text);
    const recorder = new OutcomeRecorder(
      (settlements) => insistently(() => this.deliveries.settle(settlements, this.clock.now()), signal, warn),
      (delivery, after) => {
        if (closesChannel(after)) {
          if (closed.signal.aborted) return;
          closed.abort();
        }
        const followed = insistently(() => this.follow(channel, delivery, after), signal, warn);
        consequences.push(followed.catch((error: Error) => this.log.error(`not followed up: ${error.message}`)));
      },
      () => this.clock.now(),
      Math.random,
    );
    const lease = new BatchLease(
      leaseUntil,
      this.settings.delivery.leaseSeconds * 1000,
      () => this.clock.now().getTime(),
      (until) => this.deliveries.renewLeases(this.owner, [...byId.keys()], until),
      warn,
    );
    try {
      const messages: OutgoingMessage[] = [];
      for (const delivery of claimed) {
        const composed = await this.compose(delivery);
        if ('kind' in composed) recorder.add(delivery, composed);
        else messages.push(composed);
      }
      // A provider may take minutes; no connection of the database waits with it.
      if (this.database.insideTransaction()) throw new Error('a provider must not be called inside a transaction');
      await channel.send(messages, AbortSignal.any([signal, closed.signal, lease.lost]), (deliveryId, outcome) => {
        watch = watched(watch, outcome);
        if (signOf(outcome) === 'failure' && 'reason' in outcome) lastFailure = outcome.reason;
        if (watch.suspend && !alone) closed.abort();
        recorder.add(byId.get(deliveryId)!, outcome);
      });
      if (!alone) await insistently(() => this.saveHealth({ channel, state, probe }, watch, lastFailure), signal, warn);
    } finally {
      await recorder.finish().finally(() => lease.close());
      await Promise.all(consequences);
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

  /** The gate is checked a second time here: the level or the address may have changed since the plan. */
  private async compose(delivery: ClaimedDelivery): Promise<OutgoingMessage | SendOutcome> {
    const own = delivery.mailDomain !== null && this.settings.ownMailDomains.includes(delivery.mailDomain);
    if (mayCarry(delivery.level, delivery.channel, { ownMailDomain: own }) !== delivery.carry) {
      const reason = `按密级“${secrecyText[delivery.level]}”，此通道不得发送这样的内容`;
      return { kind: 'refused', class: 'content', code: 'GATE_CLOSED', reason };
    }
    try {
      const { channel, carry, purpose, round } = delivery;
      const subscriber = delivery.subscriptionId !== null;
      const what = { channel, carry, purpose, round, subscriber };
      const rendition = await this.renderer.rendition(delivery.editionId, what);
      const { token, code } = linkSecrets(this.vault, delivery.copyId, delivery.linkNonce);
      const content = this.renderer.fill(rendition, {
        name: delivery.personName,
        postTitle: delivery.postTitle,
        unitName: delivery.unitName,
        copyNumber: delivery.copyNumber,
        link: `${this.settings.http.publicUrl}/r/${token}`,
        code,
        ...(delivery.subscriptionId
          ? { unsubscribe: `${this.settings.http.publicUrl}/u/${endToken(this.vault, delivery.subscriptionId)}` }
          : {}),
      });
      return { deliveryId: delivery.id, address: this.vault.open(delivery.address), content };
    } catch (error) {
      if (isDatabaseFailure(error)) {
        return { kind: 'retry', class: 'network', code: 'DATABASE_AWAY', reason: '数据库暂时不可用，稍后自动再试' };
      }
      this.log.error(`delivery ${delivery.id} could not be composed: ${(error as Error).message}`);
      return {
        kind: 'refused',
        class: 'configuration',
        code: 'CANNOT_COMPOSE',
        reason: '消息无法生成（模板或密钥有误），请联系系统管理员',
      };
    }
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

function closesChannel(after: AfterOutcome): boolean {
  return ('gate' in after && after.gate !== undefined) || ('circuit' in after && after.circuit !== undefined);
}
