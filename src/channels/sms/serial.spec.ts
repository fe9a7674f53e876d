import { serialOf } from './serial.js';

const delivery = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

it('gives each message digits of its own, always the same and as many as asked for', () => {
  const all = Array.from({ length: 500 }, (_, n) => serialOf(delivery(n), 4));
  expect(all.filter((serial) => !/^\d{4}$/.test(serial))).toEqual([]);
  expect(new Set(all).size).toBeGreaterThan(450);
  expect(serialOf(delivery(7), 4)).toBe(all[7]);
  expect([serialOf(delivery(7), 0), serialOf(delivery(7), 1).length, serialOf(delivery(7), 8).length]).toEqual([
    '',
    1,
    8,
  ]);
});
