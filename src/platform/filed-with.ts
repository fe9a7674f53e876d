import type { SmsSettings, SmsTemplateCodes } from '../settings/settings.js';

/** The SMS account with which a text is filed, the preferred one first; null when none has it. */
export function filedWith(key: keyof SmsTemplateCodes, sms: SmsSettings | null): 'aliyun' | 'tencent' | null {
  if (sms === null) return null;
  const codes = { aliyun: sms.aliyun && sms.templates[key], tencent: sms.tencent && sms.tencent.templates[key] };
  return sms.order.find((account) => codes[account] !== null && codes[account] !== '') ?? null;
}
