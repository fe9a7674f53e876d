import { quietHours } from '../calendar.js';
import { bringsPdf, defaultPolicy, type PublicationPolicy, readPolicy, rungsFor, wakingFor } from './channel-policy.js';
import { channelKinds, type ChannelKind, type DeliveryPurpose } from '../delivery.js';
import type { Carry } from '../issue/secrecy.js';
import type { Urgency } from '../urgency.js';

const night = quietHours(20, 8);

it.each<[boolean, Carry, DeliveryPurpose, boolean]>([
  [true, 'fullText', 'initial', true],
  [true, 'fullText', 'resend', true],
  [true, 'fullText', 'reminder', false],
  [true, 'fullText', 'withdrawal', false],
  [false, 'fullText', 'initial', false],
  [true, 'digest', 'initial', false],
  [true, 'notice', 'initial', false],
  [true, 'neutralNotice', 'initial', false],
  [true, 'nothing', 'initial', false],
])(
  'where a publication attaches the file (%s), a mail with %s, as %s, brings it: %s',
  (attachesPdf, carry, purpose, brings) => {
    expect(bringsPdf({ attachesPdf }, { carry, purpose })).toBe(brings);
  },
);

describe('the rungs of a person', () => {
  const first: PublicationPolicy = { ...defaultPolicy, mode: 'first' };
  const ladder: PublicationPolicy = { ...defaultPolicy, mode: 'ladder' };

  it.each<[string, PublicationPolicy, ChannelKind[], readonly ChannelKind[], [ChannelKind, number | null][]]>([
    [
      'the office’s order',
      first,
      [],
      channelKinds,
      [
        ['wecom', null],
        ['sms', null],
        ['email', null],
      ],
    ],
    [
      'only what the person has',
      first,
      [],
      ['email', 'sms'],
      [
        ['sms', null],
        ['email', null],
      ],
    ],
    [
      'the person’s own order',
      first,
      ['email'],
      channelKinds,
      [
        ['email', null],
        ['wecom', null],
        ['sms', null],
      ],
    ],
    [
      'a ladder with its times',
      ladder,
      [],
      channelKinds,
      [
        ['wecom', null],
        ['sms', 10],
        ['email', 60],
      ],
    ],
    [
      'a ladder without its first rung',
      ladder,
      [],
      ['sms', 'email'],
      [
        ['sms', null],
        ['email', 10],
      ],
    ],
    [
      'a ladder turned by a wish',
      ladder,
      ['sms'],
      channelKinds,
      [
        ['sms', null],
        ['wecom', 10],
        ['email', 60],
      ],
    ],
    [
      'a wish for what the ladder lacks',
      { ...ladder, ladder: [{ channel: 'sms', withinMinutes: 5 }] },
      ['email'],
      channelKinds,
      [['sms', null]],
    ],
    ['nobody to reach', ladder, ['sms'], [], []],
  ])('are %s', (_, policy, wishes, has, expected) => {
    const rungs = rungsFor(policy, wishes, has);
    expect(rungs.map(({ channel, afterMinutes }) => [channel, afterMinutes])).toEqual(expected);
  });
});

describe('what a message waits for', () => {
  const both = { quiet: night, workingDaysOnly: true };
  const nothing = { quiet: 0, workingDaysOnly: false };

  it.each<[DeliveryPurpose, Urgency, string | null, PublicationPolicy['waits'], object]>([
    ['initial', 'normal', null, 'always', both],
    ['initial', 'urgent', null, 'always', both],
    ['initial', 'extraUrgent', null, 'always', both],
    ['initial', 'extraUrgent', '汛情', 'always', nothing],
    ['initial', 'urgent', '汛情', 'always', both],
    ['reminder', 'extraUrgent', '汛情', 'always', both],
    ['resend', 'normal', null, 'always', nothing],
    ['initial', 'normal', null, 'reminders', nothing],
    ['reminder', 'normal', null, 'reminders', both],
    ['initial', 'normal', null, 'never', nothing],
    ['reminder', 'normal', null, 'never', nothing],
  ])('%s, %s, reason %s, policy %s', (purpose, urgency, urgentReason, waits, expected) => {
    expect(wakingFor({ purpose, urgency, urgentReason, policy: { ...defaultPolicy, waits } })).toEqual(expected);
  });

  it('keeps the person’s own hours too, whatever the publication does; 特急 with a reason breaks them', () => {
    const wishes = { quietFrom: 12, quietUntil: 14 };
    const of = (waits: PublicationPolicy['waits'], urgentReason: string | null) =>
      wakingFor({
        purpose: 'initial',
        urgency: 'extraUrgent',
        urgentReason,
        policy: { ...defaultPolicy, waits },
        wishes,
      }).quiet;
    expect(of('always', null)).toBe(night | quietHours(12, 14));
    expect(of('never', null)).toBe(quietHours(12, 14));
    expect(of('always', '汛情')).toBe(0);
  });
});

describe('a stored policy', () => {
  it('has the defaults for what it does not name', () => {
    expect(readPolicy({ mode: 'first', unheardOf: 1 })).toMatchObject({
      mode: 'first',
      waits: 'always',
      autoRemind: false,
    });
    expect(readPolicy(null)).toEqual(defaultPolicy);
  });
});
