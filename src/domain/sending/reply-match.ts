import type { ReadingState } from '../reading/reading.js';
import { clockMarginMs } from './report-belief.js';

/**
 * How long after a message a reply to it is expected. Who is away for a week answers when he is back; what is older has been
 * asked about again by a reminder, which is a message of its own. Vendors bring replies for two to seven days.
 */
export const replyDays = 7;

/** Vendors give whole seconds, and their clocks differ from ours. */
const earliestMs = 60_000;

/** A message that the account which brings the reply may have brought to the number. */
export interface SentMessage {
  copyId: string;
  /** When it was first given to the account. */
  sentAt: Date;
  /** Digits of its own behind the number it was sent from; empty where it had none. */
  serial: string;
  /** Tells that the issue was withdrawn. */
  isWithdrawal: boolean;
  /** The provider said that it did not arrive. */
  failed: boolean;
  /** The copy's reader is asked to acknowledge it. */
  asks: boolean;
  /** The issue, or this copy of it, was taken back. */
  withdrawn: boolean;
  /** The number is the reader's in the list today. */
  isHis: boolean;
  reading: ReadingState;
}

export type ReplyMatch =
  | { kind: 'copy'; copyId: string }
  /** What it could acknowledge is acknowledged already, or asks for nothing. */
  | { kind: 'nothingOpen' }
  /** Several copies are open, or none that the reply could be about. */
  | { kind: 'unclear' };

/** When a reply was written, as far as it can be believed: neither ahead of its receipt nor long before it. */
export function writtenAt(given: Date | null, receivedAt: Date): Date {
  const age = given === null ? NaN : receivedAt.getTime() - given.getTime();
  return age >= 0 && age <= replyDays * 86_400_000 ? given! : receivedAt;
}

/** From when to when a message that this is a reply to was sent. Clocks differ by minutes. */
export function replyWindow(at: Date): { from: Date; to: Date } {
  return {
    from: new Date(at.getTime() - replyDays * 86_400_000),
    to: new Date(at.getTime() + clockMarginMs),
  };
}

/**
 * Which copy a reply acknowledges: only one that is beyond doubt.
 *
 * @param messages to the number by the account, within `replyWindow`
 * @param at when the reply was written: who had not been sent the copy by then meant something else
 * @param sentTo the number it was sent to, where digits in it tell messages apart; else empty
 */
export function matchReply(messages: readonly SentMessage[], sentTo: string, at: Date): ReplyMatch {
  const possible = saidTo(messages, sentTo);
  const open = new Set(possible.filter(isOpen).map(({ copyId }) => copyId));
  const [copyId] = open;
  if (copyId === undefined) {
    const settled =
      possible.length > 0 && possible.every((one) => !one.withdrawn && (!one.asks || isAcknowledged(one)));
    return { kind: settled ? 'nothingOpen' : 'unclear' };
  }
  if (open.size > 1) return { kind: 'unclear' };
  // A notice that came later is what people answer: 收到 to it acknowledges no other issue.
  const last = (some: readonly SentMessage[]) => Math.max(...some.map(({ sentAt }) => sentAt.getTime()));
  const notices = possible.filter((one) => one.isWithdrawal && one.copyId !== copyId);
  const own = possible.filter((one) => one.copyId === copyId);
  if (!own.some((one) => one.isHis && one.sentAt.getTime() <= at.getTime() + earliestMs)) return { kind: 'unclear' };
  return notices.length > 0 && last(notices) > last(own) ? { kind: 'unclear' } : { kind: 'copy', copyId };
}

/** Those with the digits it was sent to. A number that is none of theirs is an answer to something else. */
function saidTo(messages: readonly SentMessage[], sentTo: string): readonly SentMessage[] {
  if (sentTo === '' || messages.every(({ serial }) => serial === '')) return messages;
  return messages.filter(({ serial }) => serial !== '' && sentTo.endsWith(serial));
}

/** It waits for an acknowledgement, and may have arrived. */
export const isOpen = ({ asks, withdrawn, failed, isWithdrawal, reading }: Omit<SentMessage, 'serial'>): boolean =>
  asks && !withdrawn && !failed && !isWithdrawal && reading !== 'acknowledged';

const isAcknowledged = ({ reading }: SentMessage): boolean => reading === 'acknowledged';
