import type { DeliveryReport, PartReport } from '../../../domain/delivery.js';
import { readBeijingTime } from '../beijing-time.js';
import { carrierReason } from '../carrier-reason.js';
import { type Push, readPush, textOf } from '../push.js';
import { isOurId, smsReport } from '../sms-report.js';

/**
 * The status callback: rows of user_receive_time, report_status, errmsg, sid and ext. `ext` is our session context, which the
 * provider sends only where its support has switched it on; `sid` is the SerialNo of its answer. Nothing in it is signed: it is
 * believed only as far as its ids are ours. Null for a body that is no list.
 */
export function readTencentReports(body: unknown, now: Date): Push<DeliveryReport | PartReport> | null {
  return readPush<DeliveryReport | PartReport>(body, (row) => {
    const id = textOf(row.ext, 512);
    const serial = textOf(row.sid, 200);
    const status = textOf(row.report_status)?.toUpperCase();
    const delivered = status === 'SUCCESS';
    const said = {
      provider: 'tencent',
      code: textOf(row.errmsg, 512) || (status ?? ''),
      reportedAt: readBeijingTime(textOf(row.user_receive_time)) ?? now,
    };
    if (isOurId(id)) {
      if (!status) return 'report_status 不是文字';
      return smsReport({ ...said, deliveryId: id.toLowerCase(), delivered });
    }
    // Another system on the account has words of its own.
    if (id) return null;
    if (!serial) return row.sid === undefined ? null : 'sid 不是文字';
    if (!status) return 'report_status 不是文字';
    return {
      ...said,
      reference: serial,
      status: delivered ? 'delivered' : 'failed',
      reason: delivered ? '' : carrierReason(said.code),
    };
  });
}
