import { numberOf, providerOf } from '../domain/sending/account-name.js';
import { smsProviders } from './sms/sms-providers.js';

/** Provider accounts as the office knows them. */
const names: Readonly<Record<string, string>> = {
  smtp: '邮件服务器',
  smtp2: '备用邮件服务器',
  imap: '退信邮箱',
  ...Object.fromEntries(smsProviders.map(({ name, text }) => [name, text])),
  wecom: '企业微信',
  wechat: '微信服务号',
};

/** 阿里云短信; 阿里云短信2 for the second account. */
export function accountText(account: string): string {
  const provider = names[providerOf(account)];
  return names[account] ?? (provider === undefined ? account : `${provider}${numberOf(account)}`);
}
