import { z } from 'zod';
import { smsFiledTable } from './sms-filed.js';
import { domainLimits, limits, port, timeOfDay } from './types.js';

/** SMS vendors, WeCom, a second mail server, and what accounts and recipients may be sent. */
export const accountSettings = {
  ALIYUN_SMS_BASE: [z.url().default('https://dysmsapi.aliyuncs.com'), 'address of the Aliyun SMS service'],
  ALIYUN_ACCESS_KEY_ID: [z.string().optional(), 'Aliyun account; without it the SMS channel is off'],
  ALIYUN_ACCESS_KEY_SECRET: [z.string().optional(), 'its secret'],
  ...smsFiledTable,
  SMS_CONCURRENCY: [z.coerce.number().int().min(1).max(100).default(8), 'SMS calls under way at once'],
  ALIYUN_REPORT_KEY: [
    z.string().min(20).optional(),
    'secret part of the address Aliyun pushes delivery reports to: /callbacks/aliyun/KEY',
  ],
  WECOM_API_BASE: [z.url().default('https://qyapi.weixin.qq.com'), 'address of the WeCom service'],
  WECOM_CORP_ID: [z.string().optional(), 'WeCom corporation; without it the WeCom channel is off'],
  WECOM_AGENT_ID: [z.coerce.number().int().optional(), 'WeCom application'],
  WECOM_SECRET: [z.string().optional(), 'its secret'],
  WECOM_CONCURRENCY: [z.coerce.number().int().min(1).max(100).default(8), 'WeCom calls under way at once'],
  SMS_PREFERRED: [
    z.enum(['aliyun', 'tencent']).default('aliyun'),
    'where both SMS vendors are configured, the one that sends while it is well; the other takes over while it fails',
  ],
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
  TENCENT_LIMITS: [limits.prefault('2000/s'), 'calls the Tencent account may make; the provider states 3000/s'],
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
  DIGEST_TIME: [
    timeOfDay.prefault('17:00'),
    'Beijing time at which the daily digest leaves to whoever wishes for one; quiet hours and days off put it off',
  ],
  DAILY_CAP: [
    z.coerce.number().int().min(0).max(100).default(5),
    'notices one person gets in a day over all issues, the rest leaves the next morning; 特急 is never held back; 0: no cap',
  ],
} as const satisfies Record<string, readonly [z.ZodType, string]>;
