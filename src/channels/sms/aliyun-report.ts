import { z } from 'zod';
import type { DeliveryReport } from '../../domain/delivery.js';
import { readBeijingTime } from './beijing-time.js';
import { isOurId, smsReport } from './sms-report.js';

const short = z.string().max(255);

/** SmsReport, the HTTP batch push. Nothing in it is signed: it is believed only as far as its ids are ours. */
const reports = z
  .array(
    z.object({
      phone_number: short,
      success: z.boolean(),
      err_code: short.optional(),
      report_time: short.optional(),
      biz_id: short.optional(),
      out_id: short.optional(),
    }),
  )
  .max(1000);

/**
 * The reports in a push body, parsed JSON of any shape. Rows without our id are left out: they are another system's
 * messages on the same account. Repeated pushes repeat reports.
 */
export function readAliyunReports(body: unknown, now: Date = new Date()): DeliveryReport[] | { problem: string } {
  const parsed = reports.safeParse(body);
  if (!parsed.success) return { problem: '短信送达回执的格式不正确。' };
  return parsed.data.flatMap((row) => {
    if (!isOurId(row.out_id)) return [];
    return [
      smsReport({
        provider: 'aliyun',
        deliveryId: row.out_id,
        delivered: row.success,
        code: row.err_code ?? (row.success ? 'DELIVERED' : 'UNKNOWN'),
        reportedAt: readBeijingTime(row.report_time) ?? now,
      }),
    ];
  });
}
