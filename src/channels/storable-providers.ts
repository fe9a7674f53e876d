import { z } from 'zod';
import { DomainError } from '../domain/errors/errors.js';
import type { StatedRate } from '../domain/rate.js';
import { mostAccounts, numberOf, providerOf } from '../domain/sending/account-name.js';
import { type EmailSettings, emailKeys, emailSettings } from '../settings/email.js';
import { limitKeys } from '../settings/limits.js';
import { schemaOf } from '../settings/read.js';
import type { Settings } from '../settings/settings.js';
import type { SettingsTable, Values } from '../settings/types.js';
import { wecomKeys, wecomSettings } from '../settings/wecom.js';
import { openEmailAccount, openSmsAccount, openWecomAccount } from './open-channels.js';
import type { SmsProvider } from './sms/sms-provider.js';
import { smsProviders } from './sms/sms-providers.js';
import type { StorableProvider } from './storable-provider.js';

/** What an account has besides its provider's settings. */
const ownKeys = {
  ACCOUNT_NAME: [z.string().max(20, '不超过20个字').optional(), 'what the office calls it'],
  ACCOUNT_PLACE: [
    z.coerce
      .number('请填1到99的整数')
      .int('请填1到99的整数')
      .min(1, '请填1到99的整数')
      .max(99, '请填1到99的整数')
      .default(50),
    'its place among accounts of the same kind',
  ],
} as const satisfies SettingsTable;
const ownForm = {
  ACCOUNT_NAME: '账号名称（如“防汛短信”，可不填）',
  ACCOUNT_PLACE: '先后次序（1至99，小的先用；不填为50）',
};

/** Name and place of an account, from what was entered. */
export const ownOf = (v: Values<SettingsTable>): { name: string | null; place: number } => ({
  name: (v.ACCOUNT_NAME as string | undefined) ?? null,
  // The mailbox comes behind all mail servers: it belongs to them.
  place: (v.ACCOUNT_PLACE as number | undefined) ?? 100,
});

const withLimits = (settings: Settings, account: string, limits: readonly StatedRate[]): Settings => ({
  ...settings,
  limits: { ...settings.limits, accounts: { ...settings.limits.accounts, [account]: limits } },
});

/** What is not asked for at the console, as the environment's table has it when nothing is given. */
const otherwise = <T extends SettingsTable>(table: T, values: Values<SettingsTable>): Values<T> =>
  ({ ...schemaOf(table).parse({}), ...values }) as Values<T>;

const {
  SMTP_HOST,
  SMTP_PORT,
  SMTP_ENCRYPTION,
  SMTP_USER,
  SMTP_PASSWORD,
  MAIL_FROM,
  MAIL_REPLY_TO,
  DKIM_SELECTORS,
  IMAP_HOST,
  IMAP_PORT,
  IMAP_ENCRYPTION,
  IMAP_USER,
  IMAP_PASSWORD,
  IMAP_FOLDER,
  IMAP_DONE_FOLDER,
} = emailKeys;

/** A mail server. Files on our own disk, such as certificates of an authority, are named by the environment alone. */
const smtp: StorableProvider = {
  name: 'smtp',
  text: '邮件服务器',
  kind: 'email',
  keys: {
    ...{ SMTP_HOST, SMTP_PORT, SMTP_ENCRYPTION, SMTP_USER, SMTP_PASSWORD, MAIL_FROM, MAIL_REPLY_TO, DKIM_SELECTORS },
    SMTP_LIMITS: limitKeys.SMTP_LIMITS,
    ...ownKeys,
  },
  opens: 'SMTP_HOST',
  needs: ['MAIL_FROM'],
  form: {
    SMTP_HOST: '邮件服务器地址',
    SMTP_PORT: '端口（一般是465，不填为465）',
    SMTP_ENCRYPTION: '加密方式（tls：465端口；starttls：587端口；none：只用于同一台服务器；不填为tls）',
    SMTP_USER: '登录账号',
    SMTP_PASSWORD: '登录密码（公共邮箱填授权码）',
    MAIL_FROM: '发件地址',
    MAIL_REPLY_TO: '答复地址（与发件地址相同时不填）',
    DKIM_SELECTORS: 'DKIM 签名密钥名称（没有时不填）',
    SMTP_LIMITS: '限速（如 100/m,2000/d；不填为不限）',
    ...ownForm,
  },
  several: true,
  isGiven: (account, { email }) =>
    email !== null && (account === 'smtp' || (account === 'smtp2' && email.second !== null)),
  faults: (v) => (v.SMTP_USER && !v.SMTP_PASSWORD ? ['SMTP_PASSWORD：填了登录账号，也要填密码'] : []),
  open(values, { account, base, hasMailbox, vault, now }) {
    const own = emailSettings(otherwise(emailKeys, values))!;
    const email: EmailSettings = base.email
      ? { ...own, bounce: base.email.bounce, client: base.email.client, patienceSeconds: base.email.patienceSeconds }
      : own;
    const channel = openEmailAccount(account, email, { ...base, hasMailbox }, vault, now);
    const limits = values.SMTP_LIMITS as readonly StatedRate[];
    return {
      channel,
      use: (settings) => withLimits({ ...settings, email: settings.email ?? email }, account, limits),
      check: () => channel.check(),
    };
  },
};

/** The mailbox that bounces come to. */
const imap: StorableProvider = {
  name: 'imap',
  text: '退信邮箱',
  kind: 'email',
  keys: { IMAP_HOST, IMAP_PORT, IMAP_ENCRYPTION, IMAP_USER, IMAP_PASSWORD, IMAP_FOLDER, IMAP_DONE_FOLDER },
  opens: 'IMAP_HOST',
  needs: ['IMAP_USER', 'IMAP_PASSWORD'],
  form: {
    IMAP_HOST: 'IMAP 服务器地址',
    IMAP_PORT: '端口（一般是993，不填为993）',
    IMAP_ENCRYPTION: '加密方式（tls：993端口；starttls：143端口；不填为tls）',
    IMAP_USER: '登录账号',
    IMAP_PASSWORD: '登录密码（公共邮箱填授权码）',
    IMAP_FOLDER: '退信所在的文件夹（不填为INBOX）',
    IMAP_DONE_FOLDER: '登记后移到的文件夹（不填则留在原处，标为已读）',
  },
  several: false,
  isGiven: (_account, { email }) => (email?.mailbox ?? null) !== null,
  open(values) {
    const mailbox = emailSettings(otherwise(emailKeys, { ...values, SMTP_HOST: '-', MAIL_FROM: '-' }))!.mailbox!;
    return {
      channel: null,
      use: (settings) => ({ ...settings, email: settings.email && { ...settings.email, mailbox } }),
      // Loaded by who tries it: no worker looks through a mailbox.
      check: async () => (await import('./email/bounce-mailbox.js')).checkMailbox(mailbox),
    };
  },
};

const wecom: StorableProvider = {
  name: 'wecom',
  text: '企业微信',
  kind: 'wecom',
  keys: { ...wecomKeys, WECOM_LIMITS: limitKeys.WECOM_LIMITS },
  opens: 'WECOM_CORP_ID',
  needs: ['WECOM_AGENT_ID', 'WECOM_SECRET'],
  form: {
    WECOM_CORP_ID: '企业 ID（CorpID）',
    WECOM_AGENT_ID: '应用 AgentId',
    WECOM_SECRET: '应用 Secret',
    WECOM_CALLBACK_TOKEN: '接收消息的 Token（填了卡片上才有签收按钮）',
    WECOM_CALLBACK_AES_KEY: '接收消息的 EncodingAESKey（43位）',
    WECOM_OWNERSHIP: '域名归属文件（WW_verify_….txt=文件内容，可不填）',
    WECOM_TRUSTED_DOMAIN: '网页授权可信域名（在应用中填好后再填，可不填）',
    WECOM_FIND_MEMBERS: '按手机号查找没有登记的成员（yes 或 no；不填为no）',
    WECOM_LIMITS: '限速（不填为10000/m,150000/h）',
    WECOM_API_BASE: '接口地址（一般不填）',
  },
  several: false,
  isGiven: (_account, base) => base.wecom !== null,
  faults: (v, { http }) => [
    ...(v.WECOM_CALLBACK_TOKEN && !v.WECOM_CALLBACK_AES_KEY
      ? ['WECOM_CALLBACK_AES_KEY：填了 Token，也要填 EncodingAESKey']
      : []),
    ...(v.WECOM_CALLBACK_AES_KEY && !v.WECOM_CALLBACK_TOKEN
      ? ['WECOM_CALLBACK_TOKEN：填了 EncodingAESKey，也要填 Token']
      : []),
    ...(typeof v.WECOM_TRUSTED_DOMAIN === 'string' &&
    v.WECOM_TRUSTED_DOMAIN.toLowerCase() !== new URL(http.publicUrl).host
      ? ['WECOM_TRUSTED_DOMAIN：必须与 PUBLIC_URL 的域名（含端口）一致']
      : []),
  ],
  open(values, { base, vault, now }) {
    const own = wecomSettings(otherwise(wecomKeys, values))!;
    const channel = openWecomAccount(own, base.officeName, vault, now);
    const limits = values.WECOM_LIMITS as readonly StatedRate[];
    return {
      channel,
      use: (settings) => withLimits({ ...settings, wecom: own }, 'wecom', limits),
      check: () => channel.check(),
    };
  },
};

function storableSms(vendor: SmsProvider): StorableProvider {
  const { name, text, keys, opens, needs, form } = vendor;
  return {
    ...{ name, text, kind: 'sms', opens, needs, several: true },
    keys: { ...keys, ...ownKeys },
    form: { ...(form as Record<string, string>), ...ownForm },
    isGiven: (account, { sms }) => sms?.vendors.has(account) === true,
    faults: (values) => vendor.faults?.(values) ?? [],
    open(values, { account, base: { smsTexts }, now }) {
      const own = vendor.settings(values, smsTexts)!;
      const channel = openSmsAccount(account, vendor, own, smsTexts, now);
      return {
        channel,
        use: (settings) => {
          const vendors = new Map([...(settings.sms?.vendors ?? []), [account, own] as const]);
          return withLimits(
            { ...settings, sms: { ...smsTexts, ...settings.sms, vendors } },
            account,
            vendor.limits(values),
          );
        },
        check: () => channel.check(),
      };
    },
  };
}

/** All whose settings can be entered at the console, in the order in which they are offered. */
export const storableProviders: readonly StorableProvider[] = [smtp, imap, ...smsProviders.map(storableSms), wecom];

/** Where an account stands when nobody has said anything. */
export const placeOf = (account: string): number =>
  storableProviders.findIndex(({ name }) => name === providerOf(account)) * mostAccounts + numberOf(account);

/** Of the accounts there may be. */
export const numbersOf = ({ several }: StorableProvider): number[] =>
  Array.from({ length: several ? mostAccounts : 1 }, (_, i) => i + 1);

/** @throws DomainError channel.unknown */
export function providerCalled(account: string): StorableProvider {
  const provider = storableProviders.find(({ name }) => name === providerOf(account));
  if (!provider || (!provider.several && account !== provider.name)) throw new DomainError('channel.unknown');
  return provider;
}
