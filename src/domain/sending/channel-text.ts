import { byChannel, channelFacts } from '../channel-facts.js';
import type { ChannelKind } from '../delivery.js';

/** What the office calls each channel. */
export const channelText = byChannel((kind) => channelFacts[kind].text);

/** In place of a time of delivery, of channels that give none. */
export const noReports = (silent: readonly ChannelKind[]): string =>
  `${silent.map((kind) => channelText[kind]).join('、')}不提供送达回执，是否看到以打开、签收为准。`;
