import type { Calendar } from '../calendar.js';
import { clockText, digestTime, waitsForDigest } from './daily-digest.js';

const calendar: Calendar = new Map([
  ['2025-04-04', 'holiday'],
  ['2025-04-27', 'workday'],
]);
const at = (text: string) => new Date(`${text}:00+08:00`);
const five = 17 * 60;
const always = { quiet: 0, workingDaysOnly: false };
/** From eight in the evening until eight in the morning. */
const office = { quiet: 0b1111_0000_0000_0000_1111_1111, workingDaysOnly: true };

describe('digestTime', () => {
  it.each([
    ['before the hour', '2025-04-03T10:00', always, '2025-04-03T17:00'],
    ['at the hour', '2025-04-03T17:00', always, '2025-04-03T17:00'],
    ['after the hour', '2025-04-03T17:01', always, '2025-04-04T17:00'],
    ['late at night by the clock of Beijing', '2025-04-03T00:30', always, '2025-04-03T17:00'],
    ['before three days off', '2025-04-03T17:01', office, '2025-04-07T17:00'],
    ['on a Sunday that is worked', '2025-04-27T09:00', office, '2025-04-27T17:00'],
    ['when the hour is quiet', '2025-04-03T10:00', { quiet: 0b11 << 17, workingDaysOnly: false }, '2025-04-03T19:00'],
  ])('%s', (_, now, rule, expected) => {
    expect(digestTime(at(now), five, rule, calendar)).toEqual(at(expected));
  });
});

describe('waitsForDigest', () => {
  const mail = { wish: true, channel: 'email', urgency: 'normal', isCorrection: false } as const;
  it('holds for an ordinary mail only', () => {
    expect(waitsForDigest(mail)).toBe(true);
    expect(waitsForDigest({ ...mail, wish: false })).toBe(false);
    expect(waitsForDigest({ ...mail, channel: 'sms' })).toBe(false);
    expect(waitsForDigest({ ...mail, urgency: 'urgent' })).toBe(false);
    expect(waitsForDigest({ ...mail, urgency: 'extraUrgent' })).toBe(false);
    expect(waitsForDigest({ ...mail, isCorrection: true })).toBe(false);
  });
});

it('writes the time of day as a clock does', () => {
  expect([0, 485, five].map(clockText)).toEqual(['00:00', '08:05', '17:00']);
});
