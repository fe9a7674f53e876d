import { z } from 'zod';
import type { SettingsTable, Values } from './types.js';

/** The application that sends cards over WeCom. */
export const wecomKeys = {
  WECOM_API_BASE: [z.url().default('https://qyapi.weixin.qq.com'), 'address of the WeCom service'],
  WECOM_CORP_ID: [z.string().optional(), 'WeCom corporation; without it the WeCom channel is off'],
  WECOM_AGENT_ID: [z.coerce.number().int().optional(), 'WeCom application'],
  WECOM_SECRET: [z.string().optional(), 'its secret'],
  WECOM_CALLBACK_TOKEN: [
    z
      .string()
      .regex(/^[A-Za-z0-9]{1,32}$/, '应为不超过32位的字母和数字')
      .optional(),
    'Token of 接收消息 in the application, whose address is /callbacks/wecom; with it cards have a button that acknowledges',
  ],
  WECOM_CALLBACK_AES_KEY: [
    z
      .string()
      .regex(/^[A-Za-z0-9+/]{43}$/, '应为43位的 EncodingAESKey')
      .optional(),
    'EncodingAESKey of 接收消息 in the application',
  ],
  WECOM_OWNERSHIP: [
    z
      .string()
      .regex(/^WW_verify_[A-Za-z0-9]{1,64}\.txt=[\x21-\x7e]{1,200}$/, '应为 WW_verify_….txt=文件内容')
      .optional(),
    'the file by which WeCom proves whose the domain is, served at the root: WW_verify_NAME.txt=CONTENT',
  ],
  WECOM_CONCURRENCY: [z.coerce.number().int().min(1).max(100).default(8), 'WeCom calls under way at once'],
} as const satisfies SettingsTable;

export interface WecomSettings {
  base: string;
  corpId: string;
  agentId: number;
  secret: string;
  concurrency: number;
  /** How what WeCom sends to us is signed and encrypted; null while it sends nothing, and cards have no button. */
  callback: { token: string; aesKey: string } | null;
  ownership: { file: string; content: string } | null;
}

/** Null without a corporation. */
export const wecomSettings = (v: Values<typeof wecomKeys>): WecomSettings | null =>
  v.WECOM_CORP_ID
    ? {
        base: v.WECOM_API_BASE,
        corpId: v.WECOM_CORP_ID,
        agentId: v.WECOM_AGENT_ID!,
        secret: v.WECOM_SECRET!,
        concurrency: v.WECOM_CONCURRENCY,
        callback: v.WECOM_CALLBACK_TOKEN ? { token: v.WECOM_CALLBACK_TOKEN, aesKey: v.WECOM_CALLBACK_AES_KEY! } : null,
        ownership: ownershipOf(v.WECOM_OWNERSHIP),
      }
    : null;

function ownershipOf(text: string | undefined): WecomSettings['ownership'] {
  const [file, content] = text?.split(/=(.*)/s) ?? [];
  return file && content ? { file, content } : null;
}
