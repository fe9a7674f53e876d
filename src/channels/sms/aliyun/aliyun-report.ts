import type { DeliveryReport } from '../../../domain/delivery.js';
import { readBeijingTime } from '../beijing-time.js';
import { type Push, readPush, textOf } from '../push.js';
import { isOurId, smsReport } from '../sms-report.js';

/**
 * SmsReport, the HTTP batch push: rows of phone_number, success, err_code, report_time, biz_id, out_id. Nothing in it is signed:
 * it is believed only as far as its ids are ours. Rows without our id are left out: they are another system's messages on the
 * same account. Repeated pushes repeat reports. Null for a body that is no list.
 */
export function readAliyunReports(body: unknown, now: Date = new Date()): Push<DeliveryReport> | null {
  return readPush(body, (row) => {
    const id = textOf(row.out_id);
    if (id === undefined) return row.out_id === undefined ? null : 'out_id 不是文字';
    if (!isOurId(id)) return null;
    const delivered = successOf(row.success);
    if (delivered === undefined) return 'success 不是真假值';
    return smsReport({
      provider: 'aliyun',
      deliveryId: id.toLowerCase(),
      delivered,
      code: textOf(row.err_code) || (delivered ? 'DELIVERED' : 'UNKNOWN'),
      reportedAt: readBeijingTime(textOf(row.report_time)) ?? now,
    });
  });
}

const words: ReadonlyMap<string | undefined, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

function successOf(value: unknown): boolean | undefined {
  return words.get(textOf(value)?.toLowerCase());
}
