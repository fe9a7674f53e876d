import { z } from 'zod';
import type { DoubtfulDelivery, ReconcileAnswer } from '../../channel.js';
import { smsReport } from '../sms-report.js';
import { callTencent, errorOf, type TencentAction, type TencentClientOptions } from './tencent-client.js';
import { tencentReason } from './tencent-errors.js';
import { unixSeconds } from './tencent-signature.js';

/** The provider's clock and ours differ. */
const marginSeconds = 60;
/** What is older is in none of the vendor's lists, taken or not. */
const recordedSeconds = 72 * 3600;

const records = z.object({ Response: z.object({ TotalCount: z.coerce.number() }) });
const statuses = z.object({
  Response: z.object({
    PullSmsSendStatusSet: z.array(
      z.object({
        SerialNo: z.string().optional(),
        ReportStatus: z.string().optional(),
        Description: z.string().optional(),
        UserReceiveTime: z.coerce.number().optional(),
        SessionContext: z.string().nullish(),
      }),
    ),
  }),
});

export interface TencentRecords {
  client: TencentClientOptions;
  sdkAppId: string;
}

/**
 * Asks whether a message was taken. The list of what was sent to a number does not name our reference, the list of reports
 * does: no record at all since the try proves that nothing was taken, a report with our reference that it was, and anything
 * between proves nothing.
 */
export async function findTencentSms(
  { client, sdkAppId }: TencentRecords,
  { deliveryId, startedAt }: DoubtfulDelivery,
  number: string,
): Promise<ReconcileAnswer> {
  const since = unixSeconds(startedAt) - marginSeconds;
  if (unixSeconds(client.now()) - since >= recordedSeconds)
    return { kind: 'noAnswer', reason: '短信平台只能查询72小时内的发送记录。' };
  const about = { PhoneNumber: `+86${number}`, SmsSdkAppId: sdkAppId, BeginTime: since, Offset: 0 };
  const sent = await askTencent(client, 'DescribeSendRecordList', { ...about, Limit: 50 }, records);
  if ('problem' in sent) return { kind: 'noAnswer', reason: sent.problem };
  if (sent.answer.Response.TotalCount === 0) return { kind: 'notTaken' };
  const reported = await askTencent(client, 'PullSmsSendStatusByPhoneNumber', { ...about, Limit: 100 }, statuses);
  if ('problem' in reported) return { kind: 'noAnswer', reason: reported.problem };
  const own = reported.answer.Response.PullSmsSendStatusSet.find(({ SessionContext }) => SessionContext === deliveryId);
  if (!own) return { kind: 'noAnswer', reason: '短信平台有该号码的发送记录，但不能确认是否本条。' };
  const report = smsReport({
    provider: 'tencent',
    deliveryId,
    delivered: own.ReportStatus === 'SUCCESS',
    code: own.Description ?? own.ReportStatus ?? 'UNKNOWN',
    reportedAt: own.UserReceiveTime ? new Date(own.UserReceiveTime * 1000) : client.now(),
  });
  return { kind: 'taken', reference: own.SerialNo ?? deliveryId, report };
}

/** A sentence when the account cannot be asked. */
export async function tencentProblem({ client, sdkAppId }: TencentRecords): Promise<string | null> {
  const since = unixSeconds(client.now()) - marginSeconds;
  const about = { PhoneNumber: '+8613800000000', SmsSdkAppId: sdkAppId, BeginTime: since, Offset: 0, Limit: 1 };
  const answer = await askTencent(client, 'DescribeSendRecordList', about, records);
  return 'problem' in answer ? answer.problem : null;
}

/** One question, in the shape of its answer. */
export async function askTencent<T>(
  client: TencentClientOptions,
  action: TencentAction,
  body: object,
  shape: z.ZodType<T>,
): Promise<{ answer: T } | { problem: string }> {
  const answer = await callTencent(client, action, body);
  if (answer.kind !== 'answer') return { problem: answer.reason };
  const error = errorOf(answer);
  if (error) return { problem: tencentReason(error) };
  const parsed = shape.safeParse(answer.body);
  return parsed.success ? { answer: parsed.data } : { problem: '短信平台的查询结果无法识别。' };
}
