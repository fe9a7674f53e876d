import { z } from 'zod';
import { callVendor, type VendorAnswer, type VendorRequest } from '../vendor-http.js';
import { staleTokenCodes } from './wecom-errors.js';

export interface WecomClientOptions {
  /** `https://qyapi.weixin.qq.com` or a stand-in. */
  baseUrl: string;
  corpId: string;
  secret: string;
  timeoutMs: number;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** Why there is no token: the provider refused with a code, or gave no answer that can be read. */
export type NoToken =
  { kind: 'refused'; errcode: number; said: string } | { kind: 'noAnswer'; code: string; reason: string };
export type TokenAnswer = { kind: 'token'; token: string } | NoToken;

/** A call's answer, or why it could not be started; in the second case nothing was sent. */
export type WecomAnswer = VendorAnswer | NoToken;

type Call = Pick<VendorRequest, 'method' | 'headers' | 'body'> & {
  path: string;
  query: Readonly<Record<string, string>>;
};

const tokenBody = z.object({
  errcode: z.number(),
  errmsg: z.string().max(1000).catch(''),
  access_token: z.string().min(1).optional(),
  expires_in: z.number().optional(),
});
const codeBody = z.object({ errcode: z.number() });

/** Renewed this long before its end, so that a token does not go stale on the way. */
const renewBeforeMs = 300_000;
/** Bad token calls are counted by the provider and lock the interface; a refused secret is not asked about again at once. */
const refusalHoldsMs = 60_000;

/** Calls with an access token kept in memory: one refresh at a time, and one repeat when a token turns out stale. */
export class WecomClient {
  private current: { token: string; until: number } | null = null;
  private refusal: { answer: NoToken; until: number } | null = null;
  private refreshing: Promise<TokenAnswer> | null = null;

  constructor(private readonly options: WecomClientOptions) {}

  post(path: string, body: string, headers: Readonly<Record<string, string>>): Promise<WecomAnswer> {
    const type = { 'content-type': 'application/json; charset=utf-8' };
    return this.call({ method: 'POST', path, query: {}, body, headers: { ...type, ...headers } });
  }

  get(path: string, query: Readonly<Record<string, string>>): Promise<WecomAnswer> {
    return this.call({ method: 'GET', path, query });
  }

  async token(): Promise<TokenAnswer> {
    const now = this.options.now();
    if (this.current && now < this.current.until) return { kind: 'token', token: this.current.token };
    if (this.refusal && now < this.refusal.until) return this.refusal.answer;
    this.refreshing ??= this.refresh().finally(() => (this.refreshing = null));
    return this.refreshing;
  }

  private async call(call: Call): Promise<WecomAnswer> {
    const first = await this.callOnce(call);
    if (first.answer.kind !== 'answer' || first.token === null) return first.answer;
    const parsed = codeBody.safeParse(first.answer.body);
    if (!parsed.success || !staleTokenCodes.has(parsed.data.errcode)) return first.answer;
    // Another call may have renewed it meanwhile; only the token that failed is dropped.
    if (this.current?.token === first.token) this.current = null;
    return (await this.callOnce(call)).answer;
  }

  private async callOnce({ path, query, ...request }: Call): Promise<{ answer: WecomAnswer; token: string | null }> {
    const token = await this.token();
    if (token.kind !== 'token') return { answer: token, token: null };
    const url = this.url(path, { access_token: token.token, ...query });
    return { answer: await callVendor({ ...request, url, timeoutMs: this.options.timeoutMs }), token: token.token };
  }

  private async refresh(): Promise<TokenAnswer> {
    const { corpId, secret, timeoutMs } = this.options;
    const url = this.url('/cgi-bin/gettoken', { corpid: corpId, corpsecret: secret });
    const answer = await callVendor({ method: 'GET', url, timeoutMs });
    if (answer.kind !== 'answer') return { kind: 'noAnswer', code: answer.code, reason: answer.reason };
    const parsed = tokenBody.safeParse(answer.body);
    if (!parsed.success)
      return { kind: 'noAnswer', code: `HTTP_${answer.status}`, reason: '企业微信的应答无法识别，稍后自动重试。' };
    const { errcode, errmsg: said, access_token: token, expires_in: seconds = 0 } = parsed.data;
    if (errcode !== 0 || token === undefined) {
      const refused: NoToken = { kind: 'refused', errcode, said };
      this.refusal = { answer: refused, until: this.options.now() + refusalHoldsMs };
      return refused;
    }
    this.refusal = null;
    this.current = { token, until: this.options.now() + Math.max(0, seconds * 1000 - renewBeforeMs) };
    return { kind: 'token', token };
  }

  private url(path: string, query: Record<string, string>): string {
    return `${this.options.baseUrl.replace(/\/$/, '')}${path}?${new URLSearchParams(query).toString()}`;
  }
}
