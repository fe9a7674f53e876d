import { afterQuietHours, beijingDate, chineseDate, chineseDateTime, isQuietHour, parseIsoDate } from './calendar.js';

describe('Beijing time', () => {
  it('begins the day eight hours before UTC', () => {
    expect(beijingDate(new Date('2026-11-22T15:59:59.999Z'))).toBe('2026-11-22');
    expect(beijingDate(new Date('2026-11-22T16:00:00Z'))).toBe('2026-11-23');
    expect(beijingDate(new Date('2026-12-31T16:00:00Z'))).toBe('2027-01-01');
  });

  it('is written the Chinese way', () => {
    expect(chineseDate('2025-04-03')).toBe('2025年4月3日');
    expect(chineseDateTime(new Date('2026-11-23T00:05:59Z'))).toBe('2026年11月23日 08:05');
    expect(chineseDateTime(new Date('2026-11-22T16:00:00Z'))).toBe('2026年11月23日 00:00');
    expect(() => chineseDate('2025-4-3')).toThrow(RangeError);
  });
});

describe('parseIsoDate', () => {
  it.each(['2025-04-03', '2024-02-29', '2000-02-29'])('takes %s', (text) => {
    expect(parseIsoDate(` ${text} `)).toBe(text);
  });

  it.each(['2025-02-29', '2025-04-31', '2025-13-01', '2025-00-10', '2025-4-3', '20250403', '2025-04-03T00:00', ''])(
    'refuses %s',
    (text) => {
      expect(parseIsoDate(text)).toBeNull();
    },
  );
});

describe('quiet hours', () => {
  it.each([
    ['2026-11-23T19:59:59.999+08:00', false],
    ['2026-11-23T20:00:00+08:00', true],
    ['2026-11-24T00:00:00+08:00', true],
    ['2026-11-24T07:59:59.999+08:00', true],
    ['2026-11-24T08:00:00+08:00', false],
    ['2026-11-24T12:00:00+08:00', false],
  ])('at %s: %s', (at, quiet) => {
    expect(isQuietHour(new Date(at))).toBe(quiet);
  });

  it.each([
    ['2026-11-23T20:00:00+08:00', '2026-11-24T08:00:00+08:00'],
    ['2026-11-23T23:59:59+08:00', '2026-11-24T08:00:00+08:00'],
    ['2026-11-24T00:00:00+08:00', '2026-11-24T08:00:00+08:00'],
    ['2026-11-24T07:59:59+08:00', '2026-11-24T08:00:00+08:00'],
    ['2026-11-24T08:00:00+08:00', '2026-11-24T08:00:00+08:00'],
    ['2026-11-24T15:30:00+08:00', '2026-11-24T15:30:00+08:00'],
  ])('%s waits until %s', (at, until) => {
    expect(afterQuietHours(new Date(at))).toEqual(new Date(until));
  });
});
