import { callVendor, type VendorAnswer } from '../../vendor-http.js';

export interface YunmasClientOptions {
  /** As the contract gives it; a path in it is kept. */
  baseUrl: string;
  timeoutMs: number;
}

export type YunmasOperation = 'norsubmit' | 'tmpsubmit';

/**
 * One call, never repeated: the platform knows no number of ours and takes a second call for a second message.
 *
 * @param deliveryIds in the order of the numbers; in a header of ours, which the platform passes over, for whoever compares logs
 */
export function callYunmas(
  { baseUrl, timeoutMs }: YunmasClientOptions,
  operation: YunmasOperation,
  body: string,
  deliveryIds: readonly string[],
): Promise<VendorAnswer> {
  return callVendor({
    method: 'POST',
    url: `${baseUrl.replace(/\/+$/, '')}/sms/${operation}`,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-request-id': deliveryIds.join(',') },
    body,
    timeoutMs,
  });
}
