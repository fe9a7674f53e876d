import { z } from 'zod';
import type { DeliveryReport } from '../../../domain/delivery.js';
import type { DoubtfulDelivery, ReconcileAnswer } from '../../channel.js';
import { callAliyun, type AliyunClientOptions } from './aliyun-client.js';
import { aliyunReason } from './aliyun-errors.js';
import { beijingDay, readBeijingTime } from '../beijing-time.js';
import { smsReport } from '../sms-report.js';

const pageSize = 50;
/** Above what one number can be sent in a day; only stops a provider that never ends its pages. */
const maxPages = 20;

const detailRow = z.object({
  OutId: z.string().optional(),
  SendStatus: z.coerce.number(),
  ErrCode: z.string().optional(),
  ReceiveDate: z.string().optional(),
});

type DetailRow = z.infer<typeof detailRow>;

const details = z.object({
  Code: z.string(),
  TotalCount: z.coerce.number().optional(),
  SmsSendDetailDTOs: z.object({ SmsSendDetailDTO: z.array(detailRow) }).optional(),
});

export type DetailPage = { rows: readonly DetailRow[]; total: number } | { problem: string };

/** Asks whether a message was taken: the number's messages of that Beijing day, compared by our own reference. */
export async function findSms(
  client: AliyunClientOptions,
  doubtful: DoubtfulDelivery,
  phoneNumber: string,
): Promise<ReconcileAnswer> {
  for (const day of daysToAsk(doubtful.startedAt)) {
    let seen = 0;
    for (let page = 1; page <= maxPages; page++) {
      const answer = await queryDetails(client, phoneNumber, day, page);
      if ('problem' in answer) return { kind: 'noAnswer', reason: answer.problem };
      const row = answer.rows.find((candidate) => candidate.OutId === doubtful.deliveryId);
      if (row)
        return {
          kind: 'taken',
          reference: doubtful.deliveryId,
          report: reportOf(doubtful.deliveryId, row, client.now()),
        };
      seen += answer.rows.length;
      if (answer.rows.length === 0 || seen >= answer.total) break;
    }
  }
  return { kind: 'notTaken' };
}

export async function queryDetails(
  client: AliyunClientOptions,
  phoneNumber: string,
  day: string,
  page: number,
): Promise<DetailPage> {
  const answer = await callAliyun(client, 'QuerySendDetails', {
    PhoneNumber: phoneNumber,
    SendDate: day,
    PageSize: String(pageSize),
    CurrentPage: String(page),
  });
  if (answer.kind !== 'answer') return { problem: answer.reason };
  const parsed = details.safeParse(answer.body);
  if (!parsed.success) return { problem: '短信平台的查询结果无法识别。' };
  if (parsed.data.Code !== 'OK') return { problem: aliyunReason(parsed.data.Code) };
  return { rows: parsed.data.SmsSendDetailDTOs?.SmsSendDetailDTO ?? [], total: parsed.data.TotalCount ?? 0 };
}

/** A request written just before midnight may be filed under the next day. */
function daysToAsk(startedAt: Date): string[] {
  return [...new Set([beijingDay(startedAt), beijingDay(new Date(startedAt.getTime() + 10 * 60_000))])];
}

/** SendStatus: 1 waiting for the carrier, 2 failed, 3 delivered. */
function reportOf(deliveryId: string, row: DetailRow, now: Date): DeliveryReport | undefined {
  if (row.SendStatus !== 2 && row.SendStatus !== 3) return undefined;
  const delivered = row.SendStatus === 3;
  return smsReport({
    provider: 'aliyun',
    deliveryId,
    delivered,
    code: row.ErrCode || (delivered ? 'DELIVERED' : 'UNKNOWN'),
    reportedAt: readBeijingTime(row.ReceiveDate) ?? now,
  });
}
