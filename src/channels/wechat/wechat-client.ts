import { z } from 'zod';
import { callVendor, type VendorAnswer } from '../vendor-http.js';
import { staleTokenCodes } from './wechat-errors.js';

export interface WechatClientOptions {
  /** `https://api.weixin.qq.com` or a stand-in. */
  baseUrl: string;
  appId: string;
  secret: string;
  timeoutMs: number;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** Why there is no token: the provider refused with a code, or gave no answer that can be read. */
export type NoToken =
  { kind: 'refused'; errcode: number; said: string } | { kind: 'noAnswer'; code: string; reason: string };
type TokenAnswer = { kind: 'token'; token: string } | NoToken;

/** A call's answer, or why it could not be started; in the second case nothing was sent. */
export type WechatAnswer = VendorAnswer | NoToken;

const tokenBody = z.object({
  errcode: z.number().default(0),
  errmsg: z.string().max(1000).catch(''),
  access_token: z.string().min(1).max(4096).optional(),
  expires_in: z.number().optional(),
});
const codeBody = z.object({ errcode: z.number() });

/** In its last five minutes the platform gives a new token out, and takes both. */
const renewBeforeMs = 240_000;
/** Calls with a wrong secret are counted; a refused one is not asked about again at once. */
const refusalHoldsMs = 60_000;
/** Allowed are 20 a day, 30 seconds apart, for the whole account (developers.weixin.qq.com, getStableAccessToken). */
const forcesApartMs = 30 * 60_000;
const type = { 'content-type': 'application/json; charset=utf-8' };

/**
 * Calls with the stable access token, kept in memory: one refresh at a time, and one repeat when it turns out not to be valid. Until
 * it ends the platform gives every process the same token, so that they need not agree; only what it goes on giving out though it
 * is dead is replaced by force, which ends it for everybody, and seldom.
 */
export class WechatClient {
  private current: { token: string; until: number } | null = null;
  private refusal: { answer: NoToken; until: number } | null = null;
  private refreshing: Promise<TokenAnswer> | null = null;
  private forcedAt = -Infinity;

  constructor(private readonly options: WechatClientOptions) {}

  post(path: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<WechatAnswer> {
    return this.call(async (token) =>
      callVendor({
        ...{ method: 'POST', body, headers: { ...type, ...headers }, timeoutMs: this.options.timeoutMs },
        url: this.url(path, { access_token: token }),
      }),
    );
  }

  get(path: string): Promise<WechatAnswer> {
    return this.call((token) => this.bare(path, { access_token: token }));
  }

  /** Of the interfaces that take the account's secret in place of a token. */
  getWithSecret(path: string, query: Readonly<Record<string, string>>): Promise<VendorAnswer> {
    const { appId: appid, secret } = this.options;
    return this.bare(path, { appid, secret, ...query });
  }

  private bare(path: string, query: Readonly<Record<string, string>>): Promise<VendorAnswer> {
    return callVendor({ method: 'GET', url: this.url(path, query), timeoutMs: this.options.timeoutMs });
  }

  private async call(work: (token: string) => Promise<VendorAnswer>): Promise<WechatAnswer> {
    const first = await this.token();
    if (first.kind !== 'token') return first;
    const answer = await work(first.token);
    if (answer.kind !== 'answer') return answer;
    const parsed = codeBody.safeParse(answer.body);
    if (!parsed.success || !staleTokenCodes.has(parsed.data.errcode)) return answer;
    const second = await this.tokenAfter(first.token);
    if (second === null) return answer;
    return second.kind === 'token' ? work(second.token) : second;
  }

  private async token(): Promise<TokenAnswer> {
    const now = this.options.now();
    if (this.current && now < this.current.until) return { kind: 'token', token: this.current.token };
    if (this.refusal && now < this.refusal.until) return this.refusal.answer;
    return this.refresh(false);
  }

  /** Another than the one that was refused; null where there is none to be had. */
  private async tokenAfter(dead: string): Promise<TokenAnswer | null> {
    if (this.current?.token === dead) this.current = null;
    const given = await this.token();
    if (given.kind !== 'token' || given.token !== dead) return given;
    if (this.options.now() - this.forcedAt < forcesApartMs) return null;
    this.forcedAt = this.options.now();
    return this.refresh(true);
  }

  private refresh(force: boolean): Promise<TokenAnswer> {
    this.refreshing ??= this.ask(force).finally(() => (this.refreshing = null));
    return this.refreshing;
  }

  private async ask(force: boolean): Promise<TokenAnswer> {
    const { appId: appid, secret, timeoutMs } = this.options;
    const asked = { grant_type: 'client_credential', appid, secret, force_refresh: force };
    const url = this.url('/cgi-bin/stable_token', {});
    const answer = await callVendor({ method: 'POST', url, body: JSON.stringify(asked), headers: type, timeoutMs });
    if (answer.kind !== 'answer') return { kind: 'noAnswer', code: answer.code, reason: answer.reason };
    const parsed = tokenBody.safeParse(answer.body);
    if (!parsed.success)
      return { kind: 'noAnswer', code: `HTTP_${answer.status}`, reason: '微信的应答无法识别，稍后自动重试。' };
    const { errcode, errmsg: said, access_token: token, expires_in: seconds = 0 } = parsed.data;
    if (errcode !== 0 || token === undefined) {
      // Here, where no token is used, it is the secret that is not valid.
      const refused: NoToken = { kind: 'refused', errcode: errcode === 40001 ? 40125 : errcode, said };
      this.refusal = { answer: refused, until: this.options.now() + refusalHoldsMs };
      return refused;
    }
    this.refusal = null;
    this.current = { token, until: this.options.now() + Math.max(0, seconds * 1000 - renewBeforeMs) };
    return { kind: 'token', token };
  }

  private url(path: string, query: Readonly<Record<string, string>>): string {
    const asked = new URLSearchParams(query).toString();
    return `${this.options.baseUrl.replace(/\/$/, '')}${path}${asked === '' ? '' : `?${asked}`}`;
  }
}
