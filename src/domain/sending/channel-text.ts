import type { ChannelKind } from '../delivery.js';

/** What the office calls each channel. */
export const channelText: Record<ChannelKind, string> = { email: '电子邮件', sms: '短信', wecom: '企业微信' };
