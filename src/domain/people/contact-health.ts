import type { ChannelKind } from '../delivery.js';

/** Why a contact should be looked at, the gravest first. */
export const contactTroubles = ['bad', 'silent', 'unverified'] as const;
export type ContactTrouble = (typeof contactTroubles)[number];

export const troubleText: Record<ContactTrouble, string> = {
  bad: '退信或拒收',
  silent: '久无送达',
  unverified: '未经验证',
};

export interface ContactFacts {
  badSince: Date | null;
  verifiedAt: Date | null;
  /** The newest proof that something arrived. */
  lastDeliveredAt: Date | null;
  /** Since when messages have been sent there; null when none ever was. */
  firstSentAt: Date | null;
}

/** Three months without any proof of arrival. */
export const silentDays = 90;

export function silentSince(now: Date): Date {
  return new Date(now.getTime() - silentDays * 86_400_000);
}

/** Silent means that messages went out before the limit and nothing has been heard since; a new contact is not silent yet. */
export function troublesOf(contact: ContactFacts, now: Date): ContactTrouble[] {
  const limit = silentSince(now);
  const lastSign = latest(contact.lastDeliveredAt, contact.verifiedAt);
  const silent =
    contact.firstSentAt !== null && contact.firstSentAt <= limit && (lastSign === null || lastSign <= limit);
  const proven = contact.verifiedAt !== null || contact.lastDeliveredAt !== null;
  return contactTroubles.filter((trouble) => {
    if (trouble === 'bad') return contact.badSince !== null;
    return trouble === 'silent' ? silent : !proven;
  });
}

function latest(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}

/**
 * Codes of delivery reports that speak of the address itself, not of the phone being off or the mailbox full: those come
 * back by themselves.
 */
const deadAddress: Record<ChannelKind, RegExp> = {
  email: /^5\.(?:1\.(?:1|2|3|6|10)|2\.1)$/,
  sms: /^(?:DB:0101|DB:0102|MK:0001|MOBILE_NOT_ON_SERVICE|MOBILE_ACCOUNT_ABNORMAL|NO_ROUTE|SPACE_NUMBER|NOT_EXIST)$/i,
  wecom: /^(?!)/,
  // He does not follow the account, has blocked it, or the account does not know him.
  wechat: /^(?:40003|43004|43019|user block)$/,
};

export function provesAddressDead(channel: ChannelKind, code: string): boolean {
  return deadAddress[channel].test(code.trim());
}
