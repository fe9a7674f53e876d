import { z } from 'zod';
import type { SendOutcome } from '../../domain/delivery.js';
import { clipUtf8 } from '../../domain/sending/message-text.js';
import { callVendor } from '../vendor-http.js';
import { outcomeOfSilence } from '../vendor-outcome.js';
import { wecomOutcome } from './wecom-errors.js';

/** UTF-8 bytes of a markdown message. */
const longestText = 4096;
const unknownKey = 93_000;

const body = z.object({ errcode: z.number(), errmsg: z.string().max(1000).catch('') });

export interface RobotOptions {
  /** `https://qyapi.weixin.qq.com` or a stand-in. */
  baseUrl: string;
  /** Of the robot's webhook address: whoever has it can write to the group. */
  key: string;
  /** User ids of those who are called. */
  mention: readonly string[];
  timeoutMs: number;
}

/**
 * Says something in a group of WeCom (消息推送, developer.work.weixin.qq.com/document/path/99110). The provider takes 20 a minute,
 * drops no duplicates, and tells nothing of who read it. The key stands in the address alone, which is never logged.
 */
export async function sayInGroup(
  { baseUrl, key, mention, timeoutMs }: RobotOptions,
  text: string,
): Promise<SendOutcome> {
  const called = mention.map((userId) => `<@${userId}>`).join('');
  const room = longestText - Buffer.byteLength(called) - 1;
  const content = [clipUtf8(text, room), called].filter(Boolean).join('\n');
  const answer = await callVendor({
    method: 'POST',
    url: `${baseUrl.replace(/\/$/, '')}/cgi-bin/webhook/send?${new URLSearchParams({ key }).toString()}`,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ msgtype: 'markdown', markdown: { content } }),
    timeoutMs,
  });
  if (answer.kind !== 'answer') return outcomeOfSilence(answer);
  const parsed = body.safeParse(answer.body);
  if (!parsed.success) return outcomeOfSilence(answer);
  const { errcode, errmsg } = parsed.data;
  if (errcode === 0) return { kind: 'accepted', reference: 'ok' };
  if (errcode === unknownKey)
    return {
      kind: 'refused',
      class: 'configuration',
      code: String(unknownKey),
      reason: '企业微信不认识群机器人的 key，请在群里查看机器人的 Webhook 地址，核对 WECOM_ROBOT_KEY。',
    };
  return wecomOutcome(errcode, errmsg);
}
