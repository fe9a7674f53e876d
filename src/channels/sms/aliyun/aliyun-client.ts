import { randomBytes } from 'node:crypto';
import { callVendor, type VendorAnswer } from '../../vendor-http.js';
import { canonicalQuery, signAcs3, type AliyunCredentials } from './aliyun-signature.js';

export interface AliyunClientOptions extends AliyunCredentials {
  /** `https://dysmsapi.aliyuncs.com` or a stand-in; a path in it is kept. */
  baseUrl: string;
  timeoutMs: number;
  now: () => Date;
}

export type AliyunAction = 'SendSms' | 'QuerySendDetails' | 'GetSmsSign' | 'GetSmsTemplate';

/** One signed call to the SMS service, version 2017-05-25: parameters in the query, empty body, never repeated. */
export function callAliyun(
  options: AliyunClientOptions,
  action: AliyunAction,
  query: Readonly<Record<string, string>>,
): Promise<VendorAnswer> {
  const base = new URL(options.baseUrl);
  const { host, ...headers } = signAcs3(
    {
      method: 'POST',
      path: base.pathname,
      query,
      headers: {
        host: base.host,
        'x-acs-action': action,
        'x-acs-version': '2017-05-25',
        'x-acs-date': options
          .now()
          .toISOString()
          .replace(/\.\d{3}Z$/, 'Z'),
        'x-acs-signature-nonce': randomBytes(16).toString('hex'),
      },
      body: '',
    },
    options,
  );
  return callVendor({
    method: 'POST',
    // fetch writes the host header itself, from the same URL that was signed.
    url: `${base.protocol}//${host ?? base.host}${base.pathname}?${canonicalQuery(query)}`,
    headers,
    timeoutMs: options.timeoutMs,
  });
}
