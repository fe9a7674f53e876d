import { z } from 'zod';
import type { SmsProvider } from '../channels/sms/sms-provider.js';
import { smsProviders } from '../channels/sms/sms-providers.js';
import { accountOf, mostAccounts } from '../domain/sending/account-name.js';
import { accountKeys, accountNames } from '../settings/accounts.js';
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
import { wechatKeys, wechatSettings } from '../settings/wechat.js';
import { robotSettings, wecomKeys, wecomSettings } from '../settings/wecom.js';

const vendorNames = smsProviders.map(({ name }) => name);
const accountsThere = vendorNames.flatMap((name) =>
  Array.from({ length: mostAccounts }, (_, i) => accountOf(name, i + 1)),
);
const shared = {
  ...officeKeys,
  ...httpKeys,
  ...databaseKeys,
  ...deliveryKeys,
  ...emailKeys,
  ...smsKeys,
  SMS_PREFERRED: [
    z.enum(accountsThere).default(vendorNames[0]!),
    'where several SMS accounts are configured, the one that sends while it is well; another takes over while it fails',
  ],
  ...wecomKeys,
  ...wechatKeys,
  ...limitKeys,
  ...accountKeys,
} as const satisfies SettingsTable;
const vendorKeys: SettingsTable = Object.fromEntries(smsProviders.flatMap(({ keys }) => Object.entries(keys)));
const furtherNumbers = Array.from({ length: mostAccounts - 1 }, (_, i) => i + 2);

/** Of the n-th account of a vendor: its number follows the first word, VENDOR2_… where the first account has VENDOR_…. */
const keyOf = (key: string, n: number): string => (n === 1 ? key : key.replace('_', `${n}_`));

/** Keys of the vendors' further accounts, as those of the first. */
export const furtherKeys: SettingsTable = Object.fromEntries(
  smsProviders.flatMap(({ keys }) =>
    furtherNumbers.flatMap((n) => Object.entries(keys).map(([key, row]) => [keyOf(key, n), row])),
  ),
);

/** Every key there is. */
export const settingsTable: SettingsTable & typeof shared = { ...shared, ...vendorKeys };

const needs: readonly Needed[] = [
  ...smsProviders.flatMap(({ opens, needs: keys, text }) =>
    [1, ...furtherNumbers].map((n) => ({ when: keyOf(opens, n), keys: keys.map((key) => keyOf(key, n)), what: text })),
  ),
  { when: 'WECOM_CORP_ID', keys: ['WECOM_AGENT_ID', 'WECOM_SECRET'], what: '企业微信' },
  { when: 'WECOM_CALLBACK_TOKEN', keys: ['WECOM_CALLBACK_AES_KEY', 'WECOM_CORP_ID'], what: '企业微信卡片签收' },
  { when: 'WECOM_CALLBACK_AES_KEY', keys: ['WECOM_CALLBACK_TOKEN'], what: '企业微信卡片签收' },
  { when: 'WECOM_TRUSTED_DOMAIN', keys: ['WECOM_CORP_ID', 'PUBLIC_URL'], what: '企业微信身份核对' },
  {
    when: 'WECHAT_APP_ID',
    keys: ['WECHAT_SECRET', 'WECHAT_TEMPLATE_ID', 'WECHAT_TEMPLATE_FIELDS'],
    what: '微信服务号',
  },
  { when: 'WECHAT_CALLBACK_TOKEN', keys: ['WECHAT_APP_ID'], what: '微信服务号的扫码绑定和送达回执' },
  { when: 'WECHAT_CALLBACK_AES_KEY', keys: ['WECHAT_CALLBACK_TOKEN'], what: '微信服务号的加密消息' },
  { when: 'SMTP_HOST', keys: ['MAIL_FROM'], what: '邮件' },
  { when: 'SMTP_USER', keys: ['SMTP_PASSWORD'], what: '邮件登录' },
  { when: 'IMAP_HOST', keys: ['IMAP_USER', 'IMAP_PASSWORD', 'SMTP_HOST'], what: '退信邮箱' },
  { when: 'SMTP2_USER', keys: ['SMTP2_PASSWORD'], what: '备用邮件服务器登录' },
  { when: 'SMTP2_HOST', keys: ['SMTP_HOST'], what: '备用邮件服务器' },
];
const opening = [
  'SMTP_HOST',
  ...smsProviders.flatMap(({ opens }) => [1, ...furtherNumbers].map((n) => keyOf(opens, n))),
  'WECOM_CORP_ID',
  'WECHAT_APP_ID',
];

/**
 * @param environment that of the process unless given
 * @throws StartError naming every faulty setting
 */
export function readSettings(environment?: Readonly<Record<string, string | undefined>>): Settings {
  return settingsOf(readTable({ ...settingsTable, ...furtherKeys }, needs, faultsTogether, environment));
}

const faultsTogether = (v: Values<typeof shared> & Values<SettingsTable>): string[] => [
  ...withoutAddress(v),
  ...untrustedDomain(v),
  ...accountsIn(v).flatMap(({ vendor, n, values }) =>
    (vendor.faults?.(values) ?? []).map((fault) => fault.replace(/^[A-Z]+_/, (front) => keyOf(front, n))),
  ),
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
    limits: limitSettings(
      v,
      Object.fromEntries([
        ...smsProviders.map((vendor) => [vendor.name, vendor.limits(v)] as const),
        ...accountsIn(v).map(({ vendor, account, values }) => [account, vendor.limits(values)] as const),
      ]),
    ),
    accountNames: accountNames(v),
    email: emailSettings(v),
    ownMailDomains: ownMailDomains(v),
    smsTexts: smsSettings(v),
    sms: smsOf(v),
    wecom: wecomSettings(v),
    wecomRobot: robotSettings(v),
    wechat: wechatSettings(v),
  });
}

interface GivenAccount {
  vendor: SmsProvider;
  n: number;
  account: string;
  /** Under the keys of the first account. */
  values: Values<SettingsTable>;
}

/** Accounts of SMS vendors that are switched on, of each vendor in order. */
function accountsIn(v: Values<SettingsTable>): GivenAccount[] {
  return smsProviders.flatMap((vendor) =>
    [1, ...furtherNumbers]
      .filter((n) => v[keyOf(vendor.opens, n)])
      .map((n) => ({
        ...{ vendor, n, account: accountOf(vendor.name, n) },
        values: Object.fromEntries(Object.keys(vendor.keys).map((key) => [key, v[keyOf(key, n)]])),
      })),
  );
}

function smsOf(v: Values<typeof shared> & Values<SettingsTable>): SmsSettings | null {
  const common = smsSettings(v);
  const vendors = new Map<string, SmsVendorSettings>();
  const preferredFirst = accountsIn(v).sort(
    (a, b) => Number(b.account === v.SMS_PREFERRED) - Number(a.account === v.SMS_PREFERRED),
  );
  for (const { vendor, account, values } of preferredFirst) {
    const own = vendor.settings(values, common);
    if (own !== null) vendors.set(account, own);
  }
  return vendors.size > 0 ? { ...common, vendors } : null;
}
