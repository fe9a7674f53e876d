import { z } from 'zod';
import { serialDigits, type SmsSettings, type SmsVendorSettings } from '../../../settings/sms.js';
import { limits, type SettingsTable, type Values } from '../../../settings/types.js';

/** The Aliyun account. Its texts are those of SMS_TEMPLATE_… unless it has filed its own. */
export const aliyunKeys = {
  ALIYUN_SMS_BASE: [z.url().default('https://dysmsapi.aliyuncs.com'), 'address of the Aliyun SMS service'],
  ALIYUN_ACCESS_KEY_ID: [z.string().optional(), 'Aliyun account; without it the SMS channel is off'],
  ALIYUN_ACCESS_KEY_SECRET: [z.string().optional(), 'its secret'],
  ALIYUN_REPORT_KEY: [
    z.string().min(20).optional(),
    'secret part of the address Aliyun pushes delivery reports to: /callbacks/aliyun/KEY',
  ],
  ALIYUN_SERIAL_DIGITS: [
    serialDigits,
    'digits of each message’s own (上行短信扩展码), if Aliyun has opened them: by them a reply is told apart',
  ],
  ALIYUN_SIGN: [z.string().min(2).max(12).optional(), '签名 filed under this account; SMS_SIGN unless it differs'],
  ALIYUN_TEMPLATE_DIGEST: [z.string().optional(), 'as SMS_TEMPLATE_DIGEST, where the code differs'],
  ALIYUN_TEMPLATE_NOTICE: [z.string().optional(), 'as SMS_TEMPLATE_NOTICE, where the code differs'],
  ALIYUN_TEMPLATE_REMINDER: [z.string().optional(), 'as SMS_TEMPLATE_REMINDER, where the code differs'],
  ALIYUN_TEMPLATE_WITHDRAWAL: [z.string().optional(), 'as SMS_TEMPLATE_WITHDRAWAL, where the code differs'],
  ALIYUN_TEMPLATE_CODE: [z.string().optional(), 'as SMS_TEMPLATE_CODE, where the code differs'],
  ALIYUN_TEMPLATE_SUBSCRIBER: [z.string().optional(), 'as SMS_TEMPLATE_SUBSCRIBER, where the code differs'],
  ALIYUN_TEMPLATE_DECISION: [z.string().optional(), 'as SMS_TEMPLATE_DECISION, where the code differs'],
  ALIYUN_LIMITS: [limits.prefault('3000/s'), 'calls the Aliyun account may make; the provider states 5000/s'],
} as const satisfies SettingsTable;

export interface AliyunSettings extends SmsVendorSettings {
  base: string;
  accessKeyId: string;
  accessKeySecret: string;
}

export function aliyunSettings(
  v: Values<typeof aliyunKeys>,
  { signName, templates }: Pick<SmsSettings, 'signName' | 'templates'>,
): AliyunSettings | null {
  if (!v.ALIYUN_ACCESS_KEY_ID) return null;
  return {
    base: v.ALIYUN_SMS_BASE,
    accessKeyId: v.ALIYUN_ACCESS_KEY_ID,
    accessKeySecret: v.ALIYUN_ACCESS_KEY_SECRET!,
    signName: v.ALIYUN_SIGN ?? signName,
    templates: {
      digest: v.ALIYUN_TEMPLATE_DIGEST ?? templates.digest,
      notice: v.ALIYUN_TEMPLATE_NOTICE ?? templates.notice,
      reminder: v.ALIYUN_TEMPLATE_REMINDER ?? templates.reminder,
      withdrawal: v.ALIYUN_TEMPLATE_WITHDRAWAL ?? templates.withdrawal,
      code: v.ALIYUN_TEMPLATE_CODE ?? templates.code,
      subscriber: v.ALIYUN_TEMPLATE_SUBSCRIBER ?? templates.subscriber,
      decision: v.ALIYUN_TEMPLATE_DECISION ?? templates.decision,
    },
    reportKey: v.ALIYUN_REPORT_KEY ?? null,
    serialDigits: v.ALIYUN_SERIAL_DIGITS,
  };
}
