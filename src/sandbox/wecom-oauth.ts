import { randomBytes } from 'node:crypto';
import { json, type SandboxAnswer, type SandboxRequest } from './http.js';

export interface WecomOAuthOptions {
  corpId: string;
  agentId: number;
  /** As entered at the vendor: host and port; without it every address is refused. */
  trustedDomain?: () => string | undefined;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** Whose WeCom a browser is: a member, an external contact, or nobody. */
type Visitor = { userid: string } | { openid: string };

const codeLifeMs = 5 * 60_000;

/**
 * The vendor's page that says who has a page open. A browser is a member's by the cookie `wecom_user`, and an external contact's by
 * `wecom_contact`; the vendor asks nobody else anything.
 */
export function wecomOAuth(options: WecomOAuthOptions) {
  const codes = new Map<string, { visitor: Visitor; at: number }>();

  return {
    authorize({ url, headers }: SandboxRequest): SandboxAnswer {
      const query = url.searchParams;
      const state = query.get('state') ?? '';
      if (query.get('appid') !== options.corpId) return wrong(40013, 'appid');
      const agent = query.get('agentid');
      if (agent !== null && agent !== String(options.agentId)) return wrong(40056, 'agentid');
      if (query.get('response_type') !== 'code' || query.get('scope') !== 'snsapi_base') return wrong(40035, 'scope');
      if (!/^[a-zA-Z0-9]{0,128}$/.test(state)) return wrong(40035, 'state');
      const back = URL.parse(query.get('redirect_uri') ?? '');
      if (!back || back.host !== options.trustedDomain?.()) return wrong(50001, 'redirect_uri');
      if (!/\bwxwork\//i.test(headers['user-agent'] ?? '')) return wrong(0, '请在企业微信客户端打开链接');
      const visitor = visitorOf(headers.cookie ?? '');
      if (visitor === null) return wrong(0, '请先登录企业微信');
      const code = randomBytes(48).toString('base64url');
      codes.set(code, { visitor, at: options.now() });
      back.searchParams.set('code', code);
      back.searchParams.set('state', state);
      return { status: 302, type: 'text/html; charset=utf-8', body: '', headers: { location: back.href } };
    },

    /** A code is taken once. */
    visitor(code: string | null): SandboxAnswer {
      const known = codes.get(code ?? '');
      codes.delete(code ?? '');
      if (!known || options.now() - known.at > codeLifeMs) return json({ errcode: 40029, errmsg: 'invalid code' });
      return json({ errcode: 0, errmsg: 'ok', ...known.visitor });
    },
  };
}

function visitorOf(cookie: string): Visitor | null {
  const of = (name: string) => new RegExp(`(?:^|; )${name}=([^;]+)`).exec(cookie)?.[1];
  const [userid, openid] = [of('wecom_user'), of('wecom_contact')];
  if (userid) return { userid };
  return openid ? { openid } : null;
}

/** The vendor shows a page and leads nowhere. */
const wrong = (errcode: number, what: string): SandboxAnswer => ({
  status: 200,
  type: 'text/html; charset=utf-8',
  body: `<!doctype html><meta charset="utf-8"><title>出错了</title><p>${what}${errcode === 0 ? '' : `（${errcode}）`}</p>`,
});
