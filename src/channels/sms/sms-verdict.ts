import type { SendOutcome } from '../../domain/delivery.js';

/** What a vendor's word means for the message, without the word itself. */
export type SmsVerdict =
  | { kind: 'retry'; class: 'throttled' | 'provider'; reason: string; afterMs?: number; about?: 'recipient' }
  | { kind: 'refused'; class: 'recipient' | 'content' | 'configuration'; reason: string };

export const minute = 60_000;

export const later = (reason: string, afterMs?: number): SmsVerdict => ({
  kind: 'retry',
  class: 'provider',
  reason,
  afterMs,
});

export const tooFast = (reason: string, afterMs: number): SmsVerdict => ({
  kind: 'retry',
  class: 'throttled',
  reason,
  afterMs,
});

export const refused = (of: 'recipient' | 'content' | 'configuration', reason: string): SmsVerdict => ({
  kind: 'refused',
  class: of,
  reason,
});

/** A limit on one number must not close the channel for the others. */
export const numberLimit = (afterMs: number): SmsVerdict => ({
  kind: 'retry',
  class: 'provider',
  reason: '该号码短时间内收到的短信过多，稍后自动重试。',
  afterMs,
  about: 'recipient',
});

/** What every vendor has a word of its own for. */
export const verdicts = {
  busy: later('短信平台繁忙，稍后自动重试。'),
  callsTooFast: tooFast('短信接口调用过快，稍后自动重试。', minute),
  badNumber: refused('recipient', '手机号码无效，请核对号码。'),
  blacklisted: refused('recipient', '该号码在短信平台的黑名单中，请改用其他通道。'),
  badSign: refused('configuration', '短信签名未通过审核、未报备或与账号不符，请检查签名。'),
  badTemplate: refused('configuration', '短信模板未通过审核或与账号不符，请检查模板编号。'),
  notAllowed: refused('configuration', '短信接口账号没有发送权限，请检查授权与 IP 限制。'),
  badParams: refused('content', '短信变量与模板不符，请检查模板变量。'),
  urlInParams: refused('content', '短信变量中不允许出现网址，请检查标题与模板。'),
} as const satisfies Record<string, SmsVerdict>;

/** A word that is not known is tried again, within the deadline. */
export function smsOutcome(code: string, verdict: SmsVerdict | undefined): SendOutcome {
  return { ...(verdict ?? later(`短信平台返回未识别的结果（${code}），稍后自动重试。`)), code };
}
