import { jest } from '@jest/globals';
import { endsInTime, stoppingPatienceMs } from './ends-in-time.js';

describe('work that a provider is slow with', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());
  const forever = new Promise<void>(() => undefined);

  it('may take its time while nobody stops the system', async () => {
    const ended = endsInTime(new Promise((done) => setTimeout(done, 600_000)), new AbortController().signal);
    await jest.advanceTimersByTimeAsync(600_000);
    expect(await ended).toBe(true);
  });

  it.each([false, true])('is not waited for much longer once the system stops (stopped before: %s)', async (before) => {
    const stopping = new AbortController();
    if (before) stopping.abort();
    let ended: boolean | undefined;
    void endsInTime(forever, stopping.signal).then((inTime) => (ended = inTime));
    stopping.abort();
    await jest.advanceTimersByTimeAsync(stoppingPatienceMs - 1);
    expect(ended).toBeUndefined();
    await jest.advanceTimersByTimeAsync(1);
    expect(ended).toBe(false);
  });

  it('passes on what it throws', async () => {
    await expect(endsInTime(Promise.reject(new Error('x')), new AbortController().signal)).rejects.toThrow('x');
  });
});
