import { z } from 'zod';
import type { DeliveryReport } from '../../domain/delivery.js';
import { readBeijingTime } from './beijing-time.js';
import { isOurId, smsReport } from './sms-report.js';

const short = z.string().max(512);

/** The status callback. Nothing in it is signed: it is believed only as far as its ids are ours. */
const reports = z
  .array(
    z.object({
      user_receive_time: short.optional(),
      report_status: short,
      errmsg: short.optional(),
      sid: short.optional(),
      /** Our session context; must be switched on by the provider. */
      ext: short.optional(),
    }),
  )
  .max(1000);

/** The reports in a push body, parsed JSON of any shape; rows without our id belong to another system on the account. */
export function readTencentReports(body: unknown, now: Date): DeliveryReport[] | { problem: string } {
  const parsed = reports.safeParse(body);
  if (!parsed.success) return { problem: '短信送达回执的格式不正确。' };
  return parsed.data.flatMap((row) => {
    if (!isOurId(row.ext)) return [];
    return [
      smsReport({
        provider: 'tencent',
        deliveryId: row.ext,
        delivered: row.report_status === 'SUCCESS',
        code: row.errmsg || row.report_status,
        reportedAt: readBeijingTime(row.user_receive_time) ?? now,
      }),
    ];
  });
}
