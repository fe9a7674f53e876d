import type { DeliveryReport } from '../../../domain/delivery.js';
import { readBeijingTime } from '../beijing-time.js';
import { type Push, readPush, textOf } from '../push.js';
import { isOurId, smsReport } from '../sms-report.js';

/**
 * The status callback: rows of user_receive_time, report_status, errmsg, sid and ext, our session context, which must be switched
 * on by the provider. Nothing in it is signed: it is believed only as far as its ids are ours; rows without belong to another
 * system on the account. Null for a body that is no list.
 */
export function readTencentReports(body: unknown, now: Date): Push<DeliveryReport> | null {
  return readPush(body, (row) => {
    const id = textOf(row.ext, 512);
    if (id === undefined) return row.ext === undefined ? null : 'ext 不是文字';
    if (!isOurId(id)) return null;
    const status = textOf(row.report_status)?.toUpperCase();
    if (!status) return 'report_status 不是文字';
    return smsReport({
      provider: 'tencent',
      deliveryId: id.toLowerCase(),
      delivered: status === 'SUCCESS',
      code: textOf(row.errmsg, 512) || status,
      reportedAt: readBeijingTime(textOf(row.user_receive_time)) ?? now,
    });
  });
}
