import type { Channel } from '../../channels/channel.js';
import { notStarted } from '../../channels/in-parallel.js';
import type { SendOutcome } from '../../domain/delivery.js';
import {
  type AccountState,
  type RefusalStreak,
  signOf,
  type Watch,
  watched,
  watchOf,
} from '../../domain/sending/fail-over.js';
import type { AfterOutcome } from '../../domain/sending/retry.js';
import { BatchLease } from './batch-lease.js';
import type { ClaimedDelivery, ClaimedMessage } from '../rows/claim.repository.js';
import type { Settlement } from '../rows/delivery.repository.js';
import { OutcomeRecorder } from './outcome-recorder.js';

export interface UsableAccount {
  channel: Channel;
  state: AccountState;
  /** Comes back after failures: a few messages are risked on it. */
  probe: boolean;
}

export interface BatchOf {
  account: UsableAccount;
  /** No other account could take over. */
  alone: boolean;
  /** As many were claimed as were asked for. */
  mayBeMore: boolean;
  claimed: readonly ClaimedMessage[];
}

/** What a batch has others do. */
export interface BatchWork {
  /** Of the account, from batch to batch. */
  streak: RefusalStreak;
  leaseUntil: Date;
  leaseMs: number;
  now: () => Date;
  renew: (ids: readonly string[], until: Date) => Promise<void>;
  settle: (settlements: readonly Settlement[]) => Promise<void>;
  /** What an outcome means beyond its own row. */
  follow: (delivery: ClaimedDelivery, after: AfterOutcome) => Promise<void>;
  warn: (text: string) => void;
}

/** Of a batch's outcomes, the share that is known when the next batch may be claimed. */
const UNDER_WAY = 1 / 4;

/** Claimed rows with their lease and outcomes, from the claim until the last outcome is stored. */
export class Batch {
  readonly ids: readonly string[];
  readonly lease: BatchLease;
  watch: Watch;
  lastFailure: string | null = null;
  private readonly streak: RefusalStreak;
  private readonly open: Map<string, ClaimedMessage>;
  private readonly recorder: OutcomeRecorder;
  private readonly consequences: Promise<void>[] = [];
  private failure: unknown;
  private abandoned = false;

  /** @param closed once the account closes, what is claimed is not offered to the provider any more */
  constructor(
    readonly of: BatchOf,
    readonly closed: AbortController,
    { streak, leaseUntil, leaseMs, now, renew, settle, follow, warn }: BatchWork,
  ) {
    this.streak = streak;
    streak.beginBatch();
    this.watch = watchOf(of.account.state, of.account.probe);
    this.ids = of.claimed.flatMap((message) => [message, ...message.carries]).map(({ id }) => id);
    this.open = new Map(of.claimed.map((delivery) => [delivery.id, delivery]));
    const renewAll = (until: Date) => renew(this.ids, until);
    this.lease = new BatchLease(leaseUntil, leaseMs, () => now().getTime(), renewAll, warn);
    const consequence = (delivery: ClaimedDelivery, after: AfterOutcome) => {
      if (closesAccount(after)) {
        if (closed.signal.aborted) return;
        closed.abort(keptBack(after));
      } else if (after.state !== 'failed') return;
      this.consequences.push(follow(delivery, after));
    };
    this.recorder = new OutcomeRecorder(settle, consequence, now, Math.random);
  }

  /** With several accounts the next batch waits for what this one shows of the account. */
  get letsNextBeTaken(): boolean {
    const { alone, mayBeMore, claimed } = this.of;
    return alone && mayBeMore && claimed.length - this.open.size >= claimed.length * UNDER_WAY;
  }

  /** So much is due that other workers should look as well; not while an account is only being tried. */
  get isWorthHelp(): boolean {
    return this.of.mayBeMore && !this.of.account.probe;
  }

  /** Of what was claimed, that which has no outcome yet. */
  get idsInHand(): string[] {
    return [...this.open.values()].flatMap((message) => [message, ...message.carries]).map(({ id }) => id);
  }

  /** What a provider's answer says of the account. */
  observe(outcome: SendOutcome): void {
    this.watch = watched(this.watch, outcome);
    if (signOf(outcome) === 'failure' && 'reason' in outcome) this.lastFailure = outcome.reason;
    if (this.watch.suspend && !this.of.alone) this.closed.abort('发送账户连续出错，改由其他账户发送。');
  }

  settled(deliveryId: string, outcome: SendOutcome): void {
    if (this.abandoned) return;
    this.recorder.add(this.take(deliveryId), this.streak.weigh(outcome));
  }

  /** No message left: what has an outcome of its own gets it, and the others go back to leave without it. */
  settledApart(deliveryId: string, outcomes: ReadonlyMap<string, SendOutcome>): void {
    const message = this.take(deliveryId);
    for (const one of [message, ...message.carries])
      this.recorder.add({ ...one, carries: [] }, outcomes.get(one.id) ?? notStarted(apart));
  }

  /** The system stops and waits no longer: what has no answer yet is in doubt, and an answer that still comes is lost. */
  abandon(): void {
    for (const id of [...this.open.keys()]) this.settled(id, stoppedMeanwhile);
    this.abandoned = true;
  }

  /** Nothing of it was started. */
  giveBack(why: string | AbortSignal): void {
    for (const { id } of this.of.claimed) this.settled(id, notStarted(why));
  }

  private take(deliveryId: string): ClaimedMessage {
    const message = this.open.get(deliveryId);
    if (!message) throw new Error(`delivery ${deliveryId} is not of this batch, or has its outcome already`);
    this.open.delete(deliveryId);
    return message;
  }

  /** Sending broke off unexpectedly: what has no outcome becomes a doubt when the lease ends. */
  fail(error: unknown): void {
    this.failure ??= error;
  }

  /** @throws what `fail` was told, or the first write that failed */
  async finish(): Promise<void> {
    await this.recorder.finish().finally(() => this.lease.close());
    await Promise.all(this.consequences);
    if (this.failure) throw this.failure instanceof Error ? this.failure : new Error('a batch could not be sent');
  }
}

const stoppedMeanwhile: SendOutcome = {
  kind: 'unknown',
  code: 'STOPPED',
  reason: '系统停止时还没有得到答复，对方可能已收下，需核实后再补发。',
};

const apart = '同一封汇总邮件中有一条不能发出，稍后自动另发。';

/** Why what was claimed with it does not leave now. */
function keptBack(after: AfterOutcome): string {
  if ('circuit' in after && after.circuit) return `发送账户已停用，恢复后自动发送。停用原因：${after.circuit.reason}`;
  return `发送账户暂停使用，稍后自动发送。暂停原因：${'reason' in after ? after.reason : ''}`;
}

function closesAccount(after: AfterOutcome): boolean {
  return ('gate' in after && after.gate !== undefined) || ('circuit' in after && after.circuit !== undefined);
}
