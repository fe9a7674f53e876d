import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Variable envelope return path: the address a bounce comes back to names the delivery and proves that we wrote it.
 * Lower case only, because some servers lower-case local parts; with a UUID the local part has 55 of the 64 characters allowed.
 */
export function verpAddress(deliveryId: string, secret: string, bounceDomain: string): string {
  return `b+${deliveryId}-${verpMac(deliveryId, secret)}@${bounceDomain}`;
}

/** The delivery a bounce address names, or null when it is not one of ours. The code is compared in constant time. */
export function readVerpAddress(address: string, secret: string, bounceDomain: string): string | null {
  const match = /^b\+([a-z0-9-]{1,60})-([0-9a-f]{16})@(.+)$/.exec(address.toLowerCase());
  const [, deliveryId, mac, domain] = match ?? [];
  if (!deliveryId || !mac || domain !== bounceDomain.toLowerCase()) return null;
  return timingSafeEqual(Buffer.from(mac), Buffer.from(verpMac(deliveryId, secret))) ? deliveryId : null;
}

function verpMac(deliveryId: string, secret: string): string {
  return createHmac('sha256', secret).update(deliveryId).digest('hex').slice(0, 16);
}
