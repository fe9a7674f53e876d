import { Injectable } from '@nestjs/common';
import { ChannelRegistry } from '../../channels/channel-registry.js';
import { type ChannelKind, channelKinds } from '../../domain/delivery.js';
import type { DeliveryState } from '../../domain/sending/delivery-state.js';
import { type AccountState, usableAccounts, wellAccount } from '../../domain/sending/fail-over.js';
import { Clock } from '../../platform/clock.js';
import { type AccountNote, accountNotes } from '../send/account-notes.js';
import { GateRepository } from '../send/gate.repository.js';
import { DeferralRepository } from '../rows/deferral.repository.js';
import {
  type Ahead,
  type ChannelCount,
  type Deferred,
  type EditionStart,
  ProgressRepository,
} from './progress.repository.js';

export interface ChannelProgress extends Record<DeliveryState, number> {
  channel: ChannelKind;
  total: number;
  /** Accounts that are not in use, and why. */
  accounts: AccountNote[];
  /** True when nothing can leave until a person reopens an account. */
  stopped: boolean;
}

export interface ProgressView {
  editionId: string;
  copies: number;
  /** Nothing leaves until somebody resumes it. */
  paused: boolean;
  /** When the edition was signed, is to start, was planned; later than `now` only by a clock that was ahead. */
  start: EditionStart;
  now: Date;
  total: number;
  done: number;
  /** Claimed by a worker and not yet known to have left. */
  inHand: number;
  /** 0..100, rounded down: 100 means every single row is settled. */
  percent: number;
  ratePerSecond: number;
  secondsLeft: number | null;
  finished: boolean;
  channels: ChannelProgress[];
  newestFailures: {
    deliveryId: string;
    personName: string;
    unitName: string;
    channel: ChannelKind;
    reason: string;
    at: Date;
  }[];
  /** What leaves later, why and when. */
  deferred: Deferred[];
  /** Of the copies, those by voluntary subscription. */
  subscribers: number;
  opened: number;
  acknowledged: number;
  /** What waits for a time at which it may leave, the soonest first. */
  quiet: { until: Date; reason: string; count: number }[];
  /** What waits for a time that lies ahead although nothing holds it up now. */
  ahead: Ahead | null;
  /** People for whom another channel is kept in hand, in case this one brings no sign. */
  nextRungs: number;
}

/** How far a dispatch is. Finished only when no delivery is waiting, under way or held. */
@Injectable()
export class Progress {
  constructor(
    private readonly rows: ProgressRepository,
    private readonly gates: GateRepository,
    private readonly channels: ChannelRegistry,
    private readonly deferrals: DeferralRepository,
    private readonly clock: Clock,
  ) {}

  async progressOf(editionId: string): Promise<ProgressView> {
    const now = this.clock.now();
    const [counts, copies, recent, newestFailures, gates, start, deferred, quiet, ahead, nextRungs] = await Promise.all(
      [
        this.rows.counts(editionId),
        this.rows.copies(editionId),
        this.rows.sentSince(editionId, new Date(now.getTime() - RATE_WINDOW_MS)),
        this.rows.newestFailures(editionId),
        this.gates.all(),
        this.rows.startOf(editionId),
        this.rows.deferred(editionId, now),
        this.deferrals.ofEdition(editionId, now),
        this.rows.ahead(editionId, now),
        this.rows.nextRungs(editionId),
      ],
    );
    const channels = channelKinds
      .map((channel) => channelProgress(channel, counts, this.accountsOf(channel, gates), now))
      .filter(({ total }) => total > 0);
    const paused = start.pausedAt !== null;
    const sum = (pick: (c: ChannelProgress) => number) => channels.reduce((all, c) => all + pick(c), 0);
    const total = sum((c) => c.total);
    const inHand = sum((c) => c.sending);
    const open = sum((c) => c.planned) + inHand;
    const done = total - open;
    // What left in the last seconds says nothing of a dispatch that stands still.
    const still = paused && inHand === 0;
    const ratePerSecond = still ? 0 : Math.round((recent / (RATE_WINDOW_MS / 1000)) * 10) / 10;
    return {
      editionId,
      ...copies,
      paused,
      start,
      now,
      total,
      done,
      inHand,
      percent: total === 0 ? 0 : Math.floor((done / total) * 100),
      ratePerSecond,
      secondsLeft: open > 0 && !paused && ratePerSecond > 0 ? Math.ceil(open / ratePerSecond) : null,
      finished: total > 0 && open === 0 && sum((c) => c.held) === 0,
      channels,
      deferred,
      newestFailures,
      quiet,
      ahead,
      nextRungs,
    };
  }

  private accountsOf(kind: ChannelKind, states: ReadonlyMap<string, AccountState>) {
    return this.channels
      .accountsOf(kind)
      .map(({ account }) => ({ account, state: states.get(account) ?? wellAccount }));
  }
}

const RATE_WINDOW_MS = 5000;

function channelProgress(
  channel: ChannelKind,
  counts: readonly ChannelCount[],
  accounts: readonly { account: string; state: AccountState }[],
  now: Date,
): ChannelProgress {
  const of = (state: DeliveryState) => counts.find((row) => row.channel === channel && row.state === state)?.count ?? 0;
  const states = {
    planned: of('planned'),
    sending: of('sending'),
    sent: of('sent'),
    delivered: of('delivered'),
    failed: of('failed'),
    held: of('held'),
    cancelled: of('cancelled'),
  };
  const total = Object.values(states).reduce((a, b) => a + b, 0);
  const { usable, lookAgainAt } = usableAccounts(accounts, now);
  const stopped = accounts.length > 0 && usable.length === 0 && lookAgainAt === null;
  return { channel, ...states, total, accounts: accountNotes(accounts, now), stopped };
}
