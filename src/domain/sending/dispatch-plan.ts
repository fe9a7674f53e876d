import { type PublicationPolicy, rungsFor } from './channel-policy.js';
import { byChannel } from '../channel-facts.js';
import { channelText } from './channel-text.js';
import type { ChannelKind } from '../delivery.js';
import type { ScopeEntry } from '../scope/scope.js';
import { type Carry, mayCarry, type SecrecyLevel, secrecyText } from '../issue/secrecy.js';

export interface PlanContact {
  id: string;
  kind: ChannelKind;
  /** False once a provider said that the address is dead. */
  usable: boolean;
  /** Only meaningful for e-mail: the address is in one of the office's own domains. */
  ownMailDomain: boolean;
}

export interface PlannedDelivery {
  channel: ChannelKind;
  contactId: string;
  carry: Exclude<Carry, 'nothing'>;
}

/** A message that goes out only when the one before it did not arrive. */
export interface LaterDelivery extends PlannedDelivery {
  /** 1 for the second rung. */
  step: number;
  afterChannel: ChannelKind;
  /** Null: only when the one before it failed. */
  afterMinutes: number | null;
}

/** Whom a plan can be made for. */
export type Planable = Pick<ScopeEntry, 'personId' | 'protocolOrder' | 'subscription'>;

export interface PlannedCopy<E extends Planable = ScopeEntry> {
  /** 份号: 1..n in protocol order. */
  copyNumber: number;
  entry: E;
  deliveries: PlannedDelivery[];
  later: LaterDelivery[];
  /** Chinese reason when no channel reaches the person, who then gets the copy on paper. */
  unreachable: string | null;
}

export interface DispatchPlan<E extends Planable = ScopeEntry> {
  copies: PlannedCopy<E>[];
  /** Deliveries by channel. */
  planned: Record<ChannelKind, number>;
}

/** Who gets what over which channel (发送计划). `contacts` are keyed by person id. The secrecy gate applies here first. */
export function planDispatch<E extends Planable = ScopeEntry>(input: {
  entries: readonly E[];
  contacts: ReadonlyMap<string, readonly PlanContact[]>;
  channels: readonly ChannelKind[];
  level: SecrecyLevel;
  /** How many copies come before these, when a large plan is made in parts. */
  before?: number;
  /** Without one every channel is used at once. */
  policy?: Pick<PublicationPolicy, 'mode' | 'order' | 'ladder'>;
  /** Channels in the order a person wants, by person id. */
  wishes?: ReadonlyMap<string, readonly ChannelKind[]>;
}): DispatchPlan<E> {
  const channels = [...new Set(input.channels)];
  const planned: Record<ChannelKind, number> = byChannel(() => 0);

  const copies = [...input.entries]
    .sort((a, b) => a.protocolOrder - b.protocolOrder)
    .map((entry, index) => {
      const contacts = (input.contacts.get(entry.personId) ?? []).filter(
        // A subscriber is told only where he asked to be.
        ({ kind }) => channels.includes(kind) && (!entry.subscription || entry.subscription.channel === kind),
      );
      const possible = channels.flatMap((channel) => planOne(channel, contacts, input.level) ?? []);
      const wishes = input.wishes?.get(entry.personId) ?? [];
      const policy = entry.subscription ? undefined : input.policy;
      const { deliveries, later } = inTurn(possible, policy, wishes);
      for (const { channel } of deliveries) planned[channel] += 1;
      const unreachable = deliveries.length > 0 ? null : whyUnreachable(channels, contacts, input.level);
      return { copyNumber: (input.before ?? 0) + index + 1, entry, deliveries, later, unreachable };
    });
  return { copies, planned };
}

/** All at once, or the first rung now and the others later. A channel the policy does not name is not used. */
function inTurn(
  possible: PlannedDelivery[],
  policy: Pick<PublicationPolicy, 'mode' | 'order' | 'ladder'> | undefined,
  wishes: readonly ChannelKind[],
): { deliveries: PlannedDelivery[]; later: LaterDelivery[] } {
  if (!policy || policy.mode === 'all') return { deliveries: possible, later: [] };
  const byChannel = new Map(possible.map((delivery) => [delivery.channel, delivery]));
  const rungs = rungsFor(policy, wishes, [...byChannel.keys()]);
  const steps = rungs.map(({ channel }) => byChannel.get(channel)!);
  const later = rungs.slice(1).map(({ channel, afterMinutes }, i) => ({
    ...byChannel.get(channel)!,
    step: i + 1,
    afterChannel: rungs[i]!.channel,
    afterMinutes,
  }));
  return { deliveries: steps.slice(0, 1), later };
}

/** The contact on this channel that may carry the most; an own mail domain before any other. */
function planOne(channel: ChannelKind, contacts: readonly PlanContact[], level: SecrecyLevel): PlannedDelivery | null {
  const usable = contacts.filter(({ kind, usable: works }) => kind === channel && works);
  const best = usable.find(({ ownMailDomain }) => ownMailDomain) ?? usable[0];
  if (best === undefined) return null;
  const carry = mayCarry(level, channel, best);
  return carry === 'nothing' ? null : { channel, contactId: best.id, carry };
}

function whyUnreachable(
  channels: readonly ChannelKind[],
  contacts: readonly PlanContact[],
  level: SecrecyLevel,
): string {
  const names = channels.map((channel) => channelText[channel]).join('、');
  if (names === '') return '本期没有启用任何通道，请送纸质件。';
  if (contacts.length === 0) return `没有登记可用的联系方式（${names}），请补充，或送纸质件。`;
  if (contacts.some(({ usable }) => usable)) {
    return `密级为“${secrecyText[level]}”，其联系方式所在的通道不得发送，请送纸质件。`;
  }
  return '登记的联系方式均已失效，请更正，或送纸质件。';
}
