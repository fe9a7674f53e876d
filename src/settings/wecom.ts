import { z } from 'zod';
import type { SettingsTable, Values } from './types.js';

/** The application that sends cards over WeCom. */
export const wecomKeys = {
  WECOM_API_BASE: [z.url().default('https://qyapi.weixin.qq.com'), 'address of the WeCom service'],
  WECOM_CORP_ID: [z.string().optional(), 'WeCom corporation; without it the WeCom channel is off'],
  WECOM_AGENT_ID: [z.coerce.number().int().optional(), 'WeCom application'],
  WECOM_SECRET: [z.string().optional(), 'its secret'],
  WECOM_CONCURRENCY: [z.coerce.number().int().min(1).max(100).default(8), 'WeCom calls under way at once'],
} as const satisfies SettingsTable;

export interface WecomSettings {
  base: string;
  corpId: string;
  agentId: number;
  secret: string;
  concurrency: number;
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
      }
    : null;
