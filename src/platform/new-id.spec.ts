import { newId } from './new-id.js';

const future = Date.UTC(2126, 0, 1);

describe('a new id', () => {
  it('is a UUID of version 7 that begins with the time', () => {
    expect(newId(future)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const time = newId(future + 1000)
      .replaceAll('-', '')
      .slice(0, 12);
    expect(Number.parseInt(time, 16)).toBe(future + 1000);
  });

  it('comes behind the one before it, in one millisecond, over many, and when the clock goes back', () => {
    const times = [future + 2000, future + 3000, future + 1000];
    const ids = times.flatMap((time) => Array.from({ length: 5000 }, () => newId(time)));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(15_000);
  });
});
