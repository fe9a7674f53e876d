import { randomBytes } from 'node:crypto';
import { WecomCrypt, wecomSignature } from '../channels/wecom/wecom-crypt.js';
import { readXml, writeXml, type XmlContent } from '../channels/wecom/wecom-xml.js';
import { pause } from './pace.js';

export interface WechatEventOptions {
  appId: string;
  /** As entered at the vendor; without a key calls are plain. */
  callback: { token: string; aesKey?: string };
  /** Milliseconds since the epoch. */
  now: () => number;
  stopped: AbortSignal;
}

/** What the account's own address is called with: an event and its children. */
export type WechatEvent = readonly (readonly [name: string, content: XmlContent])[];

/** The vendor waits 5 seconds, and calls three times in all. */
const patienceMs = 5000;
const callsInAll = 3;
const betweenMs = 200;
const account = 'gh_7f083739789a';

/** Signs what happens in WeChat, and encrypts it in safe mode, as the vendor does. */
export class WechatCaller {
  private readonly crypt: WecomCrypt | null;

  constructor(private readonly options: WechatEventOptions) {
    const { aesKey, token } = options.callback;
    this.crypt = aesKey === undefined ? null : new WecomCrypt({ token, aesKey, receiveId: options.appId });
  }

  /** @returns the text of the answer to the follower, empty for none; null when nobody took it */
  async tell(url: string, openid: string, event: WechatEvent): Promise<string | null> {
    const body = writeXml([
      ['ToUserName', account],
      ['FromUserName', openid],
      ['CreateTime', this.seconds()],
      ['MsgType', 'event'],
      ...event,
    ]);
    const { query, sealed } = this.signed(body);
    for (let calls = 0; calls < callsInAll; calls++) {
      if (calls > 0 && !(await pause(betweenMs, this.options.stopped))) break;
      const answer = await this.call(`${url}?${query}&openid=${encodeURIComponent(openid)}`, sealed);
      if (answer !== null) return this.words(answer);
    }
    return null;
  }

  /** What the vendor asks when an address is entered; whether it was proven. */
  async proves(url: string): Promise<boolean> {
    const secret = String(randomBytes(6).readUIntBE(0, 6));
    const { plain } = this.signed('');
    const response = await fetch(`${url}?${plain}&${new URLSearchParams({ echostr: secret }).toString()}`);
    return response.status === 200 && (await response.text()) === secret;
  }

  private seconds(): number {
    return Math.floor(this.options.now() / 1000);
  }

  private signed(body: string): { query: string; plain: string; sealed: string } {
    const [timestamp, nonce] = [String(this.seconds()), randomBytes(6).toString('hex')];
    const signature = wecomSignature(this.options.callback.token, timestamp, nonce);
    const plain = new URLSearchParams({ signature, timestamp, nonce }).toString();
    if (!this.crypt) return { plain, query: plain, sealed: body };
    const encrypted = this.crypt.seal(body);
    const { msg_signature } = this.crypt.sign(encrypted, timestamp, nonce);
    const query = `${plain}&${new URLSearchParams({ encrypt_type: 'aes', msg_signature }).toString()}`;
    const sealed = writeXml([
      ['ToUserName', account],
      ['Encrypt', encrypted],
    ]);
    return { plain, query, sealed };
  }

  private async call(url: string, body: string): Promise<string | null> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'text/xml' },
        body,
        signal: AbortSignal.any([this.options.stopped, AbortSignal.timeout(patienceMs)]),
      });
      return response.status === 200 ? await response.text() : null;
    } catch {
      return null;
    }
  }

  private words(answer: string): string {
    if (answer === '' || answer === 'success') return '';
    const outer = readXml(answer);
    const encrypted = outer?.get('Encrypt');
    const text = encrypted && this.crypt ? this.crypt.open(encrypted) : answer;
    return readXml(text ?? '')?.get('Content') ?? '';
  }
}
