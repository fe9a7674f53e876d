import { clockWarning, clockWasAhead } from './clock-difference.js';

const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];

it.each([0, second, -second, minute, -minute, 30 * second])('says nothing of %d ms', (ms) =>
  expect(clockWarning(ms)).toBeNull(),
);

it.each([
  [minute + 1, '快约1分钟'],
  [-61 * second, '慢约1分钟'],
  [3 * minute, '快约3分钟'],
  [-119 * minute, '慢约119分钟'],
  [8 * hour, '快约8小时'],
  [-8 * hour - 30 * second, '慢约8小时'],
  [47 * hour, '快约47小时'],
  [-365 * day, '慢约365天'],
])('says of %d ms how far the clocks are apart', (ms, words) => expect(clockWarning(ms)).toContain(`比本机${words}，`));

it('does not blame the clock for a slow answer', () => {
  expect(clockWarning(70 * second, 15 * second)).toBeNull();
  expect(clockWarning(-70 * second, 5 * second)).toContain('慢约1分钟');
});

describe('a clock that was ahead', () => {
  const now = new Date('2026-11-23T02:00:00Z');
  const later = (ms: number) => new Date(now.getTime() + ms);

  it.each([
    [[later(8 * hour), null], '快约8小时'],
    [[later(-minute), later(3 * minute)], '快约3分钟'],
    [[later(3 * day), later(3 * day + minute)], '快约3天'],
  ])('is known by what it has dated after now: %j', (dated, words) =>
    expect(clockWasAhead(dated, now)).toContain(words),
  );

  it.each([[[later(-8 * hour), later(-hour)]], [[later(30 * second), null]], [[now, null]]])(
    'is not suspected for %j',
    (dated) => expect(clockWasAhead(dated, now)).toBeNull(),
  );
});
