import type { SendOutcome } from '../delivery.js';

/** What is known of one provider account; every worker sees the same. */
export interface AccountState {
  /** Throttled until then. */
  closedUntil: Date | null;
  /** Refused for its configuration: a person must mend it. */
  circuitOpen: boolean;
  reason: string | null;
  /** Failures since the last success. */
  failures: number;
  /** How often it has been suspended since it last was well; each time lasts longer. */
  trips: number;
  suspendedUntil: Date | null;
}

export const wellAccount: AccountState = {
  closedUntil: null,
  circuitOpen: false,
  reason: null,
  failures: 0,
  trips: 0,
  suspendedUntil: null,
};

/** So many failures in a row, with no success between, and the next account takes over. */
export const failuresToSuspend = 5;
/** What is risked on an account that comes back. */
export const probeSize = 3;
/** A worker that died while probing must not keep others from it for longer. */
export const probeTurnMs = 120_000;

const firstPauseMs = 60_000;
const longestPauseMs = 15 * 60_000;

export const pauseAfter = (trips: number): number => Math.min(firstPauseMs * 2 ** (trips - 1), longestPauseMs);

export type Standing = 'ready' | 'probe' | 'suspended' | 'throttled' | 'stopped';

/** @param alone there is nothing to take over: rows are tried again by their own rule, and the account is never suspended */
export function standingOf(state: AccountState, now: Date, alone: boolean): Standing {
  if (state.circuitOpen) return 'stopped';
  if (state.closedUntil && state.closedUntil > now) return 'throttled';
  if (alone || !state.suspendedUntil) return 'ready';
  return state.suspendedUntil > now ? 'suspended' : 'probe';
}

/** The accounts of a channel that may be used now, in order of preference, and when to look again if none may. */
export function usableAccounts<T extends { state: AccountState }>(
  accounts: readonly T[],
  now: Date,
): { usable: (T & { probe: boolean })[]; lookAgainAt: Date | null } {
  const alone = accounts.length === 1;
  const standing = accounts.map((account) => ({ account, is: standingOf(account.state, now, alone) }));
  const usable = standing
    .filter(({ is }) => is === 'ready' || is === 'probe')
    .map(({ account, is }) => ({ ...account, probe: is === 'probe' }));
  const times = standing.flatMap(({ account: { state }, is }) => {
    if (is === 'throttled') return [state.closedUntil!.getTime()];
    return is === 'suspended' ? [state.suspendedUntil!.getTime()] : [];
  });
  return { usable, lookAgainAt: times.length ? new Date(Math.min(...times)) : null };
}

/** What an outcome says about the account, as against the message. */
export function signOf(outcome: SendOutcome): 'success' | 'failure' | 'nothing' {
  switch (outcome.kind) {
    case 'accepted':
      return 'success';
    case 'unknown':
      return 'failure';
    case 'refused':
      if (outcome.class === 'configuration') return 'nothing';
      // A refusal of one recipient or text is an answer all the same.
      return outcome.perhapsOfUs ? 'failure' : 'success';
    case 'retry':
      if (outcome.class === 'throttled' || outcome.code === 'NOT_STARTED') return 'nothing';
      return outcome.about === 'recipient' ? 'success' : 'failure';
  }
}

/** So many refusals in a row that may be about us, with nothing else between, and they are. */
export const refusalsToStop = 10;

/**
 * A refusal that may be about us costs the one row it was said of. Said again and again, it is no longer the matter of that
 * many recipients' systems: the row stays, and the account stops until a person has looked.
 *
 * @param before such refusals in a row before this outcome
 * @returns the outcome as it is to be taken, and such refusals in a row with it
 */
export function weighed(outcome: SendOutcome, before: number): { outcome: SendOutcome; inARow: number } {
  if (outcome.kind !== 'refused' || !outcome.perhapsOfUs)
    return { outcome, inARow: outcome.kind === 'retry' && signOf(outcome) === 'nothing' ? before : 0 };
  const inARow = before + 1;
  if (inARow < refusalsToStop) return { outcome, inARow };
  const reason = `连续${inARow}封邮件被拒，可能是本单位的发信设置有问题：${outcome.reason}`;
  return { outcome: { kind: 'refused', class: 'configuration', code: outcome.code, reason }, inARow };
}

/** Of one account, refusals in a row that may be about us: batches follow each other, and the count goes on through them. */
export class RefusalStreak {
  private inARow = 0;

  /** Once it has stopped the account, whoever lets it be used again has looked: the count begins anew. */
  beginBatch(): void {
    if (this.inARow >= refusalsToStop) this.inARow = 0;
  }

  weigh(outcome: SendOutcome): SendOutcome {
    const weighty = weighed(outcome, this.inARow);
    this.inARow = weighty.inARow;
    return weighty.outcome;
  }
}

/** How a batch goes for the account it is sent with. */
export interface Watch {
  probe: boolean;
  failures: number;
  succeeded: boolean;
  /** The account has failed too often; nothing more is offered to it. */
  suspend: boolean;
}

export const watchOf = (state: AccountState, probe: boolean): Watch => ({
  probe,
  failures: state.failures,
  succeeded: false,
  suspend: false,
});

export function watched(watch: Watch, outcome: SendOutcome): Watch {
  const sign = signOf(outcome);
  if (sign === 'nothing') return watch;
  if (sign === 'success') return { ...watch, failures: 0, succeeded: true };
  const failures = watch.failures + 1;
  return { ...watch, failures, suspend: watch.suspend || watch.probe || failures >= failuresToSuspend };
}

/** What is to be stored when the batch has ended; null when nothing has changed. */
export function afterBatch(
  state: AccountState,
  watch: Watch,
  now: Date,
): Pick<AccountState, 'failures' | 'trips' | 'suspendedUntil'> | null {
  if (watch.suspend) {
    const trips = state.trips + 1;
    return { failures: 0, trips, suspendedUntil: new Date(now.getTime() + pauseAfter(trips)) };
  }
  if (watch.probe) return watch.succeeded ? { failures: 0, trips: 0, suspendedUntil: null } : null;
  return watch.failures === state.failures
    ? null
    : { failures: watch.failures, trips: state.trips, suspendedUntil: null };
}
