import { nextDay, type Notice, overDailyCap } from './daily-cap.js';
import { priorityOf, type Urgency } from '../urgency.js';

const notice = (personId: string, editionId: string, more: Partial<Notice> = {}): Notice => ({
  personId,
  editionId,
  purpose: 'initial',
  round: 0,
  ...more,
});
const row = (personId: string, editionId: string, urgency: Urgency = 'normal', more: Partial<Notice> = {}) => ({
  ...notice(personId, editionId, more),
  priority: priorityOf(urgency),
});

describe('overDailyCap', () => {
  const today = [notice('a', 'one'), notice('a', 'two')];

  it('holds back the third notice of the day, of that person only', () => {
    const wanting = [row('a', 'three'), row('b', 'three')];
    expect(overDailyCap(wanting, today, 2)).toEqual([wanting[0]]);
  });

  it('counts a notice once, over however many channels it rings', () =>
    expect(overDailyCap([row('a', 'two'), row('b', 'x'), row('b', 'x')], today, 2)).toEqual([]));

  it('counts a reminder as a notice of its own', () =>
    expect(overDailyCap([row('a', 'two', 'normal', { purpose: 'reminder', round: 1 })], today, 2)).toHaveLength(1));

  it.each([
    ['特急', row('a', 'three', 'extraUrgent')],
    ['what the person asked for', row('a', 'three', 'normal', { purpose: 'resend', round: 1 })],
  ])('never holds back %s', (_what, wanted) => expect(overDailyCap([wanted], today, 2)).toEqual([]));

  it('counts what is about to leave in the same batch', () => {
    const wanting = ['three', 'four', 'five'].map((edition) => row('c', edition, 'urgent'));
    expect(overDailyCap(wanting, [], 2)).toEqual([wanting[2]]);
  });
});

describe('nextDay', () => {
  it.each([
    ['2026-11-23T02:00:00Z', '2026-11-24T00:00:00Z'],
    ['2026-11-23T15:59:59Z', '2026-11-24T00:00:00Z'],
    ['2026-11-23T16:00:00Z', '2026-11-25T00:00:00Z'], // midnight in Beijing: a new day with a new cap
  ])('after %s is %s, eight in the morning in Beijing', (now, morning) =>
    expect(nextDay(new Date(now))).toEqual(new Date(morning)),
  );
});
