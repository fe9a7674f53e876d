import type { DeliveryReport } from '../../domain/delivery.js';
import { readBounce } from './smtp-outcome.js';

/** What a bounce says of our mail; `code` is the other server's own word, the RFC 3463 status where it gave one. */
export type BounceVerdict = Pick<DeliveryReport, 'status' | 'code' | 'reason' | 'addressDead'>;

/** @param reportedAt when the bounce came in */
export const reportOf = (
  deliveryId: string,
  { status, code, reason, addressDead }: BounceVerdict,
  reportedAt: Date,
): DeliveryReport => ({ provider: 'smtp', deliveryId, status, code, reason, addressDead, reportedAt });

/**
 * @param status RFC 3463; nothing where none is given
 * @param words what the server that refused said
 */
export function failed(status: string | undefined, words?: string): BounceVerdict {
  return { status: 'failed', ...readBounce(status ?? '5.0.0', words) };
}

export const delivered = (code: string): BounceVerdict => ({ status: 'delivered', code, reason: '' });

export const delayed = (code: string): BounceVerdict => pending(code, '对方邮件系统暂未收下，仍在自动重试。');

export const pending = (code: string, reason: string): BounceVerdict => ({ status: 'pending', code, reason });
