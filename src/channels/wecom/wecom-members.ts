import { z } from 'zod';
import { readWecom } from '../../domain/people/address.js';
import { type LookupAnswer, lookupRefusal } from '../../domain/people/member-lookup.js';
import type { ReaderBehind } from '../../domain/reading/member.js';
import type { WecomClient } from './wecom-client.js';

/** As in the address WeCom leads to; null where it does not ask. */
export interface OAuthSettings {
  /** `https://open.weixin.qq.com` or a stand-in. */
  base: string;
  corpId: string;
  agentId: number;
}

/** The vendor's limits for what it hands back. */
export const longestCode = 512;

/**
 * Where WeCom says who has a page open, silently and without asking the member for anything (scope `snsapi_base`,
 * developer.work.weixin.qq.com/document/path/91022).
 *
 * @param state comes back with the code: at most 128 letters and digits
 */
export function authorizeUrl({ base, corpId, agentId }: OAuthSettings, returnTo: string, state: string): string {
  const query = new URLSearchParams({
    appid: corpId,
    redirect_uri: returnTo,
    response_type: 'code',
    scope: 'snsapi_base',
    state,
    agentid: String(agentId),
  });
  return `${base.replace(/\/$/, '')}/connect/oauth2/authorize?${query.toString()}#wechat_redirect`;
}

/** Members are `userid`, formerly `UserId`; all others have an id that is no person of ours. */
const reader = z.object({
  errcode: z.number(),
  userid: z.string().optional(),
  UserId: z.string().optional(),
  openid: z.string().optional(),
  OpenId: z.string().optional(),
  external_userid: z.string().optional(),
});

/** Whom a code stands for (developer.work.weixin.qq.com/document/path/91023). A code works once, for five minutes. */
export async function readerBehind(client: WecomClient, code: string): Promise<ReaderBehind> {
  const answer = await client.get('/cgi-bin/auth/getuserinfo', { code });
  if (answer.kind === 'refused') return { kind: 'untold', code: String(answer.errcode) };
  if (answer.kind !== 'answer') return { kind: 'untold', code: answer.code };
  const parsed = reader.safeParse(answer.body);
  if (!parsed.success) return { kind: 'untold', code: `HTTP_${answer.status}` };
  const { errcode, userid, UserId, openid, OpenId, external_userid } = parsed.data;
  if (errcode !== 0) return { kind: 'untold', code: String(errcode) };
  const userId = userid || UserId;
  if (userId) return { kind: 'member', userId };
  return openid || OpenId || external_userid ? { kind: 'stranger' } : { kind: 'untold', code: 'NO_MEMBER' };
}

const found = z.object({ errcode: z.number(), userid: z.string().optional() });

/**
 * Whose account belongs to a mobile number (developer.work.weixin.qq.com/document/path/95402), of members whom the application may
 * see. Without a token nobody was asked, and the settings are wrong.
 */
export async function accountOfMobile(client: WecomClient, mobile: string): Promise<LookupAnswer> {
  const answer = await client.post('/cgi-bin/user/getuserid', JSON.stringify({ mobile }), {});
  if (answer.kind === 'refused') return { kind: 'stop', code: String(answer.errcode) };
  if (answer.kind !== 'answer') return { kind: 'later', code: answer.code };
  const parsed = found.safeParse(answer.body);
  if (!parsed.success) return { kind: 'later', code: `HTTP_${answer.status}` };
  const { errcode, userid = '' } = parsed.data;
  if (errcode !== 0) return lookupRefusal(errcode);
  const read = readWecom(userid);
  return 'value' in read && read.value !== null ? { kind: 'found', userId: read.value } : { kind: 'none' };
}
