import { z } from 'zod';
import { readFields, type TemplateField } from '../domain/sending/wechat-fields.js';
import type { SettingsTable, Values } from './types.js';

const templateFields = z.string().transform((text, context): TemplateField[] => {
  const fields = readFields(text);
  if (typeof fields !== 'string') return fields;
  context.addIssue({ code: 'custom', message: fields });
  return z.NEVER;
});

/** The WeChat official account (服务号) that sends notices to its followers. */
export const wechatKeys = {
  WECHAT_API_BASE: [
    z.url().default('https://api.weixin.qq.com'),
    'address of the WeChat service for official accounts',
  ],
  WECHAT_QR_BASE: [z.url().default('https://mp.weixin.qq.com'), 'address at which WeChat draws QR codes'],
  WECHAT_APP_ID: [
    z
      .string()
      .regex(/^wx[0-9a-zA-Z]{8,30}$/, '应为以 wx 开头的 AppID')
      .optional(),
    'AppID of the certified official account (服务号); without it that channel is off',
  ],
  WECHAT_SECRET: [z.string().optional(), 'its AppSecret'],
  WECHAT_MESSAGE: [
    z.enum(['template', 'subscription']).default('template'),
    'template sends template messages (模板消息), subscription long-term subscription notices (长期订阅通知), which the account must have been granted',
  ],
  WECHAT_TEMPLATE_ID: [
    z
      .string()
      .regex(/^[A-Za-z0-9_-]{20,64}$/, '应为公众平台后台的模板 ID')
      .optional(),
    'id of the template in 我的模板 of that kind',
  ],
  WECHAT_TEMPLATE_FIELDS: [
    templateFields.optional(),
    'what each field of the template holds, as thing1=issue,thing2=summary,time3=sent,phrase4=state; there are issue, number, summary, act, state, date, sent, office and copyNumber',
  ],
  WECHAT_CALLBACK_TOKEN: [
    z
      .string()
      .regex(/^[A-Za-z0-9]{3,32}$/, '应为3至32位的字母和数字')
      .optional(),
    'Token of 服务器配置 in the account, whose address is /callbacks/wechat; without it nobody can be bound and nothing is known to have arrived',
  ],
  WECHAT_CALLBACK_AES_KEY: [
    z
      .string()
      .regex(/^[A-Za-z0-9+/]{43}$/, '应为43位的 EncodingAESKey')
      .optional(),
    'EncodingAESKey of 服务器配置; with it only encrypted calls are believed (安全模式 or 兼容模式)',
  ],
  WECHAT_CONCURRENCY: [z.coerce.number().int().min(1).max(50).default(5), 'calls to WeChat under way at once'],
} as const satisfies SettingsTable;

export interface WechatSettings {
  base: string;
  qrBase: string;
  appId: string;
  secret: string;
  /** 模板消息, or 长期订阅通知. */
  message: 'template' | 'subscription';
  templateId: string;
  fields: readonly TemplateField[];
  concurrency: number;
  /** How what WeChat sends to us is signed, and encrypted where there is a key; null while it sends nothing. */
  callback: { token: string; aesKey: string | null } | null;
}

/** Null without an account. */
export const wechatSettings = (v: Values<typeof wechatKeys>): WechatSettings | null =>
  v.WECHAT_APP_ID
    ? {
        base: v.WECHAT_API_BASE,
        qrBase: v.WECHAT_QR_BASE,
        appId: v.WECHAT_APP_ID,
        secret: v.WECHAT_SECRET!,
        message: v.WECHAT_MESSAGE,
        templateId: v.WECHAT_TEMPLATE_ID!,
        fields: v.WECHAT_TEMPLATE_FIELDS!,
        concurrency: v.WECHAT_CONCURRENCY,
        callback: v.WECHAT_CALLBACK_TOKEN
          ? { token: v.WECHAT_CALLBACK_TOKEN, aesKey: v.WECHAT_CALLBACK_AES_KEY ?? null }
          : null,
      }
    : null;
