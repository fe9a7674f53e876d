import { z } from 'zod';
import type { Rate, StatedRate } from '../domain/rate.js';
import { domainLimits, limits, type SettingsTable, type Values } from './types.js';

/** What accounts and recipients may be sent; SMS vendors have theirs beside their account. */
export const limitKeys = {
  SMTP_LIMITS: [
    limits.prefault('none'),
    'what the mail server lets this account send, e.g. 100/m,2000/d; none: no limit',
  ],
  SMTP2_LIMITS: [limits.prefault('none'), 'what the second mail server lets this account send'],
  WECOM_LIMITS: [
    limits.prefault('10000/m,150000/h'),
    'calls the WeCom application may make, as the provider states them',
  ],
  MAIL_DOMAIN_LIMITS: [
    domainLimits.prefault('qq.com=20/m,163.com=20/m,126.com=20/m,139.com=20/m'),
    'mails to one mail domain, * for every other; public mail providers block a sender that is faster and keep the numbers secret',
  ],
  MAIL_RAMP_FROM: [
    z.iso.date('应写作“年-月-日”，例如 2026-12-01').optional(),
    'day on which mail began to leave under a new domain: for seven days each outside domain gets 50 mails, then 100, 200 and so on',
  ],
  SMS_NUMBER_LIMITS: [limits.prefault('1/m,5/h,10/d'), 'messages to one number, as vendors limit them'],
  WECOM_MEMBER_LIMITS: [
    limits.prefault('20/m,600/h'),
    'messages to one WeCom member; the provider silently drops what is above 30/m and 1000/h',
  ],
  WECHAT_LIMITS: [
    limits.prefault('6000/m,100000/d'),
    'messages the WeChat official account may send; the provider starts at 100000 a day',
  ],
  WECHAT_FOLLOWER_LIMITS: [
    limits.prefault('6/m,60/h'),
    'messages to one follower; the provider intercepts what it takes for mass sending',
  ],
  DAILY_CAP: [
    z.coerce.number().int().min(0).max(100).default(5),
    'notices one person gets in a day over all issues, the rest leaves the next morning; 特急 is never held back; 0: no cap',
  ],
} as const satisfies SettingsTable;

/** An empty list limits nothing. */
export interface LimitSettings {
  accounts: Readonly<Record<string, readonly StatedRate[]>>;
  /** `*` stands for every other domain. */
  mailDomains: ReadonlyMap<string, readonly Rate[]>;
  /** Day on which the sending domain came into use; null where it is an old one. */
  rampFrom: string | null;
  number: readonly Rate[];
  member: readonly Rate[];
  /** To one follower of the official account. */
  follower: readonly Rate[];
  /** Notices a person gets in a day; 0 for no cap. */
  dailyCap: number;
}

/** @param vendors limits of SMS accounts by name */
export const limitSettings = (
  v: Values<typeof limitKeys>,
  vendors: Readonly<Record<string, readonly StatedRate[]>>,
): LimitSettings => ({
  accounts: { smtp: v.SMTP_LIMITS, smtp2: v.SMTP2_LIMITS, ...vendors, wecom: v.WECOM_LIMITS, wechat: v.WECHAT_LIMITS },
  mailDomains: v.MAIL_DOMAIN_LIMITS,
  rampFrom: v.MAIL_RAMP_FROM ?? null,
  number: v.SMS_NUMBER_LIMITS,
  member: v.WECOM_MEMBER_LIMITS,
  follower: v.WECHAT_FOLLOWER_LIMITS,
  dailyCap: v.DAILY_CAP,
});
