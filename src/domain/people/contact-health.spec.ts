import { type ContactFacts, provesAddressDead, silentDays, troublesOf } from './contact-health.js';

const now = new Date('2026-11-25T02:00:00Z');
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
const fresh: ContactFacts = { badSince: null, verifiedAt: null, lastDeliveredAt: null, firstSentAt: null };
const troubles = (facts: Partial<ContactFacts>) => troublesOf({ ...fresh, ...facts }, now);

describe('what is wrong with an address', () => {
  it.each<[string, Partial<ContactFacts>, string[]]>([
    ['a new one is only unproven', {}, ['unverified']],
    ['one that was proven by a code is well', { verifiedAt: ago(1) }, []],
    ['one at which something arrived is well', { lastDeliveredAt: ago(1), firstSentAt: ago(200) }, []],
    ['one to which nothing was sent for long is not silent', { firstSentAt: ago(silentDays - 1) }, ['unverified']],
    ['one that never answered is silent', { firstSentAt: ago(silentDays) }, ['silent', 'unverified']],
    ['one that answered long ago is silent', { firstSentAt: ago(300), lastDeliveredAt: ago(silentDays) }, ['silent']],
    ['a proof counts as an answer', { firstSentAt: ago(300), lastDeliveredAt: ago(200), verifiedAt: ago(2) }, []],
    ['one that bounced is bad, whatever arrived before', { badSince: ago(1), lastDeliveredAt: ago(2) }, ['bad']],
  ])('%s', (_what, facts, expected) => {
    expect(troubles(facts)).toEqual(expected);
  });
});

it('tells a dead address from a full mailbox or a phone that is off', () => {
  for (const code of ['5.1.1', '5.1.10', '5.2.1']) expect(provesAddressDead('email', code)).toBe(true);
  for (const code of ['5.2.2', '4.1.1', '5.7.1', '5.1.100']) expect(provesAddressDead('email', code)).toBe(false);
  for (const code of ['DB:0101', ' mk:0001 ', 'NO_ROUTE']) expect(provesAddressDead('sms', code)).toBe(true);
  for (const code of ['EXPIRED', 'MK:0002', '']) expect(provesAddressDead('sms', code)).toBe(false);
  expect(provesAddressDead('wecom', '5.1.1')).toBe(false);
});
