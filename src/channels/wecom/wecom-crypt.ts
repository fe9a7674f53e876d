import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { sameText } from '../../platform/crypto.js';

/**
 * WXBizMsgCrypt, as WeCom signs and encrypts what it sends to a callback address (developer.work.weixin.qq.com/document/path/90968).
 * Stricter than the vendor's own libraries, which take a flipped bit, a length beyond the end and another corporation's message.
 */

export interface WecomCryptKeys {
  token: string;
  /** EncodingAESKey: 43 characters of base64, 32 bytes. */
  aesKey: string;
  /** Whom a message is for: the corporation of a self-built application. */
  receiveId: string;
}

/** What a callback brings beside the cipher text, as in the address. */
export interface CallbackQuery {
  msg_signature: string;
  /** Seconds since the epoch. */
  timestamp: string;
  nonce: string;
}

export const aesKeyShape = /^[A-Za-z0-9+/]{43}$/;

/** The vendor pads to twice the block of AES, so that pads of 17 to 32 are as right as others. */
const block = 32;
const randomLength = 16;
const lengthBytes = 4;
/** Its clock and ours differ, and a call is repeated for some seconds. */
const windowSeconds = 300;

/** Of all parts, put in order and joined: hexadecimal SHA-1. */
export const wecomSignature = (...parts: readonly string[]): string =>
  createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');

/** The time a caller gives is near enough to ours. */
export function isTimely(timestamp: string, now: Date): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(Number(timestamp) - now.getTime() / 1000) <= windowSeconds;
}

/** How long a call has to be known, so that none that is timely is taken a second time. */
export const callLifeMs = 2 * windowSeconds * 1000;

export class WecomCrypt {
  private readonly key: Buffer;

  /** @throws Error when the key is none */
  constructor(private readonly keys: WecomCryptKeys) {
    if (!aesKeyShape.test(keys.aesKey)) throw new Error('EncodingAESKey is not 43 characters of base64');
    this.key = Buffer.from(`${keys.aesKey}=`, 'base64');
  }

  isSigned({ msg_signature, timestamp, nonce }: CallbackQuery, encrypted: string): boolean {
    return sameText(msg_signature, wecomSignature(this.keys.token, timestamp, nonce, encrypted));
  }

  /** The text inside, or null when it is not whole, or not for us. What is not signed is not opened. */
  open(encrypted: string): string | null {
    const plain = this.decipher(encrypted);
    if (plain === null || plain.length < randomLength + lengthBytes) return null;
    const start = randomLength + lengthBytes;
    const end = start + plain.readUInt32BE(randomLength);
    if (end > plain.length || !sameText(plain.toString('latin1', end), latin1Of(this.keys.receiveId))) return null;
    return wholeText(plain.subarray(start, end));
  }

  /** @param random 16 bytes, so that equal texts look different */
  seal(text: string, random: Buffer = randomBytes(randomLength)): string {
    const content = Buffer.from(text);
    const length = Buffer.alloc(lengthBytes);
    length.writeUInt32BE(content.length);
    const plain = Buffer.concat([random, length, content, Buffer.from(this.keys.receiveId)]);
    const pad = block - (plain.length % block);
    const cipher = createCipheriv('aes-256-cbc', this.key, this.key.subarray(0, 16)).setAutoPadding(false);
    return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(pad, pad)), cipher.final()]).toString(
      'base64',
    );
  }

  sign(encrypted: string, timestamp: string, nonce: string): CallbackQuery {
    return { msg_signature: wecomSignature(this.keys.token, timestamp, nonce, encrypted), timestamp, nonce };
  }

  private decipher(encrypted: string): Buffer | null {
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encrypted) || encrypted.length % 4 !== 0) return null;
    const bytes = Buffer.from(encrypted, 'base64');
    if (bytes.length === 0 || bytes.length % block !== 0) return null;
    const decipher = createDecipheriv('aes-256-cbc', this.key, this.key.subarray(0, 16)).setAutoPadding(false);
    const padded = Buffer.concat([decipher.update(bytes), decipher.final()]);
    const pad = padded.at(-1) ?? 0;
    if (pad < 1 || pad > block || !padded.subarray(-pad).every((byte) => byte === pad)) return null;
    return padded.subarray(0, -pad);
  }
}

const latin1Of = (text: string): string => Buffer.from(text).toString('latin1');

/** Null where the bytes are no UTF-8. */
function wholeText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
