import type { ChannelProgress, ProgressView } from '../../dispatch/after/progress.js';
import { isSettled, liveProgress, timeLeft } from './progress-view.js';

const channel = (changes: Partial<ChannelProgress>): ChannelProgress => ({
  channel: 'sms',
  planned: 0,
  sending: 0,
  sent: 0,
  delivered: 0,
  failed: 0,
  held: 0,
  cancelled: 0,
  total: 10,
  accounts: [],
  stopped: false,
  ...changes,
});
const now = new Date('2026-11-23T10:00:00+08:00');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const progress = (changes: Partial<ProgressView>): ProgressView => ({
  editionId: 'e',
  subscribers: 0,
  copies: 10,
  paused: false,
  total: 10,
  done: 5,
  inHand: 0,
  start: { signedAt: now, sendAt: now, plannedAt: now, pausedAt: null },
  now,
  ahead: null,
  percent: 50,
  ratePerSecond: 2,
  secondsLeft: 3,
  finished: false,
  channels: [channel({ planned: 5, sent: 5 })],
  deferred: [],
  newestFailures: [],
  opened: 0,
  acknowledged: 0,
  quiet: [],
  nextRungs: 0,
  ...changes,
});
const status = (changes: Partial<ProgressView>): string => liveProgress(progress(changes)).status.text;

it('says what waits, until when and why', () => {
  const quiet = [{ until: new Date('2026-11-26T08:00:00+08:00'), reason: '安静时段', count: 5 }];
  expect(liveProgress(progress({ quiet, nextRungs: 2 })).waits).toEqual([
    '5条等到2026年11月26日 08:00发送：现在是安静时段，不打扰收件人。',
    '2人还没有打开的迹象，到时将改用下一个通道再发。',
  ]);
  expect(status({ quiet })).toBe('等到允许的时间发送');
  expect(liveProgress(progress({})).waits).toEqual([]);
});

it('says of what waits for a time ahead when, what time it is, and that a clock was ahead', () => {
  const ahead = { count: 5, from: later(8), until: later(8) };
  const start = { signedAt: later(8), sendAt: later(8), plannedAt: later(8), pausedAt: null };
  expect(liveProgress(progress({ ahead, start })).waits).toEqual([
    '5条定于2026年11月23日 18:00发送，现在时间2026年11月23日 10:00。签发时系统的时钟比现在快约8小时，所以要等到那时。',
  ]);
  expect(status({ ahead, start })).toBe('等到预定的时间发送');
  expect(status({ ahead: { ...ahead, count: 2 }, start })).toBe('正在发送');
  expect(liveProgress(progress({ ahead: { ...ahead, until: later(9) } })).waits).toEqual([
    '5条定于2026年11月23日 18:00至2026年11月23日 19:00发送，现在时间2026年11月23日 10:00。',
  ]);
});

it('says of an issue that is not planned whether its time has come', () => {
  const unplanned = (sendAt: Date) =>
    status({ copies: 0, total: 0, start: { signedAt: now, sendAt, plannedAt: null, pausedAt: null } });
  expect([unplanned(later(8)), unplanned(now), unplanned(later(-2))]).toEqual([
    '还没有到开始发送的时间',
    '正在生成发送计划',
    '已错过预定的时间',
  ]);
});

it('says of a pause what still leaves, and what waits for somebody to go on', () => {
  const waits = (changes: Partial<ProgressView>) => liveProgress(progress({ paused: true, ...changes })).waits;
  expect(waits({ inHand: 2 })).toEqual([
    '已暂停。还有2条已取出，正在投递的仍会发出，没有开始的几秒内退回。其余3条等您继续。',
  ]);
  expect(waits({ inHand: 5 })).toEqual(['已暂停。还有5条已取出，正在投递的仍会发出，没有开始的几秒内退回。']);
  expect(waits({})).toEqual(['已暂停，5条尚未发出，等您继续。']);
  expect(waits({ done: 10 })).toEqual([]);
  expect(liveProgress(progress({ inHand: 2 })).waits).toEqual([]);
});

it('says in one word how the sending stands', () => {
  expect(status({})).toBe('正在发送');
  expect(status({ copies: 0, total: 0 })).toBe('正在生成发送计划');
  expect(status({ done: 10, finished: true })).toBe('发送已完成');
  expect(status({ done: 10, channels: [channel({ held: 1, sent: 9 })] })).toBe('有投递待人工处理');
  expect(status({ channels: [channel({ planned: 10, stopped: true })] })).toBe('有通道停用');
});

it('is settled when the plan reaches nobody, lest the page wait for ever', () => {
  expect(isSettled(progress({ total: 0 }))).toBe(true);
  expect(isSettled(progress({ total: 0, copies: 0 }))).toBe(false);
  expect(isSettled(progress({}))).toBe(false);
});

it('shows no count of deliveries that WeCom could never report', () => {
  const texts = (kind: 'sms' | 'wecom') =>
    liveProgress(progress({ channels: [channel({ channel: kind, sent: 10 })] })).channels[0]?.counts.map(
      ({ text }) => text,
    );
  expect(texts('sms')).toContain('已送达');
  expect(texts('wecom')).not.toContain('已送达');
});

it('counts a channel as done without what is waiting or under way', () => {
  const [card] = liveProgress(
    progress({ channels: [channel({ planned: 2, sending: 1, failed: 3, sent: 4 })] }),
  ).channels;
  expect(card?.done).toBe(7);
  expect(card?.counts.filter(({ troubled }) => troubled).map(({ count }) => count)).toEqual([3]);
});

it.each([
  [null, '—'],
  [0, '约1秒'],
  [59, '约59秒'],
  [61, '约2分钟'],
  [7200, '约2小时'],
])('tells %p seconds as %s', (seconds, text) => {
  expect(timeLeft(seconds)).toBe(text);
});

it('offers to pause while something is left to send, to go on while it is paused, and nothing at the end', () => {
  const control = (changes: Partial<ProgressView>) => liveProgress(progress(changes)).control;
  expect(control({ copies: 0, total: 0, done: 0 })).toBe('unplanned');
  expect(control({ copies: 10, total: 30, done: 5 })).toBe('running');
  expect(control({ copies: 10, total: 30, done: 5, paused: true })).toBe('paused');
  expect(control({ copies: 10, total: 30, done: 30 })).toBe('none');
});
