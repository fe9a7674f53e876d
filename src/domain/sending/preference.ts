import { type ChannelKind, channelKinds } from '../delivery.js';

/** How a person wants to be told. Nobody can choose not to be told: that follows from the post. */
export interface PreferenceChoice {
  /** Channels in the order wanted; those left out follow as the office has them. */
  channelOrder: ChannelKind[];
  /** Hours of Beijing's clock; null keeps the office's own. */
  quiet: { from: number; until: number } | null;
  dailyDigest: boolean;
  largeType: boolean;
  /** The issue is brought on paper as well; messages are sent all the same. */
  onPaper: boolean;
}

export const noPreference: PreferenceChoice = {
  channelOrder: [],
  quiet: null,
  dailyDigest: false,
  largeType: false,
  onPaper: false,
};

/** As it comes from a form without script: one choice for each place, one for each hour; empty means as the office has it. */
export interface TypedPreference {
  places: readonly string[];
  quietFrom: string;
  quietUntil: string;
  dailyDigest: boolean;
  largeType: boolean;
  onPaper: boolean;
}

export function readPreference(typed: TypedPreference): { value: PreferenceChoice } | { field: string; fault: string } {
  const order: ChannelKind[] = [];
  for (const [place, text] of typed.places.entries()) {
    const kind = channelKinds.find((one) => one === text);
    if (!kind) continue;
    if (order.includes(kind))
      return { field: `place-${place + 1}`, fault: '同一个通道不能选两次，请改选另一个或“不指定”。' };
    order.push(kind);
  }
  const [from, until] = [hourOf(typed.quietFrom), hourOf(typed.quietUntil)];
  if ((from === null) !== (until === null)) {
    return { field: from === null ? 'quietFrom' : 'quietUntil', fault: '安静时段的开始和结束要么都选，要么都不选。' };
  }
  if (from !== null && from === until) return { field: 'quietUntil', fault: '安静时段的开始和结束不能相同。' };
  const quiet = from === null || until === null ? null : { from, until };
  const { dailyDigest, largeType, onPaper } = typed;
  return { value: { channelOrder: order, quiet, dailyDigest, largeType, onPaper } };
}

function hourOf(text: string): number | null {
  return /^(?:\d|1\d|2[0-3])$/.test(text) ? Number(text) : null;
}
