import { chineseDateTime } from '../../domain/calendar.js';
import { clockWasAhead } from '../../domain/clock-difference.js';
import { channelFacts } from '../../domain/channel-facts.js';
import { channelText, noReports } from '../../domain/sending/channel-text.js';
import { digestReason } from '../../domain/sending/daily-digest.js';
import type { ChannelKind } from '../../domain/delivery.js';
import { type DeliveryState, deliveryStateText } from '../../domain/sending/delivery-state.js';
import { startOf } from '../../domain/sending/send-time.js';
import type { AccountNote } from '../../dispatch/send/account-notes.js';
import type { Ahead } from '../../dispatch/after/progress.repository.js';
import type { ChannelProgress, ProgressView } from '../../dispatch/after/progress.js';
import type { Tag } from '../tags.js';

export interface ChannelCard {
  channel: ChannelKind;
  name: string;
  total: number;
  done: number;
  counts: readonly { text: string; count: number; troubled: boolean }[];
  /** Empty, or what the numbers cannot tell. */
  note: string;
  accounts: readonly AccountNote[];
  /** True when only a person can set it going again. */
  stopped: boolean;
}

export interface LiveProgress {
  status: Tag;
  /** For screen readers: changes at every tenth, not at every message. */
  announcement: string;
  /** What can be done about it: nothing is planned yet, sending can be paused, is paused, or nothing is left to hold up. */
  control: 'unplanned' | 'running' | 'paused' | 'none';
  copies: number;
  subscribers: number;
  total: number;
  done: number;
  percent: number;
  rate: string;
  left: string;
  opened: number;
  acknowledged: number;
  /** What waits, until when and why. */
  waits: readonly string[];
  channels: readonly ChannelCard[];
  deferred: readonly { channel: string; count: number; reason: string; when: string }[];
  failures: readonly { href: string; who: string; channel: string; reason: string; time: string }[];
}

/** Nothing is under way or waits for anybody: all deliveries are settled, or the plan reaches nobody. */
export function isSettled({ finished, copies, total }: ProgressView): boolean {
  return finished || (copies > 0 && total === 0);
}

const channelStates = ['planned', 'sending', 'sent', 'delivered', 'failed', 'held', 'cancelled'] as const;

export function liveProgress(progress: ProgressView): LiveProgress {
  const { total, percent, channels } = progress;
  const held = channels.reduce((sum, channel) => sum + channel.held, 0);
  const waiting = total - progress.done;
  return {
    status: statusTag(progress, held),
    announcement: isSettled(progress) ? '发送已完成。' : `已处理约${Math.floor(percent / 10) * 10}%。`,
    control: controlOf(progress, waiting),
    copies: progress.copies,
    subscribers: progress.subscribers,
    total,
    done: progress.done,
    percent,
    rate: waiting > 0 && progress.ratePerSecond > 0 ? `每秒${progress.ratePerSecond}条` : '—',
    left: timeLeft(progress.secondsLeft),
    opened: progress.opened,
    acknowledged: progress.acknowledged,
    waits: waitingWords(progress),
    channels: channels.map(channelCard),
    deferred: progress.deferred.map(({ channel, count, reason, from, until }) => ({
      channel: channelText[channel],
      count,
      reason,
      when:
        chineseDateTime(from) === chineseDateTime(until)
          ? chineseDateTime(from)
          : `${chineseDateTime(from)}至${chineseDateTime(until)}`,
    })),
    failures: progress.newestFailures.map((failure) => ({
      href: `/deliveries/${failure.deliveryId}`,
      who: `${failure.unitName} ${failure.personName}`,
      channel: channelText[failure.channel],
      reason: failure.reason === '' ? '通道没有说明原因。' : failure.reason,
      time: chineseDateTime(failure.at),
    })),
  };
}

function controlOf({ copies, total, paused }: ProgressView, waiting: number): LiveProgress['control'] {
  if (copies === 0 && total === 0) return 'unplanned';
  if (waiting === 0) return 'none';
  return paused ? 'paused' : 'running';
}

function waitingWords(progress: ProgressView): string[] {
  const { quiet, ahead, nextRungs, paused, inHand, total, done } = progress;
  const words = quiet.map(({ until, reason, count }) =>
    reason === digestReason
      ? `${count}条${digestReason}，时间为${chineseDateTime(until)}。`
      : `${count}条等到${chineseDateTime(until)}发送：现在是${reason}，不打扰收件人。`,
  );
  if (ahead) words.unshift(aheadWords(ahead, progress));
  if (paused && total > done) words.unshift(pausedWords(inHand, total - done - inHand));
  if (nextRungs > 0) words.push(`${nextRungs}人还没有打开的迹象，到时将改用下一个通道再发。`);
  return words;
}

function aheadWords({ count, from, until }: Ahead, { start, now }: ProgressView): string {
  const [first, last] = [chineseDateTime(from), chineseDateTime(until)];
  const why = clockWasAhead([start.signedAt, start.plannedAt], now) ?? '';
  return `${count}条定于${first === last ? first : `${first}至${last}`}发送，现在时间${chineseDateTime(now)}。${why}`;
}

function pausedWords(inHand: number, planned: number): string {
  if (inHand === 0) return `已暂停，${planned}条尚未发出，等您继续。`;
  const rest = planned > 0 ? `其余${planned}条等您继续。` : '';
  return `已暂停。还有${inHand}条已取出，正在投递的仍会发出，没有开始的几秒内退回。${rest}`;
}

function statusTag(progress: ProgressView, held: number): Tag {
  const { copies, total, done, finished, channels, paused, quiet, ahead } = progress;
  if (copies > 0 && total === 0) return { text: '没有通道可用，请送纸质件', tone: 'warn' };
  if (total === 0) return unplannedTag(progress);
  if (finished) return { text: '发送已完成', tone: 'good' };
  if (paused) return { text: '已暂停', tone: 'warn' };
  if (channels.some(({ stopped }) => stopped)) return { text: '有通道停用', tone: 'bad' };
  const waiting = quiet.reduce((sum, { count }) => sum + count, ahead?.count ?? 0);
  if (waiting === total - done && total > done)
    return ahead ? { text: '等到预定的时间发送', tone: 'warn' } : { text: '等到允许的时间发送', tone: 'info' };
  if (done === total && held > 0) return { text: '有投递待人工处理', tone: 'warn' };
  return { text: '正在发送', tone: 'info' };
}

function unplannedTag({ start, now }: ProgressView): Tag {
  const standing = start.plannedAt === null ? startOf(start.sendAt, now) : 'start';
  if (standing === 'wait') return { text: '还没有到开始发送的时间', tone: 'info' };
  if (standing === 'ask') return { text: '已错过预定的时间', tone: 'bad' };
  return { text: '正在生成发送计划', tone: 'info' };
}

/** Where no delivery is reported, a nought would read as a failure. */
function usual(channel: ChannelKind): readonly DeliveryState[] {
  return channelFacts[channel].reportsArrival
    ? ['planned', 'sending', 'sent', 'delivered', 'failed']
    : ['planned', 'sending', 'sent', 'failed'];
}

function channelCard(channel: ChannelProgress): ChannelCard {
  return {
    channel: channel.channel,
    name: channelText[channel.channel],
    total: channel.total,
    done: channel.total - channel.planned - channel.sending,
    counts: channelStates
      // What every channel has is always shown, trouble only where there is some.
      .filter((state) => channel[state] > 0 || usual(channel.channel).includes(state))
      .map((state) => ({
        text: deliveryStateText[state],
        count: channel[state],
        troubled: channel[state] > 0 && (state === 'failed' || state === 'held'),
      })),
    note: channelFacts[channel.channel].reportsArrival ? '' : noReports([channel.channel]),
    accounts: channel.accounts,
    stopped: channel.stopped,
  };
}

export function timeLeft(seconds: number | null): string {
  if (seconds === null) return '—';
  if (seconds < 60) return `约${Math.max(1, seconds)}秒`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `约${minutes}分钟` : `约${Math.ceil(minutes / 60)}小时`;
}
