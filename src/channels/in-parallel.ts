import type { SendOutcome } from '../domain/delivery.js';
import type { OutgoingMessage } from './channel.js';

/** The outcome of a message the shutdown kept back: nothing of it has left. */
export const notStarted: SendOutcome = {
  kind: 'retry',
  class: 'network',
  code: 'NOT_STARTED',
  reason: '系统正在停止，本条尚未发出，稍后自动重试。',
};

/** Runs `work` over the items, at most `limit` at a time, starting them in order. */
export async function inParallel<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(Math.max(1, limit), items.length) }, lane));
}

/** The send loop every channel shares: own concurrency, each outcome settled as it is known, none started after the abort. */
export function sendEach(
  messages: readonly OutgoingMessage[],
  limit: number,
  signal: AbortSignal,
  sendOne: (message: OutgoingMessage) => Promise<SendOutcome>,
  settled: (deliveryId: string, outcome: SendOutcome) => void,
): Promise<void> {
  return inParallel(messages, limit, async (message) => {
    settled(message.deliveryId, signal.aborted ? notStarted : await sendOne(message));
  });
}
