import { createHash } from 'node:crypto';

/**
 * Digits of a message's own behind the number it is sent from, so that what comes back tells which message it answers: they follow
 * from the delivery, and two messages to one phone seldom share them.
 *
 * @param digits how many, from 0 for none to 8
 */
export function serialOf(deliveryId: string, digits: number): string {
  if (digits === 0) return '';
  const hash = createHash('sha256').update(deliveryId).digest().readUIntBE(0, 6);
  return String(hash % 10 ** digits).padStart(digits, '0');
}
