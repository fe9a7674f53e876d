import type { SendOutcome } from '../domain/delivery.js';
import type { VendorAnswer } from './vendor-http.js';

/** The outcome of a call that brought no answer the provider's own protocol knows. */
export function outcomeOfSilence(answer: VendorAnswer): SendOutcome {
  if (answer.kind === 'notSent') return { kind: 'retry', class: 'network', code: answer.code, reason: answer.reason };
  if (answer.kind === 'unknown') return answer;
  const code = `HTTP_${answer.status}`;
  // These two statuses are given instead of passing the request on; any other may come after it was taken.
  if (answer.status === 429)
    return { kind: 'retry', class: 'throttled', code, reason: '服务商限制调用频率，稍后自动重试。', afterMs: 60_000 };
  if (answer.status === 503)
    return { kind: 'retry', class: 'provider', code, reason: '服务商暂停服务，稍后自动重试。' };
  return { kind: 'unknown', code, reason: '服务商的应答无法识别，可能已受理。' };
}
