import { chineseDateTime } from '../domain/calendar.js';
import { channelText } from '../domain/channel-text.js';
import type { ChannelKind } from '../domain/delivery.js';
import type { FailureGroup, HeldDelivery, HeldGroup, KnownTry } from './attention.repository.js';
import type { AccountNote } from '../dispatch/account-notes.js';
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

const notes: Readonly<Record<string, (count: number) => string>> = {
  retried: (n) => (n === 0 ? '没有需要重试的投递，可能刚刚已经重试过。' : `已安排重试${n}条。`),
  late: (n) => (n === 0 ? '所选的人都已有一份，没有重复补发。' : `已补发给${n}人。`),
  resent: (n) => (n === 0 ? '这次补发刚刚已经安排过，没有重复发送。' : `已安排再发${n}条。`),
  told: (n) => (n === 0 ? '没有需要通知的人，或者都已通知过。' : `已安排${n}条撤回通知。`),
  cancelled: (n) => (n === 0 ? '没有尚未发出的消息，没有取消任何一条。' : `已取消${n}条尚未发出的消息。`),
  settled: (n) => (n === 0 ? '这些投递刚刚已有结果，没有再改动。' : `已处理${n}条。`),
};

/** What the last act did, from the address the form led to: `?did=retried-12`. */
export function actNote(did: string | undefined): string | null {
  const match = /^([a-z]{1,20})-(\d{1,7})$/.exec(did ?? '');
  const note = match === null || !Object.hasOwn(notes, match[1]!) ? undefined : notes[match[1]!];
  return note === undefined ? null : note(Number(match![2]));
}
