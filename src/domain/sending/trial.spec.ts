import { isSentTo, mayBeginTrial, trialTitle } from './trial.js';

const testers = new Set(['a', 'b']);

describe('on trial', () => {
  it.each([
    [true, 'a', true],
    [true, 'c', false],
    [true, null, false],
    [false, 'c', true],
    [false, null, true],
  ])('trial %s, person %s: sent to %s', (trial, person, sent) => {
    expect(isSentTo(trial, person, testers)).toBe(sent);
  });

  it.each([
    [false, 0, true],
    [false, 1, false],
    [true, 0, false],
  ])('active %s with %d under way: may begin %s', (active, underWay, may) => {
    expect(mayBeginTrial({ active, underWay })).toBe(may);
  });

  it('marks what it names', () => expect(trialTitle('某报第1期')).toBe('【演练】某报第1期'));
});
