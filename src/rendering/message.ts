import type { FieldValues } from '../domain/sending/wechat-fields.js';

/** What rendering hands to a channel: one finished message, personal parts filled in. */

/** The texts filed with SMS providers, by the setting that holds each one's code. */
export type SmsTemplateKey = 'digest' | 'notice' | 'reminder' | 'withdrawal' | 'code' | 'subscriber' | 'decision';

export interface EmailContent {
  kind: 'email';
  subject: string;
  html: string;
  text: string;
  /** Where a mail program ends the subscription with one press (RFC 8058); only for subscribers. */
  unsubscribe?: string;
  /** The same object for all mails of an edition. */
  attachment?: Attachment;
}

/** A file that goes with a mail. */
export interface Attachment {
  name: string;
  type: 'application/pdf';
  bytes: Uint8Array;
}

export interface SmsContent {
  kind: 'sms';
  /** Which of the filed texts it is; each account has filed it under a code of its own. */
  template: SmsTemplateKey;
  signName: string;
  templateCode: string;
  /** Variables of the template filed with the provider; no value may hold a URL. */
  params: Readonly<Record<string, string>>;
  /** The whole text a phone shows, 【签名】 included: for counting parts and for previews. */
  text: string;
}

export interface WecomContent {
  kind: 'wecom';
  /** At most 128 UTF-8 bytes and 36 characters. */
  title: string;
  /** At most 512 UTF-8 bytes and 160 characters. */
  description: string;
  url: string;
  /** At most 4 characters. */
  buttonText: string;
  /** Its reader is asked to acknowledge; he can do so on the card where the application hears of presses. */
  asksAcknowledgement?: boolean;
}

export interface WechatContent {
  kind: 'wechat';
  /** What the filed template's fields are filled with; cut to what a field takes when it is sent. */
  values: FieldValues;
  /** Where a press on it leads. */
  url: string;
}

export type MessageContent = EmailContent | SmsContent | WecomContent | WechatContent;
