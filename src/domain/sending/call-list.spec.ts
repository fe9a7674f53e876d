import { type CallFacts, type CallReason, reasonToCall, silentSinceOf } from './call-list.js';

const since = new Date('2026-11-20T02:00:00Z');
const before = new Date('2026-11-20T02:00:00Z');
const after = new Date('2026-11-20T02:00:01Z');
const message = (changes: Partial<CallFacts['messages'][number]> = {}): CallFacts['messages'][number] => ({
  purpose: 'initial',
  state: 'sent',
  sentAt: before,
  ...changes,
});
const silent: CallFacts = { reading: 'unread', isSubscriber: false, noChannelLeft: false, messages: [message()] };
const unreached: CallFacts = { ...silent, noChannelLeft: true, messages: [message({ state: 'failed', sentAt: null })] };

describe('who has to be phoned', () => {
  it.each<[string, CallFacts, CallReason | null]>([
    ['whom nothing reached', unreached, 'unreached'],
    ['for whom there was no channel at all', { ...unreached, messages: [] }, 'unreached'],
    ['nobody who saw the page although every message failed', { ...unreached, reading: 'opened' }, null],
    ['who let the time pass', silent, 'silent'],
    ['who opened it and let the time pass', { ...silent, reading: 'opened' }, 'silent'],
    ['nobody who has acknowledged', { ...silent, reading: 'acknowledged' }, null],
    ['no voluntary subscriber', { ...unreached, isSubscriber: true }, null],
    ['nobody whose last message is newer', { ...silent, messages: [message(), message({ sentAt: after })] }, null],
    [
      'nobody to whom a reminder is on its way',
      { ...silent, messages: [message(), message({ purpose: 'reminder', state: 'planned', sentAt: null })] },
      null,
    ],
    [
      'who let the time pass, whatever doubt a person has still to settle',
      { ...silent, messages: [message(), message({ purpose: 'reminder', state: 'held', sentAt: null })] },
      'silent',
    ],
    [
      'who let the time pass, although he was told of a withdrawal since',
      { ...silent, messages: [message(), message({ purpose: 'withdrawal', state: 'planned', sentAt: after })] },
      'silent',
    ],
    [
      'nobody whose only message is still in doubt',
      { ...silent, messages: [message({ state: 'held', sentAt: null })] },
      null,
    ],
  ])('%s', (_who, copy, reason) => {
    expect(reasonToCall(copy, since)).toBe(reason);
  });

  it('only the unreached where no acknowledgement is asked for', () => {
    expect(reasonToCall(silent, null)).toBeNull();
    expect(reasonToCall(unreached, null)).toBe('unreached');
  });
});

describe('silentSinceOf', () => {
  const monday = new Date('2026-11-23T02:00:00Z');

  it('counts working days', () => {
    const policy = { asksAcknowledgement: true, remindAfterDays: 2 };
    // The weekend does not count: two working days before Monday morning is Thursday morning.
    expect(silentSinceOf(policy, monday, new Map())).toEqual(new Date('2026-11-19T02:00:00Z'));
  });

  it('is nothing where no acknowledgement is asked for', () => {
    expect(silentSinceOf({ asksAcknowledgement: false, remindAfterDays: 2 }, monday, new Map())).toBeNull();
  });
});
