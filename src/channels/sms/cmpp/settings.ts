import { z } from 'zod';
import { freeTexts, serialDigits, type SmsSettings, type SmsVendorSettings } from '../../../settings/sms.js';
import { limits, port, type SettingsTable, type Values } from '../../../settings/types.js';

/** The account with a carrier's gateway. */
export const cmppKeys = {
  CMPP_HOST: [z.string().optional(), 'address of the carrier’s gateway (ISMG); without it this vendor is not used'],
  CMPP_PORT: [port.default(7890), 'its port'],
  CMPP_SP_ID: [
    z
      .string()
      .regex(/^[\x21-\x7e]{1,6}$/, '应为不超过6位的企业代码')
      .optional(),
    '企业代码',
  ],
  CMPP_SECRET: [
    z
      .string()
      .regex(/^[\x20-\x7e]+$/, '只能含半角字符')
      .optional(),
    '登录密码',
  ],
  CMPP_SRC_ID: [
    z
      .string()
      .regex(/^\d{1,21}$/, '应为不超过21位的数字')
      .optional(),
    '接入号, which phones show',
  ],
  CMPP_SIGN: [z.string().min(2).max(12).optional(), '签名 filed with the carrier; SMS_SIGN unless it differs'],
  CMPP_SERVICE_ID: [
    z
      .string()
      .regex(/^[\x21-\x7e]{1,10}$/, '应为不超过10位的业务代码')
      .optional(),
    '业务代码',
  ],
  CMPP_VERSION: [
    z.enum(['2.0', '3.0']).default('2.0'),
    'what is offered to the gateway; its answer decides which version is spoken',
  ],
  CMPP_SERIAL_DIGITS: [
    serialDigits,
    'digits of each message’s own behind the access number, if the carrier allows them: by them a reply is told apart, and four or more let a report settle a doubt',
  ],
  CMPP_LINKS: [
    z.coerce.number().int().min(1).max(10).default(1),
    'links each worker keeps open; the carrier limits them',
  ],
  CMPP_WINDOW: [z.coerce.number().int().min(1).max(64).default(16), 'messages on a link without an answer at once'],
  CMPP_HEARTBEAT_SECONDS: [
    z.coerce.number().int().min(5).max(600).default(30),
    'a link without traffic for so long is tested; the standard says 180, many gateways want less',
  ],
  CMPP_ANSWER_SECONDS: [
    z.coerce.number().int().min(1).max(600).default(60),
    'how long an answer is waited for; then the same packet is sent again, three times in all',
  ],
  CMPP_PAD_SP_ID: [
    z.enum(['yes', 'no']).default('yes'),
    'whether an 企业代码 shorter than six digits is padded before the login is hashed; gateways differ',
  ],
  CMPP_LIMITS: [limits.prefault('50/s'), 'messages the account may send; the contract states how many'],
} as const satisfies SettingsTable;

export interface CmppSettings extends SmsVendorSettings {
  host: string;
  port: number;
  spId: string;
  secret: string;
  padsSpId: boolean;
  srcId: string;
  serviceId: string;
  offered: 0x20 | 0x30;
  links: number;
  window: number;
  idleMs: number;
  answerMs: number;
}

type CmppValues = Values<typeof cmppKeys>;

export function cmppSettings(v: CmppValues, { signName }: Pick<SmsSettings, 'signName'>): CmppSettings | null {
  if (!v.CMPP_HOST) return null;
  return {
    host: v.CMPP_HOST,
    port: v.CMPP_PORT,
    spId: v.CMPP_SP_ID!,
    secret: v.CMPP_SECRET!,
    padsSpId: v.CMPP_PAD_SP_ID === 'yes',
    srcId: v.CMPP_SRC_ID!,
    serviceId: v.CMPP_SERVICE_ID!,
    offered: v.CMPP_VERSION === '3.0' ? 0x30 : 0x20,
    serialDigits: v.CMPP_SERIAL_DIGITS,
    links: v.CMPP_LINKS,
    window: v.CMPP_WINDOW,
    idleMs: v.CMPP_HEARTBEAT_SECONDS * 1000,
    answerMs: v.CMPP_ANSWER_SECONDS * 1000,
    signName: v.CMPP_SIGN ?? signName,
    templates: freeTexts,
    reportKey: null,
  };
}

/** Width of the field that holds both (QB-GF-028-2003, 8.4.3.1). */
const longestSrcId = 21;

export const cmppFaults = (v: CmppValues): string[] =>
  (v.CMPP_SRC_ID ?? '').length + v.CMPP_SERIAL_DIGITS > longestSrcId
    ? [`CMPP_SERIAL_DIGITS：接入号连同扩展位不能超过${longestSrcId}位，请减少扩展位数`]
    : [];
