import { createDecipheriv, createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isTimely, WecomCrypt, wecomSignature } from './wecom-crypt.js';

interface Case {
  msg: string;
  encrypt: string;
  pad: number;
  msg_signature: string;
}

/** Computed by an independent program that had reproduced the vendor's own sample. */
const vectors = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../test/fixtures/vectors/wecom-crypt.json'), 'utf8'),
) as {
  key: string;
  token: string;
  receiveId: string;
  timestamp: string;
  nonce: string;
  reply: { timestamp: string; nonce: string };
  cases: Record<string, Case>;
  forgeries: Record<string, string>;
  vendor: Record<'token' | 'key' | 'receiveId' | 'timestamp' | 'nonce' | 'echostr' | 'msg_signature' | 'plain', string>;
  sealed: Record<'receiveId' | 'random' | 'msg' | 'timestamp' | 'nonce' | 'sha256' | 'msg_signature', string>[];
  signatures: { parts: string[]; signature: string }[];
};

const { key: aesKey, token, receiveId } = vectors;
const ours = new WecomCrypt({ token, aesKey, receiveId });
const queryOf = (name: string) =>
  name === 'passiveReply' ? vectors.reply : { timestamp: vectors.timestamp, nonce: vectors.nonce };
const cryptFor = (name: string) =>
  name === 'emptyReceiveId' ? new WecomCrypt({ token, aesKey, receiveId: '' }) : ours;

/** What the cipher holds, padding and all. */
function bytesIn(encrypt: string): Buffer {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([decipher.update(encrypt, 'base64'), decipher.final()]);
}

describe('what WeCom encrypts', () => {
  it('is read as the vendor’s own sample says', () => {
    const { vendor } = vectors;
    const crypt = new WecomCrypt({ token: vendor.token, aesKey: vendor.key, receiveId: vendor.receiveId });
    expect(crypt.isSigned(vendor, vendor.echostr)).toBe(true);
    expect(crypt.open(vendor.echostr)).toBe(vendor.plain);
  });

  it.each(Object.entries(vectors.cases))('is read and signed: %s', (name, { msg, encrypt, msg_signature }) => {
    expect(cryptFor(name).isSigned({ ...queryOf(name), msg_signature }, encrypt)).toBe(true);
    expect(cryptFor(name).open(encrypt)).toBe(msg);
  });

  it.each(Object.entries(vectors.cases))('is written the same: %s', (name, { msg, encrypt, pad, msg_signature }) => {
    const crypt = cryptFor(name);
    const bytes = bytesIn(encrypt);
    expect([bytes.at(-1), bytes.length % 32]).toEqual([pad, 0]);
    expect(crypt.seal(msg, bytes.subarray(0, 16))).toBe(encrypt);
    const { timestamp, nonce } = queryOf(name);
    expect(crypt.sign(encrypt, timestamp, nonce)).toEqual({ timestamp, nonce, msg_signature });
  });

  it.each(vectors.sealed)('has the digest that was computed elsewhere: $receiveId', (vector) => {
    const crypt = new WecomCrypt({ token, aesKey, receiveId: vector.receiveId });
    const encrypted = crypt.seal(vector.msg, Buffer.from(vector.random));
    expect(createHash('sha256').update(encrypted).digest('hex')).toBe(vector.sha256);
    expect(crypt.sign(encrypted, vector.timestamp, vector.nonce).msg_signature).toBe(vector.msg_signature);
    expect(crypt.open(encrypted)).toBe(vector.msg);
  });

  it.each(vectors.signatures)('is signed over any number of parts', ({ parts, signature }) => {
    expect(wecomSignature(...parts)).toBe(signature);
  });

  it('looks different each time', () => {
    expect(ours.seal('已签收')).not.toBe(ours.seal('已签收'));
    expect(ours.open(ours.seal('已签收'))).toBe('已签收');
  });
});

describe('a forgery is refused', () => {
  it.each(Object.entries(vectors.forgeries))('%s', (_, encrypted) => {
    expect(ours.open(encrypted)).toBeNull();
  });

  it.each([
    ['nothing', ''],
    ['no base64', '!!!!'],
    ['URL-safe base64', vectors.cases.pad1!.encrypt.replaceAll('+', '-').replaceAll('/', '_')],
    ['blanks around', ` ${vectors.cases.pad1!.encrypt}`],
    ['half a block', vectors.cases.pad1!.encrypt.slice(0, 64)],
    ['another key', new WecomCrypt({ token, aesKey: 'a'.repeat(43), receiveId }).seal('x')],
    [
      'another receiver of the same length',
      new WecomCrypt({ token, aesKey, receiveId: 'ww0123456789abcdeF' }).seal('x'),
    ],
    ['no receiver', new WecomCrypt({ token, aesKey, receiveId: '' }).seal('x')],
  ])('%s', (_, encrypted) => {
    expect(ours.open(encrypted)).toBeNull();
  });

  it.each(['token', 'timestamp', 'nonce', 'text'])('a signature over another %s', (what) => {
    const { encrypt, msg_signature } = vectors.cases.click!;
    const query = { timestamp: vectors.timestamp, nonce: vectors.nonce, msg_signature };
    const crypt = what === 'token' ? new WecomCrypt({ token: 'QDG6eL', aesKey, receiveId }) : ours;
    const changed = what in query ? { ...query, [what]: '1767323049' } : query;
    expect(crypt.isSigned(changed, what === 'text' ? vectors.cases.menu!.encrypt : encrypt)).toBe(false);
  });

  it('every single bit that is flipped spoils the signature', () => {
    const { encrypt, msg_signature } = vectors.cases.pad1!;
    const query = { timestamp: vectors.timestamp, nonce: vectors.nonce, msg_signature };
    const bytes = Buffer.from(encrypt, 'base64');
    for (let at = 0; at < bytes.length; at++) {
      const forged = Buffer.from(bytes);
      forged[at]! ^= 1 << (at % 8);
      expect(ours.isSigned(query, forged.toString('base64'))).toBe(false);
    }
  });
});

describe('the time of a call', () => {
  const now = new Date(1_767_323_045_000);
  it.each([
    ['1767323045', true],
    ['1767322745', true],
    ['1767323345', true],
    ['1767322744', false],
    ['1767323346', false],
    ['1767323045000', false],
    ['', false],
    ['-1767323045', false],
    ['1767323045.5', false],
    ['1e9', false],
  ])('%s is near ours: %s', (timestamp, timely) => {
    expect(isTimely(timestamp, now)).toBe(timely);
  });
});

it('says at once that a key is none', () => {
  for (const key of ['', 'a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}=`])
    expect(() => new WecomCrypt({ token, aesKey: key, receiveId })).toThrow();
});
