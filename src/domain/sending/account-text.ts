/** Provider accounts as the office knows them. */
const names: Readonly<Record<string, string>> = {
  smtp: '邮件服务器',
  smtp2: '备用邮件服务器',
  aliyun: '阿里云短信',
  tencent: '腾讯云短信',
  wecom: '企业微信',
};

export const accountText = (account: string): string => names[account] ?? account;
