import type { SendOutcome } from '../delivery.js';
import {
  type AccountState,
  afterBatch,
  pauseAfter,
  signOf,
  standingOf,
  usableAccounts,
  watched,
  watchOf,
  weighed,
  refusalsToStop,
  wellAccount,
} from './fail-over.js';

const now = new Date('2026-11-23T02:00:00Z');
const later = (ms: number) => new Date(now.getTime() + ms);
const minute = 60_000;
const state = (changes: Partial<AccountState> = {}): AccountState => ({ ...wellAccount, ...changes });

const accepted: SendOutcome = { kind: 'accepted', reference: 'x' };
const network: SendOutcome = { kind: 'retry', class: 'network', code: 'ECONNREFUSED', reason: '' };
const unknown: SendOutcome = { kind: 'unknown', code: 'TIMEOUT', reason: '' };
const greylisted: SendOutcome = { kind: 'retry', class: 'provider', code: '4.7.1', reason: '', about: 'recipient' };
const badNumber: SendOutcome = { kind: 'refused', class: 'recipient', code: 'x', reason: '' };
const policy: SendOutcome = { kind: 'refused', class: 'provider', code: '550', reason: '拒收。', perhapsOfUs: true };
const badKey: SendOutcome = { kind: 'refused', class: 'configuration', code: 'x', reason: '' };
const throttled: SendOutcome = { kind: 'retry', class: 'throttled', code: 'x', reason: '' };
const notStarted: SendOutcome = { kind: 'retry', class: 'network', code: 'NOT_STARTED', reason: '' };

describe('standingOf', () => {
  it.each([
    ['well', {}, false, 'ready'],
    ['throttled', { closedUntil: later(1) }, false, 'throttled'],
    ['throttled no longer', { closedUntil: now }, false, 'ready'],
    ['suspended', { suspendedUntil: later(1) }, false, 'suspended'],
    ['suspended long enough', { suspendedUntil: now }, false, 'probe'],
    ['suspended, and nothing to take over', { suspendedUntil: later(1) }, true, 'ready'],
    ['misconfigured, whatever else', { circuitOpen: true, closedUntil: later(1) }, true, 'stopped'],
  ] as const)('of an account that is %s', (_what, changes, alone, standing) =>
    expect(standingOf(state(changes), now, alone)).toBe(standing),
  );
});

describe('usableAccounts', () => {
  const names = (...states: AccountState[]) => {
    const { usable, lookAgainAt } = usableAccounts(
      states.map((s, i) => ({ name: 'ABC'[i], state: s })),
      now,
    );
    return [usable.map(({ name, probe }) => `${name}${probe ? '?' : ''}`).join(' '), lookAgainAt];
  };
  it.each([
    ['keeps the order of preference', [state(), state()], 'A B', null],
    ['passes over one that must be mended', [state({ circuitOpen: true }), state()], 'B', null],
    ['lets the next take over', [state({ suspendedUntil: later(minute) }), state()], 'B', later(minute)],
    ['tries the first again after its pause', [state({ suspendedUntil: now }), state()], 'A? B', null],
    [
      'says when to look again when none may be used',
      [state({ suspendedUntil: later(2 * minute) }), state({ closedUntil: later(minute) })],
      '',
      later(minute),
    ],
    ['waits for a person when all are misconfigured', [state({ circuitOpen: true })], '', null],
  ] as const)('%s', (_what, states, expected, at) => expect(names(...states)).toEqual([expected, at]));
});

describe('signOf', () => {
  it.each([
    ['accepted', accepted, 'success'],
    ['a refused recipient', badNumber, 'success'],
    ['a refusal that may be about us', policy, 'failure'],
    ['a recipient’s system that asks to come again', greylisted, 'success'],
    ['no connection', network, 'failure'],
    ['no answer', unknown, 'failure'],
    ['a wrong key, which opens the circuit instead', badKey, 'nothing'],
    ['too fast, which closes the gate instead', throttled, 'nothing'],
    ['what was never started', notStarted, 'nothing'],
  ] as const)('%s', (_what, outcome, sign) => expect(signOf(outcome)).toBe(sign));
});

describe('a batch', () => {
  const after = (from: AccountState, probe: boolean, outcomes: readonly SendOutcome[]) =>
    afterBatch(from, outcomes.reduce(watched, watchOf(from, probe)), now);
  const five = [network, unknown, network, unknown, network];

  it.each([
    ['that goes well changes nothing', state(), false, [accepted, accepted], null],
    ['of nothing but refused recipients changes nothing', state(), false, Array(9).fill(badNumber), null],
    [
      'with four failures is remembered',
      state(),
      false,
      five.slice(1),
      { failures: 4, trips: 0, suspendedUntil: null },
    ],
    [
      'that makes the fifth suspends',
      state({ failures: 4 }),
      false,
      [network],
      { failures: 0, trips: 1, suspendedUntil: later(minute) },
    ],
    [
      'with a success between does not',
      state({ failures: 4 }),
      false,
      [accepted, network],
      { failures: 1, trips: 0, suspendedUntil: null },
    ],
    [
      'of probes that fails once suspends for longer',
      state({ trips: 1 }),
      true,
      [accepted, network],
      { failures: 0, trips: 2, suspendedUntil: later(2 * minute) },
    ],
    [
      'of probes that goes well makes the account well',
      state({ trips: 3 }),
      true,
      [accepted, badNumber, accepted],
      { failures: 0, trips: 0, suspendedUntil: null },
    ],
    ['of probes that says nothing leaves it where it is', state({ trips: 1 }), true, [notStarted, throttled], null],
  ] as const)('%s', (_what, from, probe, outcomes, expected) =>
    expect(after(from, probe, outcomes as readonly SendOutcome[])).toEqual(expected),
  );

  it('pauses longer each time, up to a quarter of an hour', () =>
    expect([1, 2, 3, 4, 5, 6].map((trips) => pauseAfter(trips) / minute)).toEqual([1, 2, 4, 8, 15, 15]));
});

describe('refusals that may be about us', () => {
  const all = (outcomes: readonly SendOutcome[]) => {
    let inARow = 0;
    return outcomes.map((each) => {
      const taken = weighed(each, inARow);
      inARow = taken.inARow;
      return taken.outcome;
    });
  };
  const many = (count: number) => Array<SendOutcome>(count).fill(policy);

  it('cost their rows while others are taken between', () => {
    const mixed = [...many(refusalsToStop - 1), accepted, ...many(refusalsToStop - 1), badNumber, ...many(1)];
    expect(all(mixed)).toEqual(mixed);
  });

  it('stop the account when nothing else is heard, and cost no further row', () => {
    const taken = all([...many(refusalsToStop - 1), notStarted, ...many(3)]);
    expect(taken.slice(0, refusalsToStop - 1)).toEqual(many(refusalsToStop - 1));
    expect(taken.slice(refusalsToStop)).toEqual(
      Array(3).fill(expect.objectContaining({ kind: 'refused', class: 'configuration', code: '550' })),
    );
  });
});
