import { Pace } from './pace.js';

describe('the size of a batch', () => {
  const after = (most: number, ...batches: number[]) => {
    const pace = new Pace(most);
    batches.forEach((ms) => pace.note(ms));
    return pace.size;
  };

  it('grows while a provider takes batches fast, up to the most a channel takes', () => {
    expect([after(400), after(400, 100), after(400, 100, 100)]).toEqual([128, 256, 400]);
  });

  it('shrinks when a batch takes long, so that a pause takes hold in seconds', () => {
    expect([after(400, 20_000), after(400, 20_000, 20_000), after(400, 20_000, 20_000, 20_000)]).toEqual([64, 50, 50]);
    expect(after(400, 1500)).toBe(128);
  });

  it('never exceeds what the channel takes', () => expect([after(10), after(10, 5_000, 1)]).toEqual([10, 10]));
});
