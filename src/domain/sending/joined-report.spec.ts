import { joinedReport, type MessagePart } from './joined-report.js';

const part = (status?: 'delivered' | 'failed', minute = 0, code = status === 'failed' ? 'UNDELIV' : 'DELIVRD') =>
  ({
    reference: `${minute}`,
    report: status ? { status, code, reason: '', reportedAt: new Date(Date.UTC(2026, 10, 30, 1, minute)) } : null,
  }) satisfies MessagePart;

describe('the reports on the parts of a message', () => {
  it.each([
    ['nothing', []],
    ['a part of which nothing was said', [part()]],
    ['a part of two', [part('delivered'), part()]],
    ['two parts of three', [part('delivered'), part(), part('delivered', 2)]],
  ])('say nothing when there is %s', (_what, parts) => expect(joinedReport(parts)).toBeNull());

  it.each([
    ['the only part', [part('delivered', 1)], 1],
    ['all parts', [part('delivered', 1), part('delivered', 5), part('delivered', 3)], 5],
  ])('say that it arrived, with the last, when %s did', (_what, parts, minute) =>
    expect(joinedReport(parts)).toMatchObject({
      status: 'delivered',
      reportedAt: new Date(Date.UTC(2026, 10, 30, 1, minute)),
    }),
  );

  it.each([
    ['the only part', [part('failed', 1, 'EXPIRED')]],
    ['one part, the others not being known', [part(), part('failed', 3, 'EXPIRED'), part()]],
    ['one part, the others having arrived', [part('delivered', 1), part('failed', 3, 'EXPIRED'), part('delivered', 9)]],
    ['two parts, by the first', [part('failed', 9, 'UNDELIV'), part('failed', 3, 'EXPIRED')]],
  ])('say that it failed when %s did', (_what, parts) =>
    expect(joinedReport(parts)).toMatchObject({ status: 'failed', code: 'EXPIRED' }),
  );
});
