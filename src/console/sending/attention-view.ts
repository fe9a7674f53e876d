import { chineseDateTime } from '../../domain/calendar.js';
import { channelText } from '../../domain/sending/channel-text.js';
import type { ChannelKind } from '../../domain/delivery.js';
import type { FailureGroup, HeldDelivery, HeldGroup, KnownTry } from './attention.repository.js';
import type { AccountNote } from '../../dispatch/send/account-notes.js';
import type { ChannelCard } from './progress-view.js';

/** What waits for a person: stopped channels, failures by reason, and doubts with everything that is known about them. */
export interface Attention {
  id: string;
  accounts: readonly AccountNote[];
  /** By the provider's code, which is what a retry is asked by; null where none was given. */
  failures: readonly { code: string | null; channels: string; reason: string; count: number }[];
  failed: number;
  heldGroups: readonly { channel: ChannelKind; name: string; code: string | null; reason: string; count: number }[];
  heldTotal: number;
  held: readonly HeldRow[];
  mayAct: boolean;
  mayReopen: boolean;
}

export interface HeldRow {
  deliveryId: string;
  href: string;
  who: string;
  channel: string;
  address: string;
  tries: readonly string[];
}

const silent = '通道没有说明原因。';

export function attentionView(input: {
  issueId: string;
  channels: readonly ChannelCard[];
  failures: readonly FailureGroup[];
  heldGroups: readonly HeldGroup[];
  held: readonly HeldDelivery[];
  may: { act: boolean; reopen: boolean };
}): Attention {
  return {
    id: input.issueId,
    accounts: input.channels.flatMap(({ accounts }) => accounts),
    failed: input.failures.reduce((sum, { count }) => sum + count, 0),
    failures: input.failures.map(({ code, channels, reason, count }) => ({
      code,
      channels: channels.map((channel) => channelText[channel]).join('、'),
      reason: reason || silent,
      count,
    })),
    heldGroups: input.heldGroups.map((group) => ({
      ...group,
      name: channelText[group.channel],
      reason: group.reason || silent,
    })),
    heldTotal: input.heldGroups.reduce((sum, { count }) => sum + count, 0),
    held: input.held.map((row) => ({
      deliveryId: row.deliveryId,
      href: `/copies/${row.copyId}`,
      who: `${row.unitName} ${row.postTitle} ${row.personName}`,
      channel: channelText[row.channel],
      address: row.addressMasked,
      tries: row.tries.map(tryWords),
    })),
    mayAct: input.may.act,
    mayReopen: input.may.reopen,
  };
}

function tryWords({ attemptNo, startedAt, outcome, code, reason }: KnownTry): string {
  const said = reason || (outcome === 'accepted' ? '通道已接收' : '没有得到通道的答复');
  return `第${attemptNo}次，${chineseDateTime(new Date(startedAt))}：${said}${code === null ? '' : `（${code}）`}`;
}
