import { jest } from '@jest/globals';
import { BatchLease } from './batch-lease.js';

const length = 6000;

describe('the lease of a batch', () => {
  let works: boolean;
  let renewed: Date[];
  let lease: BatchLease;
  beforeEach(() => {
    jest.useFakeTimers({ now: 0 });
    [works, renewed] = [true, []];
    const renew = (until: Date) =>
      works ? Promise.resolve(void renewed.push(until)) : Promise.reject(new Error('no database'));
    lease = new BatchLease(new Date(length), length, Date.now, renew, () => undefined);
  });
  afterEach(() => {
    lease.close();
    jest.useRealTimers();
  });

  it('is renewed while the batch lasts', async () => {
    await jest.advanceTimersByTimeAsync(10 * length);
    expect(lease.lost.aborted).toBe(false);
    expect(renewed.at(-1)!.getTime()).toBe(11 * length);
  });

  it('is given up well before it ends when it cannot be renewed', async () => {
    await jest.advanceTimersByTimeAsync(length);
    works = false;
    await jest.advanceTimersByTimeAsync(length / 3);
    expect(lease.lost.aborted).toBe(false);
    await jest.advanceTimersByTimeAsync(length / 3);
    expect(lease.lost.aborted).toBe(true);
  });
});
