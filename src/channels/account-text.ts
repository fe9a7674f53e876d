import { smsProviders } from './sms/sms-providers.js';

/** Provider accounts as the office knows them. */
const names: Readonly<Record<string, string>> = {
  smtp: '邮件服务器',
  smtp2: '备用邮件服务器',
  ...Object.fromEntries(smsProviders.map(({ name, text }) => [name, text])),
  wecom: '企业微信',
};

export const accountText = (account: string): string => names[account] ?? account;
