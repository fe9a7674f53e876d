import type { PartReport } from '../../../domain/delivery.js';
import { carrierReason } from '../carrier-reason.js';
import type { DeliverReport } from './cmpp-deliver.js';

/** The only state that is not the last; the standard asks gateways to keep it to themselves. */
const underWay = 'ACCEPTD';

/** Null while the carrier has not said its last word. */
export function partReportOf({ messageId, state, doneAt }: DeliverReport, now: Date): PartReport | null {
  if (state === underWay) return null;
  const delivered = state === 'DELIVRD';
  return {
    provider: 'cmpp',
    reference: messageId,
    status: delivered ? 'delivered' : 'failed',
    code: state || 'UNKNOWN',
    reason: delivered ? '' : carrierReason(state || 'UNKNOWN'),
    reportedAt: doneAt ?? now,
  };
}
