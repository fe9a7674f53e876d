import { byWish } from './channel-policy.js';
import type { ChannelKind } from '../delivery.js';
import type { ReadingState } from '../reading/reading.js';

export interface RemindableCopy {
  copyId: string;
  reading: ReadingState;
  remindersSent: number;
  reachable: boolean;
  /** Channels over which this person can be reminded. */
  channels: readonly ChannelKind[];
  /** In the order the person wants; those left out follow as the policy has them. */
  wishes?: readonly ChannelKind[];
}

export interface ReminderPolicy {
  maxReminders: number;
  /** Only an issue that asks for 签收 is chased. */
  asksAcknowledgement: boolean;
  /** Preferred order. */
  channels: readonly ChannelKind[];
}

export interface DueReminder {
  copyId: string;
  channel: ChannelKind;
}

/**
 * Whom to remind (催阅), each on one channel only: the first of the preferred order that the person has. The rules against
 * needless notices (国办函〔2026〕12号) leave no room for ringing the same person everywhere.
 */
export function dueForReminder(copies: readonly RemindableCopy[], policy: ReminderPolicy): DueReminder[] {
  if (!policy.asksAcknowledgement) return [];
  return copies
    .filter((copy) => copy.reachable && copy.reading !== 'acknowledged' && copy.remindersSent < policy.maxReminders)
    .flatMap(({ copyId, channels, wishes = [] }) => {
      const channel = byWish(policy.channels, wishes).find((preferred) => channels.includes(preferred));
      return channel === undefined ? [] : [{ copyId, channel }];
    });
}
