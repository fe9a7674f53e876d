import type { SendOutcome } from '../domain/delivery.js';
import type { OutgoingMessage } from './channel.js';

/**
 * The outcome of a message that was kept back: nothing of it has left.
 *
 * @param why a Chinese sentence; of a signal it is what the signal was aborted with, and without words the system is stopping
 */
export function notStarted(why: string | AbortSignal): SendOutcome {
  const said = typeof why === 'string' ? why : (why.reason as unknown);
  const reason = typeof said === 'string' ? said : '系统正在停止，重新启动后自动发送。';
  return { kind: 'retry', class: 'network', code: 'NOT_STARTED', reason: `本条尚未发出：${reason}` };
}

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
    settled(message.deliveryId, signal.aborted ? notStarted(signal) : await sendOne(message));
  });
}
