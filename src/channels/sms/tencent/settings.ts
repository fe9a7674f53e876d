import { z } from 'zod';
import { serialDigits, type SmsSettings, type SmsVendorSettings } from '../../../settings/sms.js';
import { limits, type SettingsTable, type Values } from '../../../settings/types.js';

/** The Tencent Cloud account, with numbers of its own for the texts. */
export const tencentKeys = {
  TENCENT_SMS_BASE: [z.url().default('https://sms.tencentcloudapi.com'), 'address of the Tencent Cloud SMS service'],
  TENCENT_SECRET_ID: [z.string().optional(), 'Tencent Cloud account; without it this vendor is not used'],
  TENCENT_SECRET_KEY: [z.string().optional(), 'its secret'],
  TENCENT_SDK_APP_ID: [z.string().optional(), 'SMS application, SdkAppId'],
  TENCENT_SIGN: [z.string().min(2).max(12).optional(), '签名 filed with Tencent; SMS_SIGN unless it differs'],
  TENCENT_TEMPLATE_DIGEST: [
    z.string().optional(),
    'number of the digest template there; {1} publication, {2} number, {3} digest, {4} code',
  ],
  TENCENT_TEMPLATE_NOTICE: [
    z.string().optional(),
    'number of the notice template there; {1} publication, {2} number, {3} code',
  ],
  TENCENT_TEMPLATE_REMINDER: [
    z.string().optional(),
    'number of the reminder template there; {1} publication, {2} number, {3} date, {4} times, {5} code',
  ],
  TENCENT_TEMPLATE_WITHDRAWAL: [
    z.string().optional(),
    'number of the withdrawal template there; {1} publication, {2} number, {3} code',
  ],
  TENCENT_TEMPLATE_CODE: [
    z.string().optional(),
    'number of the template that proves an address there; {1} code, {2} purpose, {3} minutes',
  ],
  TENCENT_TEMPLATE_SUBSCRIBER: [
    z.string().optional(),
    'number of the subscribers’ template there, as TENCENT_TEMPLATE_DIGEST',
  ],
  TENCENT_TEMPLATE_DECISION: [
    z.string().default(''),
    'may be left empty: number of the template there that tells of a decision; {1} publication, {2} result, {3} note',
  ],
  TENCENT_REPORT_KEY: [
    z.string().min(20).optional(),
    'secret part of the address Tencent pushes delivery reports to: /callbacks/tencent/KEY',
  ],
  TENCENT_PULL_SECONDS: [
    z.coerce.number().int().min(0).max(600).default(0),
    'how often reports and replies are asked for, if Tencent’s support has opened these queues: for an office that Tencent cannot call; 0 never',
  ],
  TENCENT_SERIAL_DIGITS: [
    serialDigits,
    'digits of each message’s own (ExtendCode), if Tencent’s support has opened them: by them a reply is told apart',
  ],
  TENCENT_LIMITS: [limits.prefault('2000/s'), 'calls the Tencent account may make; the provider states 3000/s'],
} as const satisfies SettingsTable;

export interface TencentSettings extends SmsVendorSettings {
  base: string;
  secretId: string;
  secretKey: string;
  sdkAppId: string;
  /** 0: the vendor pushes, nothing is asked for. */
  pullEveryMs: number;
}

export function tencentSettings(
  v: Values<typeof tencentKeys>,
  { signName }: Pick<SmsSettings, 'signName'>,
): TencentSettings | null {
  if (!v.TENCENT_SECRET_ID) return null;
  return {
    base: v.TENCENT_SMS_BASE,
    secretId: v.TENCENT_SECRET_ID,
    secretKey: v.TENCENT_SECRET_KEY!,
    sdkAppId: v.TENCENT_SDK_APP_ID!,
    signName: v.TENCENT_SIGN ?? signName,
    templates: {
      digest: v.TENCENT_TEMPLATE_DIGEST!,
      notice: v.TENCENT_TEMPLATE_NOTICE!,
      reminder: v.TENCENT_TEMPLATE_REMINDER!,
      withdrawal: v.TENCENT_TEMPLATE_WITHDRAWAL!,
      code: v.TENCENT_TEMPLATE_CODE!,
      subscriber: v.TENCENT_TEMPLATE_SUBSCRIBER!,
      decision: v.TENCENT_TEMPLATE_DECISION,
    },
    reportKey: v.TENCENT_REPORT_KEY ?? null,
    serialDigits: v.TENCENT_SERIAL_DIGITS,
    pullEveryMs: v.TENCENT_PULL_SECONDS * 1000,
  };
}
