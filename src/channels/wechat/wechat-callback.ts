import type { PartReport, RecipientReport } from '../../domain/delivery.js';
import { sameText } from '../../platform/crypto.js';
import type { WechatSettings } from '../../settings/wechat.js';
import { type CallbackQuery, isTimely, WecomCrypt, wecomSignature } from '../wecom/wecom-crypt.js';
import { readXml, writeXml } from '../wecom/wecom-xml.js';
import { finishFault } from './wechat-errors.js';

/** What a call brings in its address; `msg_signature` only where the account is in safe or compatible mode. */
export interface WechatQuery extends CallbackQuery {
  signature: string;
}

/** Who did something in WeChat, and which account of ours heard of it. */
export interface WechatEvent {
  openid: string;
  /** The account's own id, as which it is answered. */
  account: string;
  /** By WeChat's clock; that of receipt where it gives none. */
  at: Date;
}

export type WechatCall =
  /** It does not prove that WeChat made it. */
  | { kind: 'refused' }
  /** It does, but its time is not ours. */
  | { kind: 'untimely' }
  /** It is WeChat's, and says nothing that we have use for. */
  | { kind: 'other' }
  | { kind: 'reports'; ofParts: PartReport[]; ofRecipients: RecipientReport[] }
  /** A QR code was scanned, by whoever follows from now on, or did. */
  | { kind: 'scanned'; event: WechatEvent; scene: string }
  | { kind: 'followed' | 'unfollowed'; event: WechatEvent };

const provider = 'wechat';
/** Before the scene of a code that somebody scanned who had not followed. */
const newFollower = 'qrscene_';

/**
 * Reads what WeChat calls an official account's own address with (developers.weixin.qq.com/doc/oplatform/developers/dev/push/encryption),
 * and writes what the follower is answered. With a key only what is encrypted and meant for this account is believed: otherwise
 * whoever has seen one address could put a body of his own behind it.
 */
export class WechatCallback {
  private readonly crypt: WecomCrypt | null;

  constructor(
    appId: string,
    private readonly keys: NonNullable<WechatSettings['callback']>,
  ) {
    const { token, aesKey } = keys;
    this.crypt = aesKey === null ? null : new WecomCrypt({ token, aesKey, receiveId: appId });
  }

  /** Calls are encrypted, so that their signature covers what they say. */
  get isSealed(): boolean {
    return this.crypt !== null;
  }

  /** The proof that the address is ours: WeChat's own text is sent back. */
  echo(query: WechatQuery, echostr: string, now: Date): string | null {
    return isTimely(query.timestamp, now) && this.isSigned(query) ? echostr : null;
  }

  read(query: WechatQuery, body: string, now: Date): WechatCall {
    if (!this.isSigned(query)) return { kind: 'refused' };
    const text = this.textIn(query, body);
    if (text === null) return { kind: 'refused' };
    if (!isTimely(query.timestamp, now)) return { kind: 'untimely' };
    const fields = readXml(text);
    if (!fields) return { kind: 'refused' };
    return this.callOf(fields, text, now);
  }

  /** A text to who did something. */
  answer({ openid, account }: WechatEvent, text: string, now: Date, nonce: string): string {
    const seconds = Math.floor(now.getTime() / 1000);
    const plain = writeXml([
      ['ToUserName', openid],
      ['FromUserName', account],
      ['CreateTime', seconds],
      ['MsgType', 'text'],
      ['Content', text],
    ]);
    if (!this.crypt) return plain;
    const encrypted = this.crypt.seal(plain);
    const { msg_signature } = this.crypt.sign(encrypted, String(seconds), nonce);
    return writeXml([
      ['Encrypt', encrypted],
      ['MsgSignature', msg_signature],
      ['TimeStamp', seconds],
      ['Nonce', nonce],
    ]);
  }

  private isSigned({ signature, timestamp, nonce }: WechatQuery): boolean {
    return sameText(signature, wecomSignature(this.keys.token, timestamp, nonce));
  }

  private textIn(query: WechatQuery, body: string): string | null {
    if (!this.crypt) return body;
    const encrypted = readXml(body)?.get('Encrypt');
    return encrypted && this.crypt.isSigned(query, encrypted) ? this.crypt.open(encrypted) : null;
  }

  private callOf(fields: ReadonlyMap<string, string>, text: string, now: Date): WechatCall {
    const of = (name: string) => fields.get(name) ?? '';
    const [openid, key] = [of('FromUserName'), of('EventKey')];
    if (of('MsgType') !== 'event' || !/^[A-Za-z0-9_.-]{1,64}$/.test(openid)) return { kind: 'other' };
    const at = /^\d{9,11}$/.test(of('CreateTime')) ? new Date(Number(of('CreateTime')) * 1000) : now;
    const event = { openid, account: of('ToUserName'), at };
    switch (of('Event')) {
      case 'TEMPLATESENDJOBFINISH':
        return reportsOf([finished(event, of('MsgID'), of('Status'))]);
      case 'subscribe_msg_sent_event':
        return reportsOf(
          listsIn(text).map((list) =>
            // The answer to a notice has no number that this one could be matched with.
            finished(event, '', list.get('ErrorStatus') || (list.get('ErrorCode') === '0' ? 'success' : '')),
          ),
        );
      case 'subscribe':
        return key.startsWith(newFollower)
          ? { kind: 'scanned', event, scene: key.slice(newFollower.length) }
          : { kind: 'followed', event };
      case 'SCAN':
        return { kind: 'scanned', event, scene: key };
      case 'unsubscribe':
        return { kind: 'unfollowed', event };
      default:
        return { kind: 'other' };
    }
  }
}

function finished({ openid, at }: WechatEvent, id: string, status: string): PartReport | RecipientReport {
  const fault = finishFault(status);
  const said = fault
    ? ({ status: 'failed', ...fault } as const)
    : ({ status: 'delivered', code: 'success', reason: '' } as const);
  // With an id of the sender's own the number may come as 0 (developers.weixin.qq.com/community/personal/oCJUswwJ54BzNN0XkUvQKH5XOkCk).
  return /^[1-9]\d{0,20}$/.test(id)
    ? { provider, reference: id, ...said, reportedAt: at }
    : { provider, kind: 'wechat', address: openid, sentAt: at, ...said, reportedAt: at };
}

function reportsOf(all: readonly (PartReport | RecipientReport)[]): WechatCall {
  return {
    kind: 'reports',
    ofParts: all.filter((report): report is PartReport => 'reference' in report),
    ofRecipients: all.filter((report): report is RecipientReport => 'address' in report),
  };
}

/** The `<List>` elements of an event that holds several; of the vendor's own making, as the signature proves. */
const listsIn = (text: string): ReadonlyMap<string, string>[] =>
  [...text.matchAll(/<List>([\s\S]*?)<\/List>/g)]
    .slice(0, 20)
    .flatMap(([, inner]) => readXml(`<xml>${inner}</xml>`) ?? []);
