import { dueForReminder, type RemindableCopy, type ReminderPolicy } from './reminder.js';

const policy: ReminderPolicy = { maxReminders: 1, asksAcknowledgement: true, channels: ['wecom', 'sms', 'email'] };

function aCopy(overrides: Partial<RemindableCopy> = {}): RemindableCopy {
  return {
    copyId: 'c',
    reading: 'unread',
    remindersSent: 0,
    reachable: true,
    channels: ['email', 'sms'],
    ...overrides,
  };
}

describe('dueForReminder', () => {
  it('rings each person on one channel: the first preferred one they have', () => {
    const copies = [
      aCopy({ copyId: 'a' }),
      aCopy({ copyId: 'b', channels: ['email', 'sms', 'wecom'], reading: 'opened' }),
      aCopy({ copyId: 'c', channels: ['email'] }),
    ];
    expect(dueForReminder(copies, policy)).toEqual([
      { copyId: 'a', channel: 'sms' },
      { copyId: 'b', channel: 'wecom' },
      { copyId: 'c', channel: 'email' },
    ]);
  });

  it.each<[string, Partial<RemindableCopy>]>([
    ['has acknowledged', { reading: 'acknowledged' }],
    ['was reminded as often as allowed', { remindersSent: 1 }],
    ['cannot be reached', { reachable: false }],
    ['has no channel', { channels: [] }],
  ])('leaves alone who %s', (_why, overrides) => {
    expect(dueForReminder([aCopy(overrides)], policy)).toEqual([]);
  });

  it('takes the channel the person wants first, when it is one of theirs', () => {
    const copies = [
      aCopy({ copyId: 'a', wishes: ['email'] }),
      aCopy({ copyId: 'b', wishes: ['wecom', 'email'] }),
      aCopy({ copyId: 'c', wishes: [] }),
    ];
    expect(dueForReminder(copies, policy).map(({ channel }) => channel)).toEqual(['email', 'email', 'sms']);
  });

  it('reminds again as often as allowed', () => {
    const due = dueForReminder([aCopy({ remindersSent: 1 })], { ...policy, maxReminders: 2 });
    expect(due).toEqual([{ copyId: 'c', channel: 'sms' }]);
  });

  it('does not use a channel that the policy leaves out', () => {
    expect(dueForReminder([aCopy({ channels: ['sms'] })], { ...policy, channels: ['wecom', 'email'] })).toEqual([]);
  });

  it('chases nobody for an issue that does not ask for acknowledgement', () => {
    expect(dueForReminder([aCopy()], { ...policy, asksAcknowledgement: false })).toEqual([]);
  });
});
