import {
  addWorkingDays,
  beijingDate,
  bothQuiet,
  type Calendar,
  chineseDate,
  chineseDateTime,
  type DayKind,
  isQuiet,
  isWorkingDay,
  nextWakingTime,
  parseIsoDate,
  quietHours,
  workingDaysBefore,
  yearsWithoutData,
} from './calendar.js';

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

  it.each([
    '2025-02-29',
    '2025-04-31',
    '2025-13-01',
    '2025-00-10',
    '2025-4-3',
    '20250403',
    '2025-04-03T00:00',
    '',
    '0000-01-01',
    '1899-12-31',
    '2200-01-01',
    '9999-12-31',
    '10000-01-01',
    '275760-09-13',
  ])('refuses %s', (text) => {
    expect(parseIsoDate(text)).toBeNull();
  });
});

describe('working days', () => {
  const calendar: Calendar = new Map<string, DayKind>([
    ['2025-12-31', 'holiday'],
    ['2026-01-01', 'holiday'],
    ['2026-01-02', 'holiday'],
    ['2026-01-04', 'workday'],
    ['2026-09-20', 'workday'],
  ]);

  it.each([
    ['2026-11-23', true, 'a Monday'],
    ['2026-11-27', true, 'a Friday'],
    ['2026-11-28', false, 'a Saturday'],
    ['2026-11-29', false, 'a Sunday'],
    ['2026-01-01', false, 'a holiday on a Thursday'],
    ['2026-01-04', true, 'a Sunday that is worked'],
    ['2026-09-20', true, 'a Sunday worked eleven days before its holiday'],
  ])('%s: %s, %s', (date, works) => {
    expect(isWorkingDay(date, calendar)).toBe(works);
  });

  it.each([
    ['2026-11-23T10:00+08:00', 2, '2026-11-25T10:00+08:00', 'in one week'],
    ['2026-11-27T10:00+08:00', 2, '2026-12-01T10:00+08:00', 'over a weekend'],
    ['2026-11-28T21:00+08:00', 1, '2026-11-30T21:00+08:00', 'from a day off'],
    ['2025-12-30T10:00+08:00', 2, '2026-01-05T10:00+08:00', 'over the year and a worked Sunday'],
    ['2026-11-23T23:30+08:00', 0, '2026-11-23T23:30+08:00', 'none'],
  ])('from %s, %i later is %s: %s', (from, days, to) => {
    expect(addWorkingDays(new Date(from), days, calendar)).toEqual(new Date(to));
  });

  it.each([
    ['2026-12-01T10:00+08:00', 2],
    ['2026-01-05T09:00+08:00', 2],
    ['2026-01-06T09:00+08:00', 5],
    ['2026-11-29T09:00+08:00', 1],
  ])('counts back from %s what it counts forward (%i days)', (now, days) => {
    const latest = workingDaysBefore(new Date(now), days, calendar);
    expect(addWorkingDays(latest, days, calendar).getTime()).toBeLessThanOrEqual(new Date(now).getTime());
    const later = new Date(latest.getTime() + 86_400_000);
    expect(addWorkingDays(later, days, calendar).getTime()).toBeGreaterThan(new Date(now).getTime());
  });

  it('misses the current year at once, the next one when its notice is due', () => {
    expect(yearsWithoutData('2026-10-31', calendar)).toEqual([]);
    expect(yearsWithoutData('2026-11-01', calendar)).toEqual([2027]);
    expect(yearsWithoutData('2027-03-01', calendar)).toEqual([2027]);
  });
});

describe('quiet hours', () => {
  const night = quietHours(20, 8);

  it.each([
    ['2026-11-23T19:59:59.999+08:00', false],
    ['2026-11-23T20:00:00+08:00', true],
    ['2026-11-24T00:00:00+08:00', true],
    ['2026-11-24T07:59:59.999+08:00', true],
    ['2026-11-24T08:00:00+08:00', false],
    ['2026-11-24T12:00:00+08:00', false],
  ])('20:00 to 08:00 at %s: %s', (at, quiet) => {
    expect(isQuiet(new Date(at), night)).toBe(quiet);
  });

  it.each([
    [12, 14, [12, 13]],
    [23, 1, [0, 23]],
    [22, 0, [22, 23]],
    [8, 8, []],
  ])('from %i until %i are the hours %j', (from, until, hours) => {
    const all = Array.from({ length: 24 }, (_, hour) => hour);
    expect(all.filter((hour) => quietHours(from, until) & (1 << hour))).toEqual(hours);
  });

  it('of a person come on top of the office’s, unless nothing is left', () => {
    expect(bothQuiet(night, quietHours(12, 13))).toBe(night | (1 << 12));
    expect(bothQuiet(night, quietHours(8, 20))).toBe(night);
  });
});

describe('nextWakingTime', () => {
  const calendar: Calendar = new Map<string, DayKind>([
    ['2026-10-01', 'holiday'],
    ['2026-10-02', 'holiday'],
    ['2026-10-05', 'holiday'],
    ['2026-10-06', 'holiday'],
    ['2026-10-07', 'holiday'],
    ['2026-10-10', 'workday'],
  ]);
  const night = quietHours(20, 8);
  const office = { quiet: night, workingDaysOnly: true };

  it.each([
    ['2026-11-23T15:30:10+08:00', '2026-11-23T15:30:10+08:00', 'at once by day'],
    ['2026-11-23T20:00:00+08:00', '2026-11-24T08:00:00+08:00', 'in the evening'],
    ['2026-11-24T00:00:00+08:00', '2026-11-24T08:00:00+08:00', 'at midnight'],
    ['2026-11-24T07:59:59+08:00', '2026-11-24T08:00:00+08:00', 'in the early morning'],
    ['2026-11-27T20:00:00+08:00', '2026-11-30T08:00:00+08:00', 'on Friday evening'],
    ['2026-11-29T21:00:00+08:00', '2026-11-30T08:00:00+08:00', 'on Sunday night'],
    ['2026-09-30T20:00:00+08:00', '2026-10-08T08:00:00+08:00', 'before the National Day'],
    ['2026-10-09T20:00:00+08:00', '2026-10-10T08:00:00+08:00', 'before a Saturday that is worked'],
    ['2026-12-31T23:00:00+08:00', '2027-01-01T08:00:00+08:00', 'at the end of a year that is not on file'],
  ])('%s: %s, %s', (at, until) => {
    expect(nextWakingTime(new Date(at), office, calendar)).toEqual(new Date(until));
  });

  it('may leave on days off when only the night is quiet', () => {
    const at = new Date('2026-11-28T20:30:00+08:00');
    expect(nextWakingTime(at, { quiet: night, workingDaysOnly: false }, calendar)).toEqual(
      new Date('2026-11-29T08:00:00+08:00'),
    );
  });

  it('waits for nothing without a rule', () => {
    const at = new Date('2026-11-28T23:30:00+08:00');
    expect(nextWakingTime(at, { quiet: 0, workingDaysOnly: false }, calendar)).toEqual(at);
  });
});
