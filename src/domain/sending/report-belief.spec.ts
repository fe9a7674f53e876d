import type { DeliveryReport } from '../delivery.js';
import { believed, waitAfterWrongKey } from './report-belief.js';

const began = new Date('2026-01-02T03:00:00Z');
const after = (minutes: number) => new Date(began.getTime() + minutes * 60_000);
const received = after(60);
const report = (more: Partial<DeliveryReport> = {}): DeliveryReport => ({
  ...{ provider: 'aliyun', deliveryId: 'd', status: 'failed', code: 'UNDELIV', reason: '', reportedAt: after(1) },
  ...more,
});
const aliyun = { provider: 'aliyun', startedAt: began };
const tencent = { provider: 'tencent', startedAt: after(5) };
const wecom = { provider: 'wecom', startedAt: began };

describe('a report', () => {
  it.each([
    ['of a message nobody tried', report(), []],
    ['of another provider than had the message', report(), [wecom]],
    ['of another provider, although it says delivered', report({ status: 'delivered' }), [wecom]],
    ['of a failure with a provider that was given up', report(), [aliyun, tencent]],
    ['of waiting with a provider that was given up', report({ status: 'pending' }), [aliyun, tencent]],
  ])('%s is not believed', (_what, said, tries) => {
    expect(believed(said, tries, received)).toBeNull();
  });

  it.each([
    ['of the provider that has the message', report(), [aliyun]],
    ['of the last provider', report({ provider: 'tencent', reportedAt: after(6) }), [aliyun, tencent]],
    ['of arrival with an earlier provider', report({ status: 'delivered' }), [aliyun, tencent]],
    ['a little before the try, as clocks differ', report({ reportedAt: after(-9) }), [aliyun]],
    ['a little ahead, as clocks differ', report({ reportedAt: after(69) }), [aliyun]],
    ['of a try before the last', report({ reportedAt: after(1) }), [aliyun, { ...aliyun, startedAt: after(30) }]],
  ])('%s is believed as it is', (_what, said, tries) => {
    expect(believed(said, tries, received)).toEqual({ ...said, givenAt: null });
  });

  it.each([new Date('1999-01-01T00:00:00Z'), new Date('2099-01-01T00:00:00Z'), after(-11), after(71)])(
    'that gives %p as its time is dated by its arrival, and what it gave is noted',
    (given) => {
      expect(believed(report({ reportedAt: given }), [aliyun], received)).toMatchObject({
        reportedAt: received,
        givenAt: given,
      });
    },
  );
});

it('answers to wrong keys come slower and slower, and not slower than a vendor waits', () => {
  const waits = Array.from({ length: 40 }, (_, at) => waitAfterWrongKey(at + 1));
  expect(waits.slice(0, 3)).toEqual([0, 0, 0]);
  expect(waits.every((ms, at) => at === 0 || ms >= waits[at - 1]!)).toBe(true);
  expect(waits.at(-1)).toBe(10_000);
});
