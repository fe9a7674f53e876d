import type { Settings } from '../settings/settings.js';
import type { Channel } from './channel.js';
import { smsProviders } from './sms/sms-providers.js';

/** An address of ours that is entered at the provider. */
export interface CallbackAddress {
  /** What it is entered as, `送达回执`. */
  what: string;
  /** Null while a setting is missing. */
  address: string | null;
  /** Which one; null while none is. */
  missing: string | null;
}

/** Where the provider of an account reports to us; none for one that keeps a line to us. */
export function callbackAddresses(
  { kind, provider, account }: Pick<Channel, 'kind' | 'provider' | 'account'>,
  { http, sms, wecom, wechat }: Pick<Settings, 'http' | 'sms' | 'wecom' | 'wechat'>,
): CallbackAddress[] {
  const base = `${http.publicUrl}/callbacks`;
  if (kind === 'wecom') {
    const missing = wecom?.callback ? null : 'WECOM_CALLBACK_TOKEN';
    return [{ what: '接收消息服务器 URL', address: missing ? null : `${base}/wecom`, missing }];
  }
  if (kind === 'wechat') {
    const missing = wechat?.callback ? null : 'WECHAT_CALLBACK_TOKEN';
    return [{ what: '服务器地址（URL）', address: missing ? null : `${base}/wechat`, missing }];
  }
  const vendor = smsProviders.find(({ name }) => name === provider);
  if (!vendor) return [];
  const key = sms?.vendors.get(account)?.reportKey ?? null;
  const missing = key === null ? (Object.keys(vendor.keys).find((name) => name.endsWith('_REPORT_KEY')) ?? null) : null;
  const at = (what: string, end: string): CallbackAddress => ({
    what,
    address: key === null ? null : `${base}/${account}/${key}${end}`,
    missing,
  });
  return [
    ...(vendor.readReports ? [at('状态报告（送达回执）', '')] : []),
    ...(vendor.readReplies ? [at('上行短信（收件人回复）', '/up')] : []),
  ];
}
