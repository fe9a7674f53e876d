import { z } from 'zod';
import type { WechatClient } from './wechat-client.js';
import { wechatReason } from './wechat-errors.js';

export interface QrPicture {
  /** `image/jpeg` or `image/png`. */
  type: string;
  bytes: Buffer;
  /** What the code leads to. */
  url: string;
}
export type QrAnswer = { kind: 'picture'; picture: QrPicture } | { kind: 'noPicture'; reason: string };

const created = z.object({
  errcode: z.number().default(0),
  errmsg: z.string().max(1000).catch(''),
  ticket: z.string().max(500).optional(),
  url: z.string().max(500).catch(''),
});
const largest = 300_000;
const notDrawn: QrAnswer = { kind: 'noPicture', reason: '微信没有给出二维码，请稍后再试。' };

/**
 * A QR code that tells which follower scanned it (developers.weixin.qq.com/doc/service/Account_Management/
 * Generating_a_Parametric_QR_Code). WeChat draws it.
 *
 * @param scene at most 64 characters
 * @param qrBase `https://mp.weixin.qq.com` or a stand-in
 */
export async function qrOf(
  client: WechatClient,
  qrBase: string,
  scene: string,
  seconds: number,
  timeoutMs: number,
): Promise<QrAnswer> {
  const action = { action_name: 'QR_STR_SCENE', action_info: { scene: { scene_str: scene } } };
  const answer = await client.post('/cgi-bin/qrcode/create', JSON.stringify({ expire_seconds: seconds, ...action }));
  if (answer.kind === 'refused') return { kind: 'noPicture', reason: wechatReason(answer.errcode, answer.said) };
  if (answer.kind !== 'answer') return { kind: 'noPicture', reason: answer.reason };
  const parsed = created.safeParse(answer.body);
  if (!parsed.success) return notDrawn;
  const { errcode, errmsg, ticket, url } = parsed.data;
  if (errcode !== 0 || !ticket) return { kind: 'noPicture', reason: wechatReason(errcode, errmsg) };
  try {
    const address = `${qrBase.replace(/\/$/, '')}/cgi-bin/showqrcode?${new URLSearchParams({ ticket }).toString()}`;
    const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    const type = (response.headers.get('content-type') ?? '').split(';')[0]!.trim().replace('image/jpg', 'image/jpeg');
    const bytes = Buffer.from(await response.arrayBuffer());
    const isPicture = response.status === 200 && /^image\/(?:jpeg|png)$/.test(type) && bytes.length <= largest;
    return isPicture ? { kind: 'picture', picture: { type, bytes, url } } : notDrawn;
  } catch {
    return notDrawn;
  }
}
