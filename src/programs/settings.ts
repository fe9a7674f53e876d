import { z } from 'zod';
import { smsProviders } from '../channels/sms/sms-providers.js';
import { databaseKeys, databaseSettings } from '../settings/database.js';
import { deliveryKeys, deliverySettings } from '../settings/delivery.js';
import { emailKeys, emailSettings, ownMailDomains } from '../settings/email.js';
import { httpKeys, httpSettings } from '../settings/http.js';
import { limitKeys, limitSettings } from '../settings/limits.js';
import { officeKeys, officeSettings } from '../settings/office.js';
import { type Needed, readTable } from '../settings/read.js';
import type { Settings } from '../settings/settings.js';
import { smsKeys, type SmsSettings, smsSettings, type SmsVendorSettings } from '../settings/sms.js';
import type { SettingsTable, Values } from '../settings/types.js';
import { robotSettings, wecomKeys, wecomSettings } from '../settings/wecom.js';

const vendorNames = smsProviders.map(({ name }) => name);
const shared = {
  ...officeKeys,
  ...httpKeys,
  ...databaseKeys,
  ...deliveryKeys,
  ...emailKeys,
  ...smsKeys,
  SMS_PREFERRED: [
    z.enum(vendorNames).default(vendorNames[0]!),
    'where several SMS vendors are configured, the one that sends while it is well; another takes over while it fails',
  ],
  ...wecomKeys,
  ...limitKeys,
} as const satisfies SettingsTable;
const vendorKeys: SettingsTable = Object.fromEntries(smsProviders.flatMap(({ keys }) => Object.entries(keys)));

/** Every key there is. */
export const settingsTable: SettingsTable & typeof shared = { ...shared, ...vendorKeys };

const needs: readonly Needed[] = [
  ...smsProviders.map(({ opens, needs: keys, text }) => ({ when: opens, keys, what: text })),
  { when: 'WECOM_CORP_ID', keys: ['WECOM_AGENT_ID', 'WECOM_SECRET'], what: '企业微信' },
  { when: 'WECOM_CALLBACK_TOKEN', keys: ['WECOM_CALLBACK_AES_KEY', 'WECOM_CORP_ID'], what: '企业微信卡片签收' },
  { when: 'WECOM_CALLBACK_AES_KEY', keys: ['WECOM_CALLBACK_TOKEN'], what: '企业微信卡片签收' },
  { when: 'WECOM_TRUSTED_DOMAIN', keys: ['WECOM_CORP_ID', 'PUBLIC_URL'], what: '企业微信身份核对' },
  { when: 'SMTP_HOST', keys: ['MAIL_FROM'], what: '邮件' },
  { when: 'SMTP_USER', keys: ['SMTP_PASSWORD'], what: '邮件登录' },
  { when: 'IMAP_HOST', keys: ['IMAP_USER', 'IMAP_PASSWORD', 'SMTP_HOST'], what: '退信邮箱' },
  { when: 'SMTP2_USER', keys: ['SMTP2_PASSWORD'], what: '备用邮件服务器登录' },
  { when: 'SMTP2_HOST', keys: ['SMTP_HOST'], what: '备用邮件服务器' },
];
const opening = ['SMTP_HOST', ...smsProviders.map(({ opens }) => opens), 'WECOM_CORP_ID'];

/**
 * @param environment that of the process unless given
 * @throws StartError naming every faulty setting
 */
export function readSettings(environment?: Readonly<Record<string, string | undefined>>): Settings {
  return settingsOf(readTable(settingsTable, needs, faultsTogether, environment));
}

const faultsTogether = (v: Values<typeof shared> & Values<SettingsTable>): string[] => [
  ...withoutAddress(v),
  ...untrustedDomain(v),
  ...smsProviders.flatMap((vendor) => (v[vendor.opens] ? (vendor.faults?.(v) ?? []) : [])),
];

/** Links in messages need an address that others can reach. */
function withoutAddress(v: Values<typeof shared> & Values<SettingsTable>): string[] {
  const sends = opening.some((key) => v[key]);
  return sends && !v.PUBLIC_URL && v.HOST !== '127.0.0.1'
    ? [`PUBLIC_URL：启用发送通道时必须设置（${settingsTable.PUBLIC_URL[1]}）`]
    : [];
}

/** WeCom leads back to no other domain, and every reader inside of it would end on its error page. */
function untrustedDomain(v: Values<typeof shared>): string[] {
  const { WECOM_TRUSTED_DOMAIN: domain, PUBLIC_URL: address } = v;
  return domain && address && new URL(address).host !== domain.toLowerCase()
    ? ['WECOM_TRUSTED_DOMAIN：必须与 PUBLIC_URL 的域名（含端口）一致，企业微信才会把阅读者带回本系统']
    : [];
}

function settingsOf(v: Values<typeof shared> & Values<SettingsTable>): Settings {
  return Object.freeze<Settings>({
    mode: 'production',
    sandboxUrl: null,
    ...officeSettings(v),
    http: httpSettings(v),
    ...databaseSettings(v),
    delivery: deliverySettings(v),
    limits: limitSettings(v, Object.fromEntries(smsProviders.map((vendor) => [vendor.name, vendor.limits(v)]))),
    email: emailSettings(v),
    ownMailDomains: ownMailDomains(v),
    smsTexts: smsSettings(v),
    sms: smsOf(v),
    wecom: wecomSettings(v),
    wecomRobot: robotSettings(v),
  });
}

function smsOf(v: Values<typeof shared> & Values<SettingsTable>): SmsSettings | null {
  const common = smsSettings(v);
  const vendors = new Map<string, SmsVendorSettings>();
  const preferredFirst = [...smsProviders].sort(
    (a, b) => Number(b.name === v.SMS_PREFERRED) - Number(a.name === v.SMS_PREFERRED),
  );
  for (const vendor of preferredFirst) {
    const own = vendor.settings(v, common);
    if (own !== null) vendors.set(vendor.name, own);
  }
  return vendors.size > 0 ? { ...common, vendors } : null;
}
