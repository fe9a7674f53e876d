import { Injectable, Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Channel, OutgoingMessage } from '../channels/channel.js';
import { ChannelRegistry } from '../channels/channel-registry.js';
import type { ChannelKind, SendOutcome } from '../domain/delivery.js';
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
    const channel = this.channels.get(kind);
    if (!channel) return;
    while (!signal.aborted) {
      if (await this.isClosed(kind)) return;
      const leaseUntil = this.leaseEnd(this.clock.now());
      const { claimed, putBack, wakeAt } = await this.claims.take(channel, channel.batchSize, this.owner, leaseUntil);
      if (claimed.length) await this.sendBatch(channel, claimed, leaseUntil, signal);
      else if (putBack === 0)
        return this.ringAt(kind, wakeAt ?? (await this.deliveries.nextDue(kind, this.clock.now())));
    }
  }

  /** Rings when more can leave; what is further off than the next sweep is left to it. Bells for one second ring once. */
  private async ringAt(kind: ChannelKind, at: Date | null): Promise<void> {
    const now = this.clock.now().getTime();
    if (!at || at.getTime() - now > this.settings.delivery.sweepSeconds * 1000) return;
    const second = Math.ceil(at.getTime() / 1000);
    await this.queue.ring(sendJobs[kind], {}, Math.max(0, second * 1000 - now), `${kind}-${second}`);
  }

  private async sendBatch(
    channel: Channel,
    claimed: readonly ClaimedDelivery[],
    leaseUntil: Date,
    signal: AbortSignal,
  ): Promise<void> {
    const byId = new Map(claimed.map((delivery) => [delivery.id, delivery]));
    const consequences: Promise<void>[] = [];
    // Once the channel closes, the rest of the batch is not offered to the provider any more.
    const closed = new AbortController();
    const warn = (text: string) => this.log.warn(text);
    const recorder = new OutcomeRecorder(
      (settlements) => insistently(() => this.deliveries.settle(settlements, this.clock.now()), signal, warn),
      (delivery, after) => {
        if (closesChannel(after)) {
          if (closed.signal.aborted) return;
          closed.abort();
        }
        const followed = insistently(() => this.follow(delivery, after), signal, warn);
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
      await channel.send(messages, AbortSignal.any([signal, closed.signal, lease.lost]), (deliveryId, outcome) =>
        recorder.add(byId.get(deliveryId)!, outcome),
      );
    } finally {
      await recorder.finish().finally(() => lease.close());
      await Promise.all(consequences);
    }
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
  private async follow(delivery: ClaimedDelivery, after: AfterOutcome): Promise<void> {
    const now = this.clock.now();
    if (after.state === 'failed' && after.class === 'recipient') {
      await this.organisation.markContactBad(delivery.contactId, now, after.reason);
    }
    if ('gate' in after && after.gate) {
      await this.gates.closeUntil(delivery.channel, after.gate.until, after.gate.reason, now);
      await this.queue.ring(sendJobs[delivery.channel], {}, after.gate.until.getTime() - now.getTime() + 50);
    }
    if (after.state === 'planned' && after.circuit) {
      await this.gates.openCircuit(delivery.channel, after.circuit.reason, now);
      this.log.error(`channel ${delivery.channel} stopped: ${after.circuit.reason}`);
    }
  }

  private async isClosed(kind: ChannelKind): Promise<boolean> {
    const gate = await this.gates.of(kind);
    return gate.circuitOpen || (gate.closedUntil !== null && gate.closedUntil > this.clock.now());
  }

  private leaseEnd(now: Date): Date {
    return new Date(now.getTime() + this.settings.delivery.leaseSeconds * 1000);
  }
}

function closesChannel(after: AfterOutcome): boolean {
  return ('gate' in after && after.gate !== undefined) || ('circuit' in after && after.circuit !== undefined);
}
