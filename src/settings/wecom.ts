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
  WECOM_TRUSTED_DOMAIN: [
    z
      .string()
      .regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?$/i, '应为域名，如 kb.example.gov.cn')
      .optional(),
    'the domain of PUBLIC_URL, once it is entered as 网页授权可信域名 in the application; with it WeCom says who opens a link inside of it, and a link that was passed on opens nothing',
  ],
  WECOM_OAUTH_BASE: [z.url().default('https://open.weixin.qq.com'), 'address at which WeCom says who has a page open'],
  WECOM_FIND_MEMBERS: [
    z.enum(['yes', 'no']).default('no'),
    'yes looks in WeCom, by mobile number, for the account of people with a post of whom none is entered: a few an hour',
  ],
  WECOM_ROBOT_KEY: [
    z
      .string()
      .regex(/^[A-Za-z0-9-]{8,100}$/, '应为群机器人 Webhook 地址中 key= 后面的部分')
      .optional(),
    'key of the Webhook address of a robot in the group on duty, which is told what was sent, read, is missing at 17:00, and stopped',
  ],
  WECOM_ROBOT_MENTION: [
    z
      .string()
      .regex(/^(?:[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}(?:,(?!$)|$)){0,20}$/, '应为企业微信账号，用英文逗号隔开，最多20个')
      .default(''),
    'WeCom accounts that the robot calls by name, comma separated',
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
  /** Where WeCom says who opens a link; null while it is not asked. */
  oauth: { base: string; domain: string } | null;
  /** Accounts that nobody entered are looked for by mobile number. */
  findsMembers: boolean;
}

/** The robot of a group. It needs no application. */
export interface WecomRobotSettings {
  base: string;
  /** Whoever has it can write to the group. */
  key: string;
  mention: readonly string[];
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
        findsMembers: v.WECOM_FIND_MEMBERS === 'yes',
        oauth: v.WECOM_TRUSTED_DOMAIN ? { base: v.WECOM_OAUTH_BASE, domain: v.WECOM_TRUSTED_DOMAIN } : null,
      }
    : null;

/** Null without a key. */
export const robotSettings = (v: Values<typeof wecomKeys>): WecomRobotSettings | null =>
  v.WECOM_ROBOT_KEY
    ? {
        base: v.WECOM_API_BASE,
        key: v.WECOM_ROBOT_KEY,
        mention: v.WECOM_ROBOT_MENTION.split(',').filter((userId) => userId !== ''),
      }
    : null;

function ownershipOf(text: string | undefined): WecomSettings['ownership'] {
  const [file, content] = text?.split(/=(.*)/s) ?? [];
  return file && content ? { file, content } : null;
}
