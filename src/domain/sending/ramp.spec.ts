import { rampAt } from './ramp.js';

const at = (beijing: string) => new Date(`${beijing}+08:00`);

it.each<[string | null, string, number, number]>([
  ['2026-12-01', '2026-12-01T00:00', 1, 50],
  ['2026-12-01', '2026-12-01T23:59', 1, 50],
  ['2026-12-01', '2026-12-02T00:00', 2, 100],
  ['2026-12-30', '2027-01-01T08:00', 3, 200],
  ['2026-12-01', '2026-12-07T12:00', 7, 3200],
])('lets a domain in use since %s send at %s as on its day %i: %i', (from, now, day, mails) =>
  expect(rampAt(from, at(now))).toEqual({ day, mails }),
);

it.each<[string | null, string]>([
  [null, '2026-12-01T12:00'],
  ['2026-12-01', '2026-12-08T00:00'],
  ['2026-12-01', '2026-11-30T23:59'],
])('limits nothing for a domain in use since %s at %s', (from, now) => expect(rampAt(from, at(now))).toBeNull());
