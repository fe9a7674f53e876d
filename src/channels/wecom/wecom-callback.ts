import type { WecomSettings } from '../../settings/wecom.js';
import { type CallbackQuery, isTimely, WecomCrypt } from './wecom-crypt.js';
import { acknowledgeKey, deliveryOfTask } from './wecom-card.js';
import { readXml, writeXml } from './wecom-xml.js';

/** A press on the button of a card of ours. */
export interface CardPressed {
  deliveryId: string;
  /** The member who pressed, in the provider's writing. */
  userId: string;
  /** As the provider says. */
  at: Date | null;
}

export type WecomCall =
  /** It does not prove that WeCom made it. */
  | { kind: 'refused' }
  /** It does, but its time is not ours. */
  | { kind: 'untimely' }
  /** It is WeCom's, and says nothing that we have use for. */
  | { kind: 'other' }
  | { kind: 'pressed'; press: CardPressed };

/** Reads what WeCom calls with, and writes what it is answered (developer.work.weixin.qq.com/document/path/90238, path/90241). */
export class WecomCallback {
  private readonly crypt: WecomCrypt;

  constructor(
    private readonly settings: Pick<WecomSettings, 'corpId' | 'agentId'>,
    keys: NonNullable<WecomSettings['callback']>,
  ) {
    this.crypt = new WecomCrypt({ ...keys, receiveId: settings.corpId });
  }

  /** The proof that the address is ours: the text that is to be sent back, or null. */
  echo(query: CallbackQuery, echostr: string, now: Date): string | null {
    if (!isTimely(query.timestamp, now) || !this.crypt.isSigned(query, echostr)) return null;
    return this.crypt.open(echostr);
  }

  read(query: CallbackQuery, body: string, now: Date): WecomCall {
    const encrypted = readXml(body)?.get('Encrypt');
    if (!encrypted || !this.crypt.isSigned(query, encrypted)) return { kind: 'refused' };
    if (!isTimely(query.timestamp, now)) return { kind: 'untimely' };
    const text = this.crypt.open(encrypted);
    const event = text === null ? null : readXml(text);
    if (!event) return { kind: 'refused' };
    const press = this.pressOf(event);
    return press ? { kind: 'pressed', press } : { kind: 'other' };
  }

  /** @param text in place of the button */
  answer({ userId }: Pick<CardPressed, 'userId'>, text: string, now: Date, nonce: string): string {
    const seconds = Math.floor(now.getTime() / 1000);
    const encrypted = this.crypt.seal(
      writeXml([
        ['ToUserName', userId],
        ['FromUserName', this.settings.corpId],
        ['CreateTime', seconds],
        ['MsgType', 'update_button'],
        ['Button', [['ReplaceName', text]]],
      ]),
    );
    const { msg_signature } = this.crypt.sign(encrypted, String(seconds), nonce);
    return writeXml([
      ['Encrypt', encrypted],
      ['MsgSignature', msg_signature],
      ['TimeStamp', seconds],
      ['Nonce', nonce],
    ]);
  }

  private pressOf(event: ReadonlyMap<string, string>): CardPressed | null {
    const isOurs =
      event.get('MsgType') === 'event' &&
      event.get('Event') === 'template_card_event' &&
      event.get('EventKey') === acknowledgeKey &&
      event.get('AgentID') === String(this.settings.agentId);
    const deliveryId = deliveryOfTask(event.get('TaskId') ?? '');
    const userId = event.get('FromUserName') ?? '';
    if (!isOurs || deliveryId === null || userId === '') return null;
    const seconds = event.get('CreateTime') ?? '';
    return { deliveryId, userId, at: /^\d{1,12}$/.test(seconds) ? new Date(Number(seconds) * 1000) : null };
  }
}
