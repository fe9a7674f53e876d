import type { Attachment } from '../../rendering/message.js';
import type { Filled } from '../../rendering/slots.js';
import { base64Lines } from './patched-base64.js';

/**
 * The message written by hand instead of by a composer, which is what bounds the sending rate. Everything is base64 in
 * lines of 76, so no line is long, no character needs escaping and a server without 8BITMIME can take it.
 */

export interface Mailbox {
  name?: string;
  address: string;
}

export interface MailParts {
  deliveryId: string;
  /** Domain of the Message-ID, which stays the same each time a delivery is tried. */
  messageIdDomain: string;
  from: Mailbox;
  /** Where answers go, if not to `from`. */
  replyTo?: string;
  to: string;
  subject: string;
  text: string | Filled;
  html: string | Filled;
  date: Date;
  list: { name: string; id: string };
  /** https address that takes the POST of RFC 8058; only for those who may leave the list. */
  unsubscribe?: string;
  attachment?: Attachment;
}

/** The whole message, ASCII only, every line ended by CRLF. */
export function composeMail(mail: MailParts): string {
  // A delivery id can be a boundary: base64 has no '=_' inside, so it cannot occur in a body.
  const boundary = `=_${mail.deliveryId}`;
  return [
    `From: ${mailbox(mail.from)}`,
    ...(mail.replyTo === undefined ? [] : [`Reply-To: <${mail.replyTo}>`]),
    `To: <${mail.to}>`,
    foldedHeader('Subject', mail.subject),
    `Date: ${mailDate(mail.date)}`,
    `Message-ID: ${messageId(mail.deliveryId, mail.messageIdDomain)}`,
    'MIME-Version: 1.0',
    'Auto-Submitted: auto-generated',
    'Precedence: bulk',
    `Feedback-ID: ${feedbackId(mail.date)}`,
    `List-Id: ${mailbox({ name: mail.list.name, address: mail.list.id })}`,
    ...unsubscribeHeaders(mail.unsubscribe),
    ...(mail.attachment === undefined ? bodyPart(mail, boundary) : withAttachment(mail, boundary, mail.attachment)),
    '',
  ].join('\r\n');
}

function bodyPart({ text, html }: MailParts, boundary: string): string[] {
  return [
    `Content-Type: multipart/alternative;\r\n boundary="${boundary}"`,
    '',
    `--${boundary}`,
    ...textPart('plain', text),
    `--${boundary}`,
    ...textPart('html', html),
    `--${boundary}--`,
  ];
}

function withAttachment(mail: MailParts, boundary: string, { name, type, bytes }: Attachment): string[] {
  const outer = `${boundary}_`;
  return [
    `Content-Type: multipart/mixed;\r\n boundary="${outer}"`,
    '',
    `--${outer}`,
    ...bodyPart(mail, boundary),
    `--${outer}`,
    // Programs older than RFC 2231, of which offices have many, read the name here.
    `Content-Type: ${type};\r\n name="${encodedWords(oneLine(name), ' name=""'.length)}"`,
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment${encodedParameter('filename', oneLine(name))}`,
    '',
    encodedFile(bytes),
    `--${outer}--`,
  ];
}

const encodedFiles = new WeakMap<Uint8Array, string>();

/** A file goes with many mails: it is encoded for the first. */
function encodedFile(bytes: Uint8Array): string {
  const known = encodedFiles.get(bytes);
  if (known !== undefined) return known;
  const lines = Buffer.from(bytes)
    .toString('base64')
    .replace(/.{76}(?=.)/g, '$&\r\n');
  encodedFiles.set(bytes, lines);
  return lines;
}

/** RFC 2231: in pieces of which none cuts a sign of the encoding, each on a line of its own. */
function encodedParameter(name: string, value: string): string {
  const signs = encodeURIComponent(value).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const pieces = signs.match(/(?:%..|[^%]){1,18}/g) ?? [''];
  return pieces.map((piece, i) => `;\r\n ${name}*${i}*=${i === 0 ? "UTF-8''" : ''}${piece}`).join('');
}

/**
 * Lets a provider that counts complaints (Google's Postmaster Tools) name the day they are about. Nothing in it is of a person.
 */
function feedbackId(date: Date): string {
  return `${beijing(date).toISOString().slice(0, 10)}::bulletin:kuaibao`;
}

/** RFC 8058. Anything that could end the header is no address of ours. */
function unsubscribeHeaders(url: string | undefined): string[] {
  if (url === undefined || !/^https?:\/\/[\x21-\x3b\x3d\x3f-\x7e]+$/.test(url)) return [];
  return [`List-Unsubscribe: <${url}>`, 'List-Unsubscribe-Post: List-Unsubscribe=One-Click'];
}

export function messageId(deliveryId: string, domain: string): string {
  return `<${deliveryId}@${domain}>`;
}

export function messageIdDomain(from: Mailbox): string {
  return from.address.slice(from.address.lastIndexOf('@') + 1);
}

function textPart(subtype: 'plain' | 'html', content: string | Filled): string[] {
  return [
    `Content-Type: text/${subtype}; charset=utf-8`,
    'Content-Transfer-Encoding: base64',
    '',
    base64Lines(content),
  ];
}

function mailbox(box: Mailbox): string {
  const name = oneLine(box.name ?? '');
  if (name === '') return `<${box.address}>`;
  if (/^[A-Za-z0-9 ]{1,30}$/.test(name)) return `${name} <${box.address}>`;
  return `${encodedWords(name, 'List-Id: '.length)}\r\n <${box.address}>`;
}

function foldedHeader(name: string, value: string): string {
  const text = oneLine(value);
  return `${name}: ${/^[A-Za-z0-9 .,:_/-]{0,60}$/.test(text) ? text : encodedWords(text, name.length + 2)}`;
}

/** Line breaks in a header value would start a header of the writer's choosing. */
function oneLine(value: string): string {
  return value.replace(/\p{Cc}+/gu, ' ').trim();
}

/**
 * RFC 2047: words of at most 75 characters, each decodable alone, never splitting a character, lines of at most 76.
 * `used` is how much of the first line the field name takes.
 */
function encodedWords(value: string, used: number): string {
  const overhead = '=?UTF-8?B??='.length;
  const room = (lineUsed: number) => Math.floor((75 - lineUsed - overhead) / 4) * 3;
  const words: string[] = [];
  let word = '';
  let bytes = 0;
  for (const character of value) {
    const size = Buffer.byteLength(character);
    if (bytes + size > room(words.length === 0 ? used : 1)) {
      words.push(word);
      word = '';
      bytes = 0;
    }
    word += character;
    bytes += size;
  }
  words.push(word);
  return words.map((part) => `=?UTF-8?B?${Buffer.from(part, 'utf8').toString('base64')}?=`).join('\r\n ');
}

/** RFC 5322 date in Beijing time, as the office reads it. */
export function mailDate(date: Date): string {
  return beijing(date).toUTCString().replace('GMT', '+0800');
}

/** Its UTC is Beijing's time. */
const beijing = (date: Date): Date => new Date(date.getTime() + 8 * 3_600_000);
