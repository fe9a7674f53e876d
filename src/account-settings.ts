import { z } from 'zod';
import { domainLimits, limits, port } from './platform/setting-types.js';

/** Second provider accounts, and what accounts and recipients may be sent. */
export const accountSettings = {
  SMTP2_HOST: [
    z.string().optional(),
    'a second mail server, which takes over while the first fails, and gives back slowly',
  ],
  SMTP2_PORT: [port.default(465), 'its port'],
  SMTP2_ENCRYPTION: [z.enum(['tls', 'starttls', 'none']).default('tls'), 'as SMTP_ENCRYPTION'],
  SMTP2_USER: [z.string().optional(), 'account there'],
  SMTP2_PASSWORD: [z.string().optional(), 'its password'],
  SMTP2_LIMITS: [limits.prefault('none'), 'what the second mail server lets this account send'],
  SMTP_LIMITS: [
    limits.prefault('none'),
    'what the mail server lets this account send, e.g. 100/m,2000/d; none: no limit',
  ],
  ALIYUN_LIMITS: [limits.prefault('3000/s'), 'calls the Aliyun account may make; the provider states 5000/s'],
  WECOM_LIMITS: [
    limits.prefault('10000/m,150000/h'),
    'calls the WeCom application may make, as the provider states them',
  ],
  MAIL_DOMAIN_LIMITS: [
    domainLimits.prefault('qq.com=20/m,163.com=20/m,126.com=20/m,139.com=20/m'),
    'mails to one mail domain, * for every other; public mail providers block a sender that is faster and keep the numbers secret',
  ],
  SMS_NUMBER_LIMITS: [limits.prefault('1/m,5/h,10/d'), 'messages to one number, as vendors limit them'],
  WECOM_MEMBER_LIMITS: [
    limits.prefault('20/m,600/h'),
    'messages to one WeCom member; the provider silently drops what is above 30/m and 1000/h',
  ],
  DAILY_CAP: [
    z.coerce.number().int().min(0).max(100).default(5),
    'notices one person gets in a day over all issues, the rest leaves the next morning; 特急 is never held back; 0: no cap',
  ],
} as const satisfies Record<string, readonly [z.ZodType, string]>;
