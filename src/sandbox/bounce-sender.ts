import nodemailer from 'nodemailer';
import type { Book, BookMessage } from './book.js';
import { deliveryStatusMail } from './delivery-status-mail.js';
import { pause } from './pace.js';
import type { RandomFaults } from './random-faults.js';

export interface MailTarget {
  host: string;
  port: number;
}

export interface BounceSender {
  send(message: BookMessage): void;
  stop(): void;
}

const firstRetryMs = 500;
const lastRetryMs = 10_000;

/**
 * Sends each due notification as real mail with a null sender, again and again until it is taken; those the book still
 * holds from an earlier run are sent first. `target` is asked each time, because it may become known later.
 */
export function startBounceSender(
  book: Book,
  target: () => MailTarget | undefined,
  stopped: AbortSignal,
  faults?: RandomFaults,
): BounceSender {
  let pool: { transport: ReturnType<typeof openPool>; at: MailTarget } | undefined;

  function poolFor(at: MailTarget) {
    if (pool?.at.host === at.host && pool.at.port === at.port) return pool.transport;
    pool?.transport.close();
    pool = { transport: openPool(at), at };
    return pool.transport;
  }

  async function deliver(message: BookMessage): Promise<void> {
    const { report, returnPath } = message;
    if (!report || !returnPath) return;
    let delay = Math.max(0, Date.parse(report.dueAt) - Date.now());
    for (let retry = firstRetryMs; await pause(delay, stopped); retry = Math.min(retry * 2, lastRetryMs)) {
      delay = retry;
      const at = target();
      if (!at) continue;
      const mail = deliveryStatusMail(message, report.status, report.code);
      const how = await hand(poolFor(at), returnPath, mail);
      if (how === 'taken' && faults?.report(message.reference) === 'twice') await hand(poolFor(at), returnPath, mail);
      if (stopped.aborted) return;
      if (how !== 'later') return book.markReported(message.n, how);
    }
  }

  const send = (message: BookMessage) => void deliver(message);
  book.reportsDue('smtp').forEach(send);
  return { send, stop: () => pool?.transport.close({ force: true }) };
}

function openPool(at: MailTarget) {
  return nodemailer.createTransport({
    pool: true,
    ...at,
    ignoreTLS: true,
    maxConnections: 3,
    maxMessages: 1000,
    maxRequeues: 0,
  });
}

async function hand(
  transport: ReturnType<typeof openPool>,
  returnPath: string,
  raw: string,
): Promise<'taken' | 'gaveUp' | 'later'> {
  try {
    await transport.sendMail({ envelope: { from: '', to: [returnPath] }, raw });
    return 'taken';
  } catch (error) {
    const { responseCode = 0 } = error as { responseCode?: number };
    return responseCode >= 500 ? 'gaveUp' : 'later';
  }
}
