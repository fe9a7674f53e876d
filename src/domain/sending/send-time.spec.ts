import { furthestAheadMs, lateAfterMs, readSendTime, startOf } from './send-time.js';

const now = new Date('2026-11-23T02:00:00Z'); // 10:00 in Beijing
const after = (ms: number) => new Date(now.getTime() + ms);

describe('startOf', () => {
  it('waits for its time, starts when it has come, and asks when it was missed by far', () => {
    expect(startOf(after(1), now)).toBe('wait');
    expect(startOf(now, now)).toBe('start');
    expect(startOf(after(-lateAfterMs), now)).toBe('start');
    expect(startOf(after(-lateAfterMs - 1), now)).toBe('ask');
  });
});

describe('readSendTime', () => {
  it('reads Beijing’s clock', () => {
    expect(readSendTime('2026-11-24T08:00', now)).toEqual({ at: new Date('2026-11-24T00:00:00Z') });
  });

  it.each([
    ['2026-11-23T09:59', '已经过去'],
    ['2026-11-23T10:00', '已经过去'],
    ['2027-11-23T10:00', '超过30天'],
    ['明天早上', '不正确'],
    ['2026-13-40T10:00', '不正确'],
  ])('refuses %s', (text, why) => {
    expect(readSendTime(text, now)).toEqual({ fault: expect.stringContaining(why) as string });
  });

  it('takes the last moment that is not too far', () => {
    expect(readSendTime('2026-12-23T10:00', now)).toEqual({ at: after(furthestAheadMs) });
  });
});
