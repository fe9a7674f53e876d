import { type ChannelKind, channelKinds } from './delivery.js';

/** What is true of a kind of channel whoever carries it; what its rules and texts are stands where they are used. */
export interface ChannelFacts {
  /** What the office calls it. */
  text: string;
  /** What a person's address there is called. */
  contact: string;
  /** It proves that a message arrived; where it does not, only opening and acknowledging do. */
  reportsArrival: boolean;
  /** Its place among those a reminder takes: a phone that rings comes first. */
  reminderPlace: number;
  /** An address there can be typed, and proven by a code that is sent to it; where not, only its holder can bind it himself. */
  addressIsTyped: boolean;
  /** An office that does without it misses nothing that it has to be told of. */
  optional: boolean;
}

export const channelFacts: Readonly<Record<ChannelKind, ChannelFacts>> = {
  email: {
    text: '电子邮件',
    contact: '邮箱',
    ...{ reportsArrival: true, reminderPlace: 4, addressIsTyped: true, optional: false },
  },
  sms: {
    text: '短信',
    contact: '手机',
    ...{ reportsArrival: true, reminderPlace: 1, addressIsTyped: true, optional: false },
  },
  wecom: {
    text: '企业微信',
    contact: '企业微信',
    ...{ reportsArrival: false, reminderPlace: 2, addressIsTyped: true, optional: false },
  },
  wechat: {
    text: '微信服务号',
    contact: '微信',
    ...{ reportsArrival: true, reminderPlace: 3, addressIsTyped: false, optional: true },
  },
};

/** A value for each kind, in the order of `channelKinds`. */
export const byChannel = <T>(value: (kind: ChannelKind) => T): Record<ChannelKind, T> =>
  Object.fromEntries(channelKinds.map((kind) => [kind, value(kind)])) as Record<ChannelKind, T>;

/** The kinds whose providers never say that a message arrived. */
export const silentChannels: readonly ChannelKind[] = channelKinds.filter((kind) => !channelFacts[kind].reportsArrival);

/** Those a page offers; one that is optional only where it is configured. */
export const offeredChannels = (configured: readonly ChannelKind[]): ChannelKind[] =>
  channelKinds.filter((kind) => !channelFacts[kind].optional || configured.includes(kind));

/** Which channel a reminder takes first. */
export const reminderOrder: readonly ChannelKind[] = [...channelKinds].sort(
  (a, b) => channelFacts[a].reminderPlace - channelFacts[b].reminderPlace,
);
