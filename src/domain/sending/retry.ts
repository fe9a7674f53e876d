import type { SendOutcome } from '../delivery.js';
import type { Urgency } from '../urgency.js';

export interface RetryPolicy {
  firstDelayMs: number;
  factor: number;
  /** Longest delay before jitter. */
  maxDelayMs: number;
  /** Share by which a delay is spread in both directions, 0..1. */
  jitter: number;
}

export const retryPolicy: RetryPolicy = { firstDelayMs: 30_000, factor: 4, maxDelayMs: 3_600_000, jitter: 0.2 };

/** How long a throttled channel stays closed when the provider does not say. */
const gateMs = 60_000;

export type AfterOutcome =
  | { state: 'sent'; reference: string }
  | {
      state: 'planned';
      nextAttemptAt: Date;
      /** Nothing of it was tried: it keeps the time it had, and with it its place before what came later. */
      keepsPlace?: true;
      countsAttempt: boolean;
      code: string;
      reason: string;
      /** The whole channel pauses until then. */
      gate?: { until: Date; reason: string };
      /** The whole channel stops until a person mends its configuration. */
      circuit?: { reason: string };
    }
  | {
      state: 'failed';
      class: 'recipient' | 'provider' | 'content' | 'deadline';
      code: string;
      reason: string;
      gate?: { until: Date; reason: string };
    }
  /** Nobody knows whether the provider took it: see settleDoubt. */
  | { state: 'doubt'; code: string; reason: string };

/**
 * What becomes of a delivery after one attempt.
 * `attempts` counts the earlier attempts that counted; `random` is in [0, 1) and spreads the retries.
 */
export function afterOutcome(
  outcome: SendOutcome,
  delivery: { attempts: number; deadline: Date },
  now: Date,
  random: number,
  policy: RetryPolicy = retryPolicy,
): AfterOutcome {
  switch (outcome.kind) {
    case 'accepted':
      return { state: 'sent', reference: outcome.reference };
    case 'unknown':
      return { state: 'doubt', code: outcome.code, reason: outcome.reason };
    case 'refused':
      return afterRefusal(outcome, now);
    case 'retry':
      return afterRetry(outcome, delivery, now, random, policy);
  }
}

/** A wrong password is not the recipient's fault: the row stays planned, even past its deadline, and goes out once mended. */
function afterRefusal({ class: kind, code, reason }: SendOutcome & { kind: 'refused' }, now: Date): AfterOutcome {
  if (kind !== 'configuration') return { state: 'failed', class: kind, code, reason };
  return { state: 'planned', nextAttemptAt: now, countsAttempt: false, code, reason, circuit: { reason } };
}

function afterRetry(
  outcome: SendOutcome & { kind: 'retry' },
  delivery: { attempts: number; deadline: Date },
  now: Date,
  random: number,
  policy: RetryPolicy,
): AfterOutcome {
  const { code, reason } = outcome;
  const throttled = outcome.class === 'throttled';
  const neverStarted = code === 'NOT_STARTED';
  const nextAttemptAt = new Date(now.getTime() + delay(outcome, delivery.attempts, random, policy));
  const gate = throttled ? { gate: { until: nextAttemptAt, reason } } : {};

  if (nextAttemptAt >= delivery.deadline) {
    return {
      state: 'failed',
      class: 'deadline',
      code,
      reason: `已过投递期限，最后一次未成功的原因：${reason}`,
      ...gate,
    };
  }
  return {
    state: 'planned',
    nextAttemptAt,
    keepsPlace: neverStarted || undefined,
    countsAttempt: !throttled && !neverStarted,
    code,
    reason,
    ...gate,
  };
}

function delay(
  { class: kind, code, afterMs = 0 }: SendOutcome & { kind: 'retry' },
  attempts: number,
  random: number,
  policy: RetryPolicy,
): number {
  if (code === 'NOT_STARTED') return 0;
  if (kind === 'throttled') return afterMs > 0 ? afterMs : gateMs;
  const backoff = Math.min(policy.firstDelayMs * policy.factor ** attempts, policy.maxDelayMs);
  const spread = 1 + policy.jitter * (2 * random - 1);
  return Math.max(Math.round(backoff * spread), afterMs);
}

export const hoursToDeliver: Record<Urgency, number> = { extraUrgent: 4, urgent: 24, normal: 72 };

/** After this a message is news no longer: it is failed and shown to the office instead of tried again. */
export function deadlineFor(urgency: Urgency, plannedAt: Date): Date {
  return new Date(plannedAt.getTime() + hoursToDeliver[urgency] * 3_600_000);
}

/** What to do when a doubt cannot be settled: leave it to a person, or risk, once, that the recipient gets it twice. */
export type DoubtRule = 'hold' | 'repeat';

/** How often the system by itself repeats what may have arrived. After that only a person does. */
const mostRepetitions = 1;

export interface Doubt {
  /** For how long the provider drops a second, identical send; 0 when it never does. */
  repeatableForMs: number;
  canBeAsked: boolean;
  /** The provider's answer cannot be trusted earlier than this after the doubt arose. */
  reconcileAfterMs: number;
  /** When the first of the tries in doubt began: the provider counts its window from the first message it took. */
  firstTriedAt: Date;
  /** When we stopped knowing. A message may leave long after its batch was claimed, so waiting counts from here. */
  doubtSince: Date;
  rule: DoubtRule;
  /** How often it has been repeated by this rule before. */
  repetitions: number;
  /** How long a delivery report may still settle the doubt. */
  doubtWindowMs: number;
}

export type DoubtAnswer = { kind: 'taken' | 'notTaken' | 'noAnswer' };
/** `sendAgain` is without risk: the provider has not taken it, or drops a second one; after `repeat` there may be two. */
export type DoubtStep = 'wait' | 'ask' | 'sendAgain' | 'repeat' | 'sent' | 'hold';

/** Share of the provider's window that is used: its clock and ours may differ, and sending takes time. */
const usableShareOfWindow = 0.9;

/** `answer` is null while the provider has not been asked. */
export function settleDoubt(doubt: Doubt, answer: DoubtAnswer | null, now: Date): DoubtStep {
  const sinceFirstTry = now.getTime() - doubt.firstTriedAt.getTime();
  const inDoubt = now.getTime() - doubt.doubtSince.getTime();
  const mayBeAsked = inDoubt >= doubt.reconcileAfterMs;

  if (answer?.kind === 'taken') return 'sent';
  // "Not taken", said too early, may only mean "not yet seen".
  if (answer?.kind === 'notTaken' && mayBeAsked) return 'sendAgain';
  if (sinceFirstTry < doubt.repeatableForMs * usableShareOfWindow) return 'sendAgain';

  const windowPassed = inDoubt >= doubt.doubtWindowMs;
  if (doubt.canBeAsked) {
    if (answer?.kind === 'noAnswer') return windowPassed ? 'hold' : 'wait';
    return mayBeAsked ? 'ask' : 'wait';
  }
  if (!windowPassed) return 'wait';
  return doubt.rule === 'repeat' && doubt.repetitions < mostRepetitions ? 'repeat' : 'hold';
}
