import {
  type BucketState,
  nextToken,
  rateOf,
  rateText,
  readLimit,
  share,
  type StatedRate,
  take,
  tokensAt,
} from './rate.js';

const minute = 60_000;
const hour = 60 * minute;
const rates = (...texts: string[]): StatedRate[] => texts.map((text) => rateOf(readLimit(text)!));

describe('readLimit', () => {
  it.each([
    ['1/m', { count: 1, perMs: minute }],
    ['5/h', { count: 5, perMs: hour }],
    ['3000/s', { count: 3000, perMs: 1000 }],
    [' 10/d ', { count: 10, perMs: 24 * hour }],
  ])('reads %j', (text, limit) => expect(readLimit(text)).toEqual(limit));

  it.each(['', '5', '0/m', '5/w', '-1/m', '1.5/h', '99999999/s'])('does not take %j', (text) =>
    expect(readLimit(text)).toBeNull(),
  );
});

describe('rateText', () => {
  it.each([
    [[], '不限'],
    [['1/m'], '每分钟1次'],
    [['2/m'], '每分钟2次'],
    [['3000/s', '5/h', '10/d'], '每秒3000次，每小时5次，每天10次'],
  ])('says %j as it was set', (texts, said) => expect(rateText(rates(...texts))).toBe(said));
});

describe('a bucket', () => {
  it('is full while nobody has touched it', () => expect(tokensAt(rates('30/m'), [], 0)).toBe(15));

  it('gives back one token an interval, and never more than it holds', () => {
    const rate = rates('20/m');
    const empty = take(rate, [], 10, 0);
    expect([0, 5999, 6000, 59_999, 60_000, hour].map((now) => tokensAt(rate, empty, now))).toEqual([
      0, 0, 1, 9, 10, 10,
    ]);
  });

  it.each([
    ['1/m', 1, minute],
    ['5/h', 5, hour],
    ['30/m', 30, minute],
    ['10/d', 10, 24 * hour],
  ])('keeps %s in any window, however greedily it is emptied', (text, most, window) => {
    const rate = rates(text);
    const taken: number[] = [];
    let state: BucketState = [];
    for (let now = 0; now < 4 * window; now += window / 240) {
      for (let free = tokensAt(rate, state, now); free > 0; free--) {
        state = take(rate, state, 1, now);
        taken.push(now);
      }
    }
    for (const from of taken)
      expect(taken.filter((at) => at >= from && at < from + window).length).toBeLessThanOrEqual(most);
    expect(taken.length).toBeGreaterThan(most); // and it does not run dry for good
  });

  it('obeys the tightest of several rates', () => {
    const number = rates('1/m', '5/h');
    let state = take(number, [], 1, 0);
    expect(tokensAt(number, state, 59_999)).toBe(0);
    expect(nextToken(number, state, 0)).toEqual({ atMs: minute, everyMs: minute });
    state = take(number, take(number, state, 1, minute), 1, 2 * minute);
    expect(tokensAt(number, state, 3 * minute)).toBe(0);
    expect(nextToken(number, state, 3 * minute)).toEqual({ atMs: 30 * minute, everyMs: 30 * minute });
  });
});

describe('share', () => {
  const of = () => rates('4/m'); // two at once, one every 30 s

  it('serves in order and tells everybody else the time, each its own', () => {
    const wanting = ['a', 'b', 'c', 'd'].map((id) => ({ id, bucket: 'qq.com' }));
    const { waiting, dry, state } = share(wanting, of, new Map(), 0);
    expect(waiting).toEqual([
      { id: 'c', bucket: 'qq.com', atMs: 30_000 },
      { id: 'd', bucket: 'qq.com', atMs: 60_000 },
    ]);
    expect(dry.get('qq.com')).toEqual({ atMs: 90_000, everyMs: 30_000 });
    expect(tokensAt(of(), state.get('qq.com')!, 0)).toBe(0);
  });

  it('does not let one bucket that is dry hold up another', () => {
    const wanting = [
      { id: 'a', bucket: 'dry' },
      { id: 'b', bucket: 'full' },
    ];
    const states = new Map([['dry', take(of(), [], 2, 0)]]);
    expect(share(wanting, of, states, 0).waiting.map(({ id }) => id)).toEqual(['a']);
  });
});
