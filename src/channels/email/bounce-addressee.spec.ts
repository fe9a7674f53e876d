import { deliveryNamed, returnsAnother, senderOf } from './bounce-addressee.js';
import { readMime } from './mime-reader.js';
import { verpAddress } from './verp.js';

const now = new Date('2026-11-23T01:12:00Z');
const day = 86_400_000;
const id = '0b2f9bb5-7f2e-4b5e-9a53-0a4d2ff2a6a1';
const another = id.replace('0b2f', '0b2e');
const addresses = { domain: 'bounce.example.cn', secret: 'verp-secret' };
const own = verpAddress(id, now, addresses);
const headOf = (...lines: readonly string[]) => readMime(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`));
const said = { status: 'failed', code: '5.1.1', reason: '', returnedId: null, envelopeId: null } as const;

describe('a bounce under an envelope sender of our own', () => {
  const named = (line: string, more = {}) =>
    deliveryNamed(headOf('From: MAILER-DAEMON@mx.cn', line), { ...said, ...more }, now, {
      ...{ addresses, messageIdDomain: 'example.cn' },
    });

  it.each([
    `Delivered-To: ${own}`,
    `X-Original-To: ${own}`,
    `Envelope-To: <${own}>`,
    `To: "b" <${own.toUpperCase()}>`,
    `To: office@example.cn, ${own}`,
    `Delivered-To: office@example.cn\r\nDelivered-To: ${own}`,
  ])('is about the delivery of %s', (line) => expect(named(line)).toBe(id));

  it.each<[string, string]>([
    ['nobody', 'To: office@example.cn'],
    ['a forged mark', `To: ${own.replace(id, another)}`],
    ['another domain', `To: ${own.replace('bounce.', 'b.')}`],
    ['an address of long ago', `To: ${verpAddress(id, new Date(now.getTime() - 17 * day), addresses)}`],
    ['a header that servers do not write', `X-Note: ${own}`],
  ])('is about nothing of ours with %s', (_, line) => expect(named(line)).toBeNull());

  it('is not believed where it returns another mail of ours, and never by what it returns alone', () => {
    expect(named(`To: ${own}`, { returnedId: `<${id}@example.cn>` })).toBe(id);
    expect(named(`To: ${own}`, { returnedId: `<${another}@example.cn>` })).toBeNull();
    expect(named('To: office@example.cn', { returnedId: `<${id}@example.cn>`, envelopeId: id })).toBeNull();
  });
});

describe('a bounce to the address of the office', () => {
  const named = (returnedId: string | null, envelopeId: string | null = null) =>
    deliveryNamed(headOf(`To: ${own}`), { ...said, returnedId, envelopeId }, now, {
      ...{ addresses: null, messageIdDomain: 'Example.cn' },
    });

  it.each<[string, string | null, string | null]>([
    ['its Message-ID', `<${id}@example.cn>`, null],
    ['its ENVID', null, id],
    ['both', `<${id}@EXAMPLE.cn>`, id],
    ['its ENVID, with the Message-ID of a gateway', '<of-a-gateway@mx.cn>', id],
    ['its Message-ID, with the ENVID of a gateway', `<${id}@example.cn>`, 'QQ1234'],
  ])('is about the mail that came back, by %s', (_, messageId, envelopeId) =>
    expect(named(messageId, envelopeId)).toBe(id),
  );

  it.each<[string, string | null, string | null]>([
    ['says neither', null, null],
    ['returns the mail of another domain', `<${id}@mx.cn>`, null],
    ["returns a mail of Apple's program", `<${id.toUpperCase()}@example.cn>`, null],
    ['returns a mail of another form', '<1234@example.cn>', null],
    ['contradicts itself', `<${id}@example.cn>`, another],
    ['has an ENVID in front of more', null, `${id}-x`],
  ])('is about nothing of ours where it %s', (_, messageId, envelopeId) =>
    expect(named(messageId, envelopeId)).toBeNull(),
  );
});

it('tells another mail of ours from those of others', () => {
  expect(returnsAnother(`<${another.toUpperCase()}@example.cn>`, id, 'example.cn')).toBe(true);
  expect(returnsAnother(`<${id.toUpperCase()}@example.cn>`, id, 'example.cn')).toBe(false);
  expect(returnsAnother(`<${another}@mx.cn>`, id, 'example.cn')).toBe(false);
  expect(returnsAnother(null, id, undefined)).toBe(false);
});

it.each([
  ['Return-Path: <>', ''],
  ['Return-Path: <zhang@mx.cn>', 'zhang@mx.cn'],
  ['X-Other: y', '张三 <zhang@mx.cn>'],
])('takes the sender from the envelope where that was written down (%s)', (line, sender) =>
  expect(senderOf(headOf('From: 张三 <zhang@mx.cn>', line))).toBe(sender),
);
