import { bothQuiet, quietHours, type Waking } from '../calendar.js';
import type { ChannelKind, DeliveryPurpose } from '../delivery.js';
import type { Carry } from '../issue/secrecy.js';
import type { Urgency } from '../urgency.js';

/** 通道策略: over which channels a copy goes, one after another or all at once, and when it may leave. */

export const policyModes = ['all', 'first', 'ladder'] as const;
export type PolicyMode = (typeof policyModes)[number];

/** `always`: first messages and reminders wait; `reminders`: only those; `never`: nothing waits. */
export const waitRules = ['always', 'reminders', 'never'] as const;
export type WaitRule = (typeof waitRules)[number];

export interface Rung {
  channel: ChannelKind;
  /** How long to wait for a sign that it arrived before the next rung is taken. */
  withinMinutes: number;
}

export interface PublicationPolicy {
  mode: PolicyMode;
  /** Channels of `first`, the best one first. */
  order: readonly ChannelKind[];
  /** Rungs of `ladder`. */
  ladder: readonly Rung[];
  waits: WaitRule;
  /** Hours of Beijing's clock. */
  quietFrom: number;
  quietUntil: number;
  asksAcknowledgement: boolean;
  maxReminders: number;
  /** Reminders go out without anybody pressing a button. */
  autoRemind: boolean;
  /** Working days without acknowledgement before the next reminder, and at last before the call list. */
  remindAfterDays: number;
  /** Mails that carry the full text bring the issue as PDF as well. */
  attachesPdf: boolean;
}

export const defaultPolicy: PublicationPolicy = {
  mode: 'all',
  order: ['wecom', 'sms', 'email'],
  ladder: [
    { channel: 'wecom', withinMinutes: 10 },
    { channel: 'sms', withinMinutes: 60 },
    { channel: 'email', withinMinutes: 60 },
  ],
  waits: 'always',
  quietFrom: 20,
  quietUntil: 8,
  asksAcknowledgement: true,
  maxReminders: 1,
  autoRemind: false,
  remindAfterDays: 2,
  attachesPdf: false,
};

/** A person's own wishes; null leaves the matter to the office. */
export interface Wishes {
  channelOrder: readonly ChannelKind[];
  quietFrom: number | null;
  quietUntil: number | null;
  dailyDigest: boolean;
}

/** One message a copy may get, in the order of the policy. */
export interface PlannedRung {
  channel: ChannelKind;
  /** Null: only when the one before it failed. */
  afterMinutes: number | null;
}

/** The rungs for a person who has these channels. With `all` there are no rungs: every channel at once. */
export function rungsFor(
  policy: Pick<PublicationPolicy, 'mode' | 'order' | 'ladder'>,
  wishes: readonly ChannelKind[],
  has: readonly ChannelKind[],
): PlannedRung[] {
  const steps: readonly { channel: ChannelKind; withinMinutes: number | null }[] =
    policy.mode === 'ladder' ? policy.ladder : policy.order.map((channel) => ({ channel, withinMinutes: null }));
  // The waiting times belong to the rungs, the channels on them to the person's wish.
  const channels = byWish(
    steps.map(({ channel }) => channel),
    wishes,
  ).filter((channel) => has.includes(channel));
  return channels.map((channel, i) => ({ channel, afterMinutes: i === 0 ? null : steps[i - 1]!.withinMinutes }));
}

/** Wished channels first, in that order; those left out follow. */
export function byWish(channels: readonly ChannelKind[], wishes: readonly ChannelKind[]): ChannelKind[] {
  const wished = wishes.filter((channel) => channels.includes(channel));
  return [...new Set([...wished, ...channels])];
}

const atOnce: Waking = { quiet: 0, workingDaysOnly: false };

/** What a message of this purpose waits for. 特急 breaks every quiet time, but only with a reason given at sign-off. */
export function wakingFor(input: {
  purpose: DeliveryPurpose;
  urgency: Urgency;
  urgentReason: string | null;
  policy: Pick<PublicationPolicy, 'waits' | 'quietFrom' | 'quietUntil'>;
  wishes?: Pick<Wishes, 'quietFrom' | 'quietUntil'>;
}): Waking {
  const { purpose, policy, wishes } = input;
  // Whoever asks for a message himself waits for it.
  if (purpose === 'resend') return atOnce;
  if (purpose === 'initial' && input.urgency === 'extraUrgent' && input.urgentReason !== null) return atOnce;
  const waits = policy.waits === 'always' || (policy.waits === 'reminders' && purpose === 'reminder');
  const office = waits ? quietHours(policy.quietFrom, policy.quietUntil) : 0;
  const own =
    wishes?.quietFrom == null || wishes.quietUntil == null ? 0 : quietHours(wishes.quietFrom, wishes.quietUntil);
  return { quiet: bothQuiet(office, own), workingDaysOnly: waits };
}

/**
 * Whether a mail brings the file: where the publication says so, and the class lets this address have the full text. A reminder never
 * repeats the text, a withdrawal takes it back.
 */
export const bringsPdf = (
  { attachesPdf }: Pick<PublicationPolicy, 'attachesPdf'>,
  { carry, purpose }: { carry: Carry; purpose: DeliveryPurpose },
): boolean => attachesPdf && carry === 'fullText' && (purpose === 'initial' || purpose === 'resend');

/** From the database; what a later version added has its default. */
export function readPolicy(stored: unknown): PublicationPolicy {
  return { ...defaultPolicy, ...(stored as Partial<PublicationPolicy> | null) };
}
