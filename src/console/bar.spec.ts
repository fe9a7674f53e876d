import { barOf } from './bar.js';

it('leaves no gap and nobody out', () => {
  for (const copies of [1, 3, 7, 115, 50_000])
    for (const acknowledged of [0, 1, Math.floor(copies / 3), copies]) {
      const openedOnly = Math.min(copies - acknowledged, 2);
      const { parts } = barOf({ copies, acknowledged, openedOnly, unreached: 0 });
      expect(parts.reduce((sum, { n }) => sum + n, 0)).toBe(copies);
      parts.forEach(({ x }, at) => at > 0 && expect(x).toBeCloseTo(parts[at - 1]!.x + parts[at - 1]!.width, 5));
      expect(parts.at(-1)!.x + parts.at(-1)!.width).toBeCloseTo(100, 5);
    }
});

it('says in words what it shows, and 100% of nobody but all', () => {
  const bar = barOf({ copies: 115, acknowledged: 114, openedOnly: 0, unreached: 1 });
  expect(bar.label).toBe('共115人：已签收114人，已打开未签收0人，未打开0人，无法送达1人');
  expect(bar.rate).toBe('99%');
  expect(barOf({ copies: 0, acknowledged: 0, openedOnly: 0, unreached: 0 }).rate).toBe('0%');
});
