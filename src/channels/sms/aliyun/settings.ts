import { z } from 'zod';
import { serialDigits, type SmsSettings, type SmsVendorSettings } from '../../../settings/sms.js';
import { limits, type SettingsTable, type Values } from '../../../settings/types.js';

/** The Aliyun account. Its texts are those of SMS_TEMPLATE_…. */
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
  ALIYUN_LIMITS: [limits.prefault('3000/s'), 'calls the Aliyun account may make; the provider states 5000/s'],
} as const satisfies SettingsTable;

export interface AliyunSettings extends SmsVendorSettings {
  base: string;
  accessKeyId: string;
  accessKeySecret: string;
  signName: string;
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
    signName,
    templates,
    reportKey: v.ALIYUN_REPORT_KEY ?? null,
    serialDigits: v.ALIYUN_SERIAL_DIGITS,
  };
}
