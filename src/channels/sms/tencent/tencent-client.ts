import { z } from 'zod';
import { callVendor, type VendorAnswer } from '../../vendor-http.js';
import { signTc3, type TencentCredentials, unixSeconds } from './tencent-signature.js';

export interface TencentClientOptions extends TencentCredentials {
  /** `https://sms.tencentcloudapi.com` or a stand-in; a path in it is kept. */
  baseUrl: string;
  region: string;
  timeoutMs: number;
  now: () => Date;
}

export type TencentAction =
  | 'SendSms'
  | 'DescribeSendRecordList'
  | 'PullSmsSendStatusByPhoneNumber'
  | 'PullSmsSendStatus'
  | 'PullSmsReplyStatus'
  | 'DescribeSmsSignList'
  | 'DescribeSmsTemplateList'
  | 'SmsPackagesStatistics';

const contentType = 'application/json';
const service = 'sms';

/** One signed call to the SMS service, version 2021-01-11; never repeated. */
export function callTencent(options: TencentClientOptions, action: TencentAction, body: object): Promise<VendorAnswer> {
  const base = new URL(options.baseUrl);
  const payload = JSON.stringify(body);
  const at = options.now();
  return callVendor({
    method: 'POST',
    url: base.href,
    headers: {
      'content-type': contentType,
      'x-tc-action': action,
      'x-tc-version': '2021-01-11',
      'x-tc-region': options.region,
      'x-tc-timestamp': String(unixSeconds(at)),
      authorization: signTc3({ host: base.host, service, contentType, payload, at }, options),
    },
    body: payload,
    timeoutMs: options.timeoutMs,
  });
}

const failed = z.object({ Response: z.object({ Error: z.object({ Code: z.string() }) }) });

/** The code of a call refused as a whole; null when it was not. */
export function errorOf(answer: VendorAnswer): string | null {
  if (answer.kind !== 'answer') return null;
  return failed.safeParse(answer.body).data?.Response.Error.Code ?? null;
}
