import { Pace } from './pace.js';

/** The sizes of the batches that a provider who takes `perSecond` is sent. */
function sizes(most: number, perSecond: number, batches: number): number[] {
  const pace = new Pace(most);
  return Array.from({ length: batches }, () => {
    const { size } = pace;
    pace.note(size, (size / perSecond) * 1000);
    return size;
  });
}

describe('the size of a batch', () => {
  it('grows while a provider takes batches fast, up to the most a channel takes', () =>
    expect(sizes(400, 4000, 5)).toEqual([50, 100, 200, 400, 400]));

  it.each([17, 40, 60, 120, 180])('is what leaves in two seconds, at %d a second', (perSecond) =>
    expect(sizes(400, perSecond, 6).at(-1)).toBe(Math.max(50, perSecond * 2)),
  );

  it('shrinks at once when a provider becomes slow', () => {
    const pace = new Pace(400);
    for (let batch = 0; batch < 4; batch++) pace.note(400, 100);
    pace.note(400, 20_000);
    expect(pace.size).toBe(50);
  });

  it('keeps all connections of a slow relay busy', () => expect(sizes(2000, 1, 3)).toEqual([200, 200, 200]));

  it('never exceeds what the channel takes', () => expect(sizes(10, 5000, 3)).toEqual([10, 10, 10]));
});
