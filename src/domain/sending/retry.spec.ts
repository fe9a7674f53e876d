import type { SendOutcome } from '../delivery.js';
import { afterOutcome, deadlineFor, type RetryPolicy, retryPolicy, settleDoubt } from './retry.js';

const now = new Date('2026-11-23T02:00:00Z');
const deadline = deadlineFor('normal', now);
const steady: RetryPolicy = { ...retryPolicy, jitter: 0 };

function retry(
  kind: 'network' | 'throttled' | 'provider',
  more: { code?: string; afterMs?: number } = {},
): SendOutcome {
  return { kind: 'retry', class: kind, code: 'X', reason: '连接失败', ...more };
}

function seconds(ms: number): Date {
  return new Date(now.getTime() + ms * 1000);
}

describe('afterOutcome', () => {
  it.each([
    [0, 30],
    [1, 120],
    [2, 480],
    [3, 1920],
    [4, 3600],
    [500, 3600],
  ])('after %d earlier attempts waits %d seconds', (attempts, wait) => {
    expect(afterOutcome(retry('network'), { attempts, deadline }, now, 0.5, steady)).toEqual({
      state: 'planned',
      nextAttemptAt: seconds(wait),
      countsAttempt: true,
      code: 'X',
      reason: '连接失败',
    });
  });

  it('spreads retries by a fifth in both directions, never further', () => {
    const waits = [0, 0.25, 0.5, 0.75, 0.999_999].map((random) => {
      const after = afterOutcome(retry('provider'), { attempts: 1, deadline }, now, random);
      return after.state === 'planned' ? (after.nextAttemptAt.getTime() - now.getTime()) / 1000 : NaN;
    });
    expect(waits[0]).toBe(96);
    expect(waits[2]).toBe(120);
    expect(waits[4]).toBeCloseTo(144, 2);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
  });

  it('waits as long as the provider asks, when that is longer', () => {
    const wait = (afterMs: number) =>
      afterOutcome(retry('provider', { afterMs }), { attempts: 0, deadline }, now, 0, steady);
    expect(wait(90_000)).toMatchObject({ nextAttemptAt: seconds(90) });
    expect(wait(1_000)).toMatchObject({ nextAttemptAt: seconds(30) });
  });

  it.each([
    [5_000, 5],
    [undefined, 60],
  ])('closes the channel when throttled (%p ms) and does not count the attempt', (afterMs, wait) => {
    const outcome = retry('throttled', afterMs === undefined ? {} : { afterMs });
    expect(afterOutcome(outcome, { attempts: 3, deadline }, now, 0.9)).toMatchObject({
      state: 'planned',
      countsAttempt: false,
      nextAttemptAt: seconds(wait),
      gate: { until: seconds(wait), reason: '连接失败' },
    });
  });

  it('tries at once, without counting, what was never started', () => {
    expect(afterOutcome(retry('network', { code: 'NOT_STARTED' }), { attempts: 2, deadline }, now, 0)).toMatchObject({
      state: 'planned',
      nextAttemptAt: now,
      keepsPlace: true,
      countsAttempt: false,
    });
  });

  it.each([retry('network'), retry('throttled'), retry('network', { code: 'NOT_STARTED' })])(
    'gives up when the next attempt would fall past the deadline (%#)',
    (outcome) => {
      const after = afterOutcome(outcome, { attempts: 0, deadline: now }, now, 0.5);
      expect(after).toMatchObject({
        state: 'failed',
        class: 'deadline',
        code: outcome.kind === 'retry' ? outcome.code : '',
      });
      expect(after).toHaveProperty('reason', '已过投递期限，最后一次未成功的原因：连接失败');
    },
  );

  it('still closes the gate for the others when a throttled row is given up', () => {
    const after = afterOutcome(retry('throttled', { afterMs: 10_000 }), { attempts: 0, deadline: seconds(5) }, now, 0);
    expect(after).toMatchObject({ state: 'failed', gate: { until: seconds(10) } });
  });

  it('keeps the row and stops the channel when the configuration is refused, even past the deadline', () => {
    const outcome: SendOutcome = { kind: 'refused', class: 'configuration', code: 'AUTH', reason: '密码不正确' };
    expect(afterOutcome(outcome, { attempts: 9, deadline: seconds(-1) }, now, 0)).toEqual({
      state: 'planned',
      nextAttemptAt: now,
      countsAttempt: false,
      code: 'AUTH',
      reason: '密码不正确',
      circuit: { reason: '密码不正确' },
    });
  });

  it.each(['recipient', 'content'] as const)('fails what is refused for its %s', (kind) => {
    const outcome: SendOutcome = { kind: 'refused', class: kind, code: '5.1.1', reason: '地址不存在' };
    const expected = { state: 'failed', class: kind, code: '5.1.1', reason: '地址不存在' };
    expect(afterOutcome(outcome, { attempts: 0, deadline }, now, 0)).toEqual(expected);
  });

  it('passes on acceptance and doubt, whatever the deadline', () => {
    const row = { attempts: 0, deadline: seconds(-1) };
    expect(afterOutcome({ kind: 'accepted', reference: 'm1' }, row, now, 0)).toEqual({
      state: 'sent',
      reference: 'm1',
    });
    const doubt: SendOutcome = { kind: 'unknown', code: 'ETIMEDOUT', reason: '没有回答' };
    expect(afterOutcome(doubt, row, now, 0)).toEqual({ state: 'doubt', code: 'ETIMEDOUT', reason: '没有回答' });
  });
});

describe('deadlineFor', () => {
  it.each([
    ['extraUrgent', '2026-11-23T06:00:00Z'],
    ['urgent', '2026-11-24T02:00:00Z'],
    ['normal', '2026-11-26T02:00:00Z'],
  ] as const)('%s until %s', (urgency, until) => {
    expect(deadlineFor(urgency, now)).toEqual(new Date(until));
  });
});

describe('settleDoubt', () => {
  const doubt = {
    repeatableForMs: 0,
    canBeAsked: false,
    reconcileAfterMs: 60_000,
    firstTriedAt: now,
    doubtSince: now,
    rule: 'hold' as const,
    repetitions: 0,
    doubtWindowMs: 600_000,
  };
  const askable = { ...doubt, canBeAsked: true };
  const repeatable = { ...doubt, repeatableForMs: 100_000 };

  it('sends again while the provider drops doubles, with a margin', () => {
    expect(settleDoubt(repeatable, null, seconds(89))).toBe('sendAgain');
    expect(settleDoubt(repeatable, null, seconds(90))).toBe('wait');
    expect(settleDoubt({ ...repeatable, canBeAsked: true }, { kind: 'noAnswer' }, seconds(30))).toBe('sendAgain');
  });

  it('asks once the answer can be trusted', () => {
    expect(settleDoubt(askable, null, seconds(59))).toBe('wait');
    expect(settleDoubt(askable, null, seconds(60))).toBe('ask');
    expect(settleDoubt({ ...askable, repeatableForMs: 100_000 }, null, seconds(90))).toBe('ask');
  });

  it('believes a clear answer', () => {
    expect(settleDoubt(askable, { kind: 'taken' }, seconds(61))).toBe('sent');
    expect(settleDoubt(askable, { kind: 'notTaken' }, seconds(61))).toBe('sendAgain');
    expect(settleDoubt({ ...repeatable, canBeAsked: true }, { kind: 'taken' }, seconds(1))).toBe('sent');
  });

  it('does not believe "not taken" before the provider can know', () => {
    expect(settleDoubt(askable, { kind: 'notTaken' }, seconds(59))).toBe('wait');
  });

  it('counts the waiting from the doubt, not from the claim of the batch', () => {
    const late = { ...askable, firstTriedAt: seconds(-300), doubtSince: now };
    expect(settleDoubt(late, { kind: 'notTaken' }, seconds(59))).toBe('wait');
    expect(settleDoubt({ ...doubt, firstTriedAt: seconds(-900) }, null, seconds(599))).toBe('wait');
  });

  it('counts the window for doubles from the first try in doubt', () => {
    expect(settleDoubt({ ...repeatable, firstTriedAt: seconds(-89) }, null, seconds(0))).toBe('sendAgain');
    expect(settleDoubt({ ...repeatable, firstTriedAt: seconds(-90) }, null, seconds(0))).toBe('wait');
  });

  it('leaves it to a person when the provider stays silent', () => {
    expect(settleDoubt(askable, { kind: 'noAnswer' }, seconds(599))).toBe('wait');
    expect(settleDoubt(askable, { kind: 'noAnswer' }, seconds(600))).toBe('hold');
  });

  it('waits for a delivery report when it cannot ask, then follows the rule', () => {
    expect(settleDoubt(doubt, null, seconds(599))).toBe('wait');
    expect(settleDoubt(doubt, null, seconds(600))).toBe('hold');
    expect(settleDoubt({ ...doubt, rule: 'repeat' }, null, seconds(599))).toBe('wait');
    expect(settleDoubt({ ...doubt, rule: 'repeat' }, null, seconds(600))).toBe('repeat');
  });

  it.each([1, 2, 7])('repeats once at most: after %d it is for a person, whatever the rule', (repetitions) => {
    const again = { ...doubt, rule: 'repeat' as const, repetitions };
    expect(settleDoubt(again, null, seconds(599))).toBe('wait');
    expect(settleDoubt(again, null, seconds(600))).toBe('hold');
    expect(settleDoubt({ ...again, doubtWindowMs: 0 }, null, now)).toBe('hold');
  });
});
