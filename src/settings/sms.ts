import { z } from 'zod';
import type { SettingsTable, Values } from './types.js';

/** What all SMS vendors have in common: the texts that are filed, and how many calls are under way. */
export const smsKeys = {
  SMS_SIGN: [z.string().min(2).max(12).default('县政府办'), '签名 filed with the provider, without brackets'],
  SMS_TEMPLATE_DIGEST: [
    z.string().default('SMS_KB_DIGEST'),
    'template code for public issues: publication, number, digest, code',
  ],
  SMS_TEMPLATE_NOTICE: [
    z.string().default('SMS_KB_NOTICE'),
    'template code for internal issues: publication, number, code',
  ],
  SMS_TEMPLATE_REMINDER: [
    z.string().default('SMS_KB_REMINDER'),
    'template code for reminders: publication, number, date, times, code',
  ],
  SMS_TEMPLATE_WITHDRAWAL: [z.string().default('SMS_KB_WITHDRAWAL'), 'for withdrawals: publication, number, code'],
  SMS_TEMPLATE_CODE: [z.string().default('SMS_KB_CODE'), 'template code to prove an address: code, purpose, minutes'],
  SMS_TEMPLATE_SUBSCRIBER: [
    z.string().default('SMS_KB_SUBSCRIBER'),
    'template code for subscribers, as SMS_TEMPLATE_DIGEST',
  ],
  SMS_TEMPLATE_DECISION: [
    z.string().default(''),
    'may be left empty: template code that tells who applied by SMS what was decided: publication, result, note',
  ],
  SMS_ASKS_FOR_REPLIES: [
    z.enum(['yes', 'no']).default('no'),
    'yes: the texts that ask to be acknowledged say “或回复1签收” besides; have them filed so first, and let the vendor push replies',
  ],
  SMS_CONCURRENCY: [z.coerce.number().int().min(1).max(100).default(8), 'SMS calls under way at once'],
  RECONCILE_SECONDS: [
    z.coerce.number().int().min(0).max(3600).default(120),
    'how long after a doubtful SMS the provider is asked about it',
  ],
} as const satisfies SettingsTable;

/** Codes under which texts are filed; empty where one is not. */
export interface SmsTemplateCodes {
  digest: string;
  notice: string;
  reminder: string;
  withdrawal: string;
  code: string;
  subscriber: string;
  /** Where it is not filed, who applied by SMS is not told by SMS. */
  decision: string;
}

/** Of a vendor that takes any text: nothing is filed under a code. */
export const freeTexts: SmsTemplateCodes = {
  digest: '自由文本',
  notice: '自由文本',
  reminder: '自由文本',
  withdrawal: '自由文本',
  code: '自由文本',
  subscriber: '自由文本',
  decision: '自由文本',
};

/** What every vendor's settings have; each vendor adds its own. */
export interface SmsVendorSettings {
  /** 签名 and texts as filed with this vendor, under this account. */
  signName: string;
  templates: SmsTemplateCodes;
  /** Secret part of the address it pushes reports to; null where it pushes none. */
  reportKey: string | null;
  /** Digits of each message's own behind the number it is sent from; 0 for none. */
  serialDigits: number;
}

/** What each vendor's key for it allows. */
export const serialDigits = z.coerce.number().int().min(0).max(8).default(0);

export interface SmsSettings {
  signName: string;
  templates: SmsTemplateCodes;
  /** What is filed says that a reply acknowledges. */
  asksForReplies: boolean;
  concurrency: number;
  reconcileAfterMs: number;
  /** By account, the preferred one first; never empty. */
  vendors: ReadonlyMap<string, SmsVendorSettings>;
}

export function smsSettings(v: Values<typeof smsKeys>): Omit<SmsSettings, 'vendors'> {
  return {
    signName: v.SMS_SIGN,
    templates: {
      digest: v.SMS_TEMPLATE_DIGEST,
      notice: v.SMS_TEMPLATE_NOTICE,
      reminder: v.SMS_TEMPLATE_REMINDER,
      withdrawal: v.SMS_TEMPLATE_WITHDRAWAL,
      code: v.SMS_TEMPLATE_CODE,
      subscriber: v.SMS_TEMPLATE_SUBSCRIBER,
      decision: v.SMS_TEMPLATE_DECISION,
    },
    asksForReplies: v.SMS_ASKS_FOR_REPLIES === 'yes',
    concurrency: v.SMS_CONCURRENCY,
    reconcileAfterMs: v.RECONCILE_SECONDS * 1000,
  };
}

/** The account under which a text is filed, the preferred one first; null when none has it. */
export function filedWith(key: keyof SmsTemplateCodes, sms: SmsSettings | null): string | null {
  for (const [name, { templates }] of sms?.vendors ?? []) if (templates[key] !== '') return name;
  return null;
}
