import { randomBytes } from 'node:crypto';
import { WecomCrypt } from '../channels/wecom/wecom-crypt.js';
import { readXml, writeXml } from '../channels/wecom/wecom-xml.js';
import type { BookMessage } from './book.js';
import { pause } from './pace.js';

export interface WecomCallbackOptions {
  corpId: string;
  agentId: number;
  /** As entered at the vendor. */
  token: string;
  aesKey: string;
  /** Milliseconds since the epoch. */
  now?: () => number;
  stopped: AbortSignal;
}

/** What a call came to: the text in place of the button, empty when the application takes it and draws nothing. */
export type PressAnswer = { drawn: string } | 'notTaken';

/** The vendor's patience, and how often it calls again. */
const patienceMs = 5000;
const callsInAll = 4;
const betweenMs = 200;

/** Signs and encrypts what happens on a phone, and reads the answer as the vendor does. */
export class WecomCaller {
  private readonly crypt: WecomCrypt;

  constructor(private readonly options: WecomCallbackOptions) {
    const { token, aesKey, corpId } = options;
    this.crypt = new WecomCrypt({ token, aesKey, receiveId: corpId });
  }

  /** @param url as entered at the vendor */
  async press(
    url: string,
    { to, task }: Pick<BookMessage, 'to' | 'task'>,
    key: string,
    responseCode: string,
  ): Promise<PressAnswer> {
    const { corpId, agentId } = this.options;
    const event = writeXml([
      ['ToUserName', corpId],
      ['FromUserName', to],
      ['CreateTime', this.seconds()],
      ['MsgType', 'event'],
      ['Event', 'template_card_event'],
      ['EventKey', key],
      ['TaskId', task?.id ?? ''],
      ['CardType', 'button_interaction'],
      ['ResponseCode', responseCode],
      ['AgentID', agentId],
    ]);
    const { body, query } = this.sealed(event);
    for (let calls = 0; calls < callsInAll; calls++) {
      if (calls > 0 && !(await pause(betweenMs, this.options.stopped))) break;
      const answer = await this.call(`${url}?${query}`, body);
      if (answer !== null) return { drawn: this.drawn(answer) };
    }
    return 'notTaken';
  }

  /** What the vendor asks when an address is entered; whether it was proven. */
  async proves(url: string): Promise<boolean> {
    const secret = String(randomBytes(6).readUIntBE(0, 6));
    const { encrypted, query } = this.sealed(secret);
    const response = await fetch(`${url}?${query}&${new URLSearchParams({ echostr: encrypted }).toString()}`);
    return response.status === 200 && (await response.text()) === secret;
  }

  private seconds(): number {
    return Math.floor((this.options.now ?? Date.now)() / 1000);
  }

  private sealed(text: string): { encrypted: string; body: string; query: string } {
    const { corpId, agentId } = this.options;
    const encrypted = this.crypt.seal(text);
    const body = writeXml([
      ['ToUserName', corpId],
      ['AgentID', agentId],
      ['Encrypt', encrypted],
    ]);
    const signed = this.crypt.sign(encrypted, String(this.seconds()), randomBytes(6).toString('hex'));
    return { encrypted, body, query: new URLSearchParams({ ...signed }).toString() };
  }

  /** Null when it was not taken. */
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

  /** Only an answer that is signed and encrypted draws anything. */
  private drawn(answer: string): string {
    const outer = readXml(answer);
    const [encrypted = '', msg_signature = '', timestamp = '', nonce = ''] = [
      'Encrypt',
      'MsgSignature',
      'TimeStamp',
      'Nonce',
    ].map((name) => outer?.get(name));
    if (!this.crypt.isSigned({ msg_signature, timestamp, nonce }, encrypted)) return '';
    const text = this.crypt.open(encrypted) ?? '';
    if (readXml(text)?.get('MsgType') !== 'update_button') return '';
    return /<ReplaceName><!\[CDATA\[(.*?)\]\]><\/ReplaceName>/s.exec(text)?.[1] ?? '';
  }
}
