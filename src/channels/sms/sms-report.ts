import type { DeliveryReport } from '../../domain/delivery.js';
import { carrierReason } from './carrier-reason.js';

const ourId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Another system on the same account may number its messages as it likes. */
export const isOurId = (reference: string | undefined): reference is string =>
  reference !== undefined && ourId.test(reference);

/** What a vendor says of a message it took, by push or when asked. */
export function smsReport(said: {
  provider: string;
  deliveryId: string;
  delivered: boolean;
  /** The carrier's word; the vendor's own when there is none. */
  code: string;
  reportedAt: Date;
}): DeliveryReport {
  const { delivered, ...rest } = said;
  return { ...rest, status: delivered ? 'delivered' : 'failed', reason: delivered ? '' : carrierReason(said.code) };
}
