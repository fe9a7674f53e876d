import { setTimeout as wait } from 'node:timers/promises';

/** Between two tries; the last one is repeated. */
const pausesMs = [200, 500, 1000, 2000, 5000] as const;
/** An outage longer than this leaves its rows to the rules for doubts. */
const patienceMs = 600_000;
/** While stopping, somebody waits for us. */
const patienceWhileStoppingMs = 10_000;

/**
 * Repeats `work` until it succeeds: what a provider has answered is known to nobody but us, and forgetting it would turn
 * each message into a doubt. `work` must bear being run twice.
 *
 * @throws the last error when patience ends
 */
export async function insistently(
  work: () => Promise<void>,
  stopping: AbortSignal,
  warn: (text: string) => void,
  pauses: readonly number[] = pausesMs,
): Promise<void> {
  const began = Date.now();
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const waited = Date.now() - began;
      if (waited >= (stopping.aborted ? patienceWhileStoppingMs : patienceMs)) throw error;
      if (tries === 0) warn(`not written, trying on: ${(error as Error).message}`);
      await wait(pauses[Math.min(tries, pauses.length - 1)]);
    }
  }
}
