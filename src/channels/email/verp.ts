import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Variable envelope return path: the address a bounce comes back to names the delivery and the day it was sent, and proves that
 * we wrote both. Whoever has seen one can use it for a while only. Lower case letters and digits, because some servers lower-case
 * or upper-case local parts; with a UUID the local part has 59 of the 64 characters allowed (RFC 5321 4.5.3.1.1).
 */
export function verpAddress(deliveryId: string, sentAt: Date, { secret, domain }: BounceAddresses): string {
  const marked = `${deliveryId}-${dayOf(sentAt).toString(36)}`;
  return `b+${marked}-${markOf(marked, secret)}@${domain}`;
}

export interface BounceAddresses {
  secret: string;
  domain: string;
}

/**
 * How long a mail may be under way and its bounce after it: servers give up after five days (RFC 5321 4.5.4.1), a relay in
 * between may hold the mail as long once more, and the bounce is a mail itself.
 */
export const bounceDays = 15;

/**
 * The delivery a bounce address names, and whether we wrote it too long ago; null when it is not one of ours. The mark is
 * compared in constant time.
 */
export function readVerpAddress(
  address: string,
  now: Date,
  { secret, domain }: BounceAddresses,
): { deliveryId: string; expired: boolean } | null {
  const match = /^b\+([a-z0-9-]{1,60})-([0-9a-z]{1,5})-([0-9a-v]{16})@(.{1,255})$/.exec(address.toLowerCase());
  const [, deliveryId, day, mark, named] = match ?? [];
  if (!deliveryId || !day || !mark || named !== domain.toLowerCase()) return null;
  if (!timingSafeEqual(Buffer.from(mark), Buffer.from(markOf(`${deliveryId}-${day}`, secret)))) return null;
  return { deliveryId, expired: dayOf(now) - parseInt(day, 36) > bounceDays };
}

const dayOf = (at: Date): number => Math.floor(at.getTime() / 86_400_000);

/** 80 bits in the alphabet of `base32hex`, which knows no upper case. */
function markOf(marked: string, secret: string): string {
  const bytes = createHmac('sha256', secret).update(marked).digest().subarray(0, 10);
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => parseInt(five, 2).toString(32)).join('');
}
