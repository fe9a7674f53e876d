import type { SendOutcome } from '../../domain/delivery.js';
import { afterOutcome, type AfterOutcome } from '../../domain/sending/retry.js';
import type { ClaimedDelivery, ClaimedMessage } from '../rows/claim.repository.js';
import type { Settlement } from '../rows/delivery.repository.js';

/**
 * Outcomes are written in batches of this many, or after this long, whichever comes first. While one batch is being written
 * the next gathers, so that a slow database gets larger ones instead of a queue of them.
 */
const BATCH = 100;
const WAIT_MS = 100;

/** Gathers a batch's outcomes and writes them while the rest is still being sent, so that a crash leaves few doubts. */
export class OutcomeRecorder {
  private waiting: Settlement[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | null = null;
  private failure: unknown;

  constructor(
    private readonly write: (settlements: readonly Settlement[]) => Promise<void>,
    private readonly consequence: (delivery: ClaimedDelivery, after: AfterOutcome) => void,
    private readonly now: () => Date,
    private readonly random: () => number,
  ) {}

  /** All that travelled in one message ends as it did; tries go on until the last of them is news no longer. */
  add(message: ClaimedMessage, outcome: SendOutcome): void {
    const travelled = [message, ...message.carries];
    const deadline = new Date(Math.max(...travelled.map((one) => one.deadline.getTime())));
    const after = afterOutcome(outcome, { attempts: message.attempts, deadline }, this.now(), this.random());
    this.consequence(message, after);
    this.waiting.push({ ...settlementOf(message, outcome, after), ...broughtBy(outcome) });
    for (const one of message.carries) this.waiting.push(settlementOf(one, outcome, after));
    this.flushWhenWorthwhile();
  }

  /** @throws the first write that failed: those rows stay claimed and become doubts when the lease ends */
  async finish(): Promise<void> {
    while (this.writing || this.waiting.length > 0) {
      this.flush();
      await this.writing;
    }
    clearTimeout(this.timer);
    if (this.failure) throw this.failure instanceof Error ? this.failure : new Error('outcomes could not be written');
  }

  private flushWhenWorthwhile(): void {
    if (this.waiting.length >= BATCH) this.flush();
    else if (this.waiting.length > 0) this.timer ??= setTimeout(() => this.flush(), WAIT_MS);
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.writing) return;
    this.writing = this.write(this.waiting.splice(0))
      .catch((error: unknown) => void (this.failure ??= error))
      .then(() => {
        this.writing = null;
        this.flushWhenWorthwhile();
      });
  }
}

/** Reports name one message: the delivery it was sent for passes them on to what travelled with it. */
const broughtBy = (outcome: SendOutcome): Pick<Settlement, 'parts' | 'handle'> =>
  outcome.kind === 'accepted' ? { parts: outcome.parts, handle: outcome.handle } : {};

export function settlementOf(
  delivery: { id: string; attemptNo: number },
  outcome: SendOutcome,
  after: AfterOutcome,
): Settlement {
  const words = {
    outcome: outcome.kind,
    class: outcome.kind === 'retry' || outcome.kind === 'refused' ? outcome.class : null,
    code: outcome.kind === 'accepted' ? null : outcome.code,
    reason: after.state === 'sent' ? null : after.reason,
    reference: outcome.kind === 'accepted' ? outcome.reference : null,
    pin: null,
    repeats: false,
  };
  return {
    id: delivery.id,
    attemptNo: delivery.attemptNo,
    state: after.state === 'doubt' ? 'sending' : after.state,
    countsAttempt: after.state === 'planned' ? after.countsAttempt : true,
    // Whatever was tried goes behind what was not, so that a row that closed its account is not the first again.
    nextAttemptAt: after.state === 'planned' && !after.keepsPlace ? after.nextAttemptAt : null,
    doubt: after.state === 'doubt',
    ...words,
  };
}
