import { z } from 'zod';

/** What is filed with the SMS provider: signature and template codes. */
export const smsFiledTable = {
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
} as const;
