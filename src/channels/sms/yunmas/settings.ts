import { z } from 'zod';
import {
  freeTexts,
  serialDigits,
  type SmsSettings,
  type SmsTemplateCodes,
  type SmsVendorSettings,
} from '../../../settings/sms.js';
import { limits, type SettingsTable, type Values, words } from '../../../settings/types.js';

const template = z.string().optional();
/** Of a pushed report, in the order of YUNMAS_REPORT_FIELDS. */
const reportFields = ['reportStatus', 'errorCode', 'mobile', 'submitDate', 'receiveDate', 'msgGroup'] as const;
export type ReportFields = Readonly<Record<(typeof reportFields)[number], string>>;

/** The account with China Mobile 云MAS. There is no public manual: what differs between contracts can be set. */
export const yunmasKeys = {
  YUNMAS_BASE: [
    z.url({ protocol: /^https?$/, error: '应为完整的网址，例如 http://112.35.1.155:1992' }).optional(),
    'address of 云MAS as the contract gives it, without /sms/…',
  ],
  YUNMAS_EC_NAME: [z.string().optional(), '企业名称 of the account, to the letter; without it this vendor is not used'],
  YUNMAS_AP_ID: [z.string().optional(), '接口账号'],
  YUNMAS_SECRET_KEY: [z.string().optional(), '接口密码'],
  YUNMAS_SIGN: [z.string().optional(), '签名编码, not the text of the signature'],
  YUNMAS_SIGN_NAME: [z.string().min(2).max(12).optional(), 'text of the signature; SMS_SIGN unless it differs'],
  YUNMAS_SIGN_IN_TEXT: [
    z.enum(['yes', 'no']).default('yes'),
    'yes: free texts carry 【YUNMAS_SIGN_NAME】 themselves; no: the platform puts it in front',
  ],
  YUNMAS_SERIAL: [
    z
      .string()
      .regex(/^\d{0,12}$/, '应为不超过12位的数字')
      .default(''),
    '扩展码: digits that follow the access number on phones',
  ],
  YUNMAS_SERIAL_DIGITS: [
    serialDigits,
    'digits of each message’s own behind 扩展码, if the contract allows them: by them a reply is told apart',
  ],
  YUNMAS_FLAVOUR: [
    z.enum(['text', 'template']).default('text'),
    'text: free texts, as contracts for 党政 usually allow; template: texts filed with the platform',
  ],
  // Our ids of all of them travel in a header, and servers take 8 KB of headers.
  YUNMAS_PER_CALL: [
    z.coerce.number().int().min(1).max(100).default(1),
    'numbers in one call, each with its own free text; with 1 a doubt is about one message only',
  ],
  YUNMAS_TEMPLATE_DIGEST: [template, 'number of the digest template there: publication, number, digest, code'],
  YUNMAS_TEMPLATE_NOTICE: [template, 'number of the notice template there: publication, number, code'],
  YUNMAS_TEMPLATE_REMINDER: [template, 'number of the reminder template there: publication, number, date, times, code'],
  YUNMAS_TEMPLATE_WITHDRAWAL: [template, 'number of the withdrawal template there: publication, number, code'],
  YUNMAS_TEMPLATE_CODE: [template, 'number of the template that proves an address there: code, purpose, minutes'],
  YUNMAS_TEMPLATE_SUBSCRIBER: [template, 'number of the subscribers’ template there, as YUNMAS_TEMPLATE_DIGEST'],
  YUNMAS_TEMPLATE_DECISION: [
    z.string().default(''),
    'may be left empty: number of the template there that tells of a decision: publication, result, note',
  ],
  YUNMAS_REPORT_KEY: [
    z.string().min(20).optional(),
    'secret part of the address 云MAS pushes delivery reports to: /callbacks/yunmas/KEY',
  ],
  YUNMAS_REPORT_FIELDS: [
    z
      .string()
      .default(reportFields.join(','))
      .transform(words)
      .refine((names) => names.length === reportFields.length, '应为六个字段名，以逗号分隔'),
    'names in a pushed report of: state, carrier’s code, number, time sent, time received, group',
  ],
  YUNMAS_LIMITS: [limits.prefault('50/s'), 'messages the account may send; the contract states how many'],
} as const satisfies SettingsTable;

export interface YunmasSettings extends SmsVendorSettings {
  base: string;
  ecName: string;
  apId: string;
  secretKey: string;
  sign: string;
  signInText: boolean;
  addSerial: string;
  flavour: 'text' | 'template';
  perCall: number;
  reportFields: ReportFields;
}

type YunmasValues = Values<typeof yunmasKeys>;

export function yunmasSettings(v: YunmasValues, { signName }: Pick<SmsSettings, 'signName'>): YunmasSettings | null {
  if (!v.YUNMAS_EC_NAME) return null;
  return {
    base: v.YUNMAS_BASE!,
    ecName: v.YUNMAS_EC_NAME,
    apId: v.YUNMAS_AP_ID!,
    secretKey: v.YUNMAS_SECRET_KEY!,
    sign: v.YUNMAS_SIGN!,
    signInText: v.YUNMAS_SIGN_IN_TEXT === 'yes',
    addSerial: v.YUNMAS_SERIAL,
    flavour: v.YUNMAS_FLAVOUR,
    perCall: v.YUNMAS_PER_CALL,
    signName: v.YUNMAS_SIGN_NAME ?? signName,
    templates: templatesOf(v),
    reportKey: v.YUNMAS_REPORT_KEY ?? null,
    serialDigits: v.YUNMAS_SERIAL_DIGITS,
    reportFields: Object.fromEntries(
      reportFields.map((name, at) => [name, v.YUNMAS_REPORT_FIELDS[at]!]),
    ) as unknown as ReportFields,
  };
}

function templatesOf(v: YunmasValues): SmsTemplateCodes {
  if (v.YUNMAS_FLAVOUR === 'text') return freeTexts;
  return {
    digest: v.YUNMAS_TEMPLATE_DIGEST!,
    notice: v.YUNMAS_TEMPLATE_NOTICE!,
    reminder: v.YUNMAS_TEMPLATE_REMINDER!,
    withdrawal: v.YUNMAS_TEMPLATE_WITHDRAWAL!,
    code: v.YUNMAS_TEMPLATE_CODE!,
    subscriber: v.YUNMAS_TEMPLATE_SUBSCRIBER!,
    decision: v.YUNMAS_TEMPLATE_DECISION,
  };
}

const mustBeFiled = ['DIGEST', 'NOTICE', 'REMINDER', 'WITHDRAWAL', 'CODE', 'SUBSCRIBER'] as const;

/** As far as the platform takes addSerial. */
const longestSerial = 12;

export function yunmasFaults(v: YunmasValues): string[] {
  return [...serialFaults(v), ...templateFaults(v)];
}

function serialFaults(v: YunmasValues): string[] {
  const digits = v.YUNMAS_SERIAL_DIGITS;
  return [
    ...(v.YUNMAS_SERIAL.length + digits > longestSerial
      ? [`YUNMAS_SERIAL_DIGITS：扩展码连同每条短信的扩展位不能超过${longestSerial}位，请减少扩展位数`]
      : []),
    ...(digits > 0 && v.YUNMAS_PER_CALL > 1
      ? ['YUNMAS_PER_CALL：一次发给多个号码的短信扩展码相同，设置了 YUNMAS_SERIAL_DIGITS 时请改为 1']
      : []),
  ];
}

function templateFaults(v: YunmasValues): string[] {
  if (v.YUNMAS_FLAVOUR === 'text') return [];
  const missing = mustBeFiled.map((name) => `YUNMAS_TEMPLATE_${name}` as const).filter((key) => !v[key]);
  return [
    ...missing.map((key) => `${key}：云MAS 按模板发送（YUNMAS_FLAVOUR=template）时必须设置模板编号`),
    ...(v.YUNMAS_PER_CALL > 1
      ? ['YUNMAS_PER_CALL：云MAS 按模板发送时每次只能发一个号码，因为各人的查阅码不同，请改为 1']
      : []),
  ];
}
