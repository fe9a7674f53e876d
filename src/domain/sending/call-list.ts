import { type Calendar, workingDaysBefore } from '../calendar.js';
import type { PublicationPolicy } from './channel-policy.js';
import type { DeliveryPurpose } from '../delivery.js';
import type { DeliveryState } from './delivery-state.js';
import type { ReadingState } from '../reading/reading.js';

/**
 * 电话名单, the last rung: whom no message reached, and who has let the time for acknowledging pass. The words the rule is made of
 * stand here, so that the database, which looks through a hundred thousand copies, asks by the same ones.
 */
export const callRule = {
  /** Nobody is phoned who has done what was asked. */
  done: 'acknowledged',
  /** Only he who has not even seen the page is unreached. */
  unseen: 'unread',
  /** A message on its way may still bring him to it. */
  underWay: ['planned', 'sending'],
  /** The notice of a withdrawal asks for nothing. */
  asksNothing: 'withdrawal',
} as const satisfies {
  done: ReadingState;
  unseen: ReadingState;
  underWay: readonly DeliveryState[];
  asksNothing: DeliveryPurpose;
};

export interface CallFacts {
  reading: ReadingState;
  /** A voluntary subscriber owes nothing. */
  isSubscriber: boolean;
  /** Nothing is left on any channel that could still arrive. */
  noChannelLeft: boolean;
  messages: readonly { purpose: DeliveryPurpose; state: DeliveryState; sentAt: Date | null }[];
}

export type CallReason = 'unreached' | 'silent';

/**
 * Why somebody has to be phoned; null when nobody need phone him.
 *
 * @param silentSince see `silentSinceOf`; null when the issue asks for no acknowledgement
 */
export function reasonToCall(copy: CallFacts, silentSince: Date | null): CallReason | null {
  if (copy.isSubscriber || copy.reading === callRule.done) return null;
  if (copy.noChannelLeft && copy.reading === callRule.unseen) return 'unreached';
  const asking = copy.messages.filter(({ purpose }) => purpose !== callRule.asksNothing);
  if (silentSince === null || asking.some(({ state }) => callRule.underWay.some((one) => one === state))) return null;
  const sent = asking.flatMap(({ sentAt }) => sentAt?.getTime() ?? []);
  return sent.length > 0 && Math.max(...sent) <= silentSince.getTime() ? 'silent' : null;
}

/** Whose last message left at or before then has had his working days; null when the issue asks for no acknowledgement. */
export function silentSinceOf(
  { asksAcknowledgement, remindAfterDays }: Pick<PublicationPolicy, 'asksAcknowledgement' | 'remindAfterDays'>,
  now: Date,
  calendar: Calendar,
): Date | null {
  return asksAcknowledgement ? workingDaysBefore(now, remindAfterDays, calendar) : null;
}
