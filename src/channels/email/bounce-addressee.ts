import type { BounceNews } from './bounce-mail.js';
import { headerText, type MimePart } from './mime-reader.js';
import { type BounceAddresses, readVerpAddress } from './verp.js';

/** By what a bounce names the delivery it is about. */
export interface BounceWays {
  /** Of our envelope senders; null where mail leaves under the address of the office itself. */
  addresses: BounceAddresses | null;
  /** Domain of the Message-IDs this system writes. */
  messageIdDomain: string;
}

/**
 * The delivery that a bounce in a mailbox is about; null where it is about nothing of ours. Under envelope senders of our own
 * only these count, wherever the server that took the bounce wrote down for whom it was. Without them it is what the bounce
 * gives back of our mail: its ENVID and its Message-ID, which must not differ.
 */
export function deliveryNamed(head: MimePart, news: BounceNews, now: Date, ways: BounceWays): string | null {
  const { addresses, messageIdDomain } = ways;
  if (addresses) {
    const named = addressesIn(head)
      .map((address) => readVerpAddress(address, now, addresses))
      .find((one) => one !== null);
    if (!named || named.expired || returnsAnother(news.returnedId, named.deliveryId, messageIdDomain)) return null;
    return named.deliveryId;
  }
  const ids = [ownId(news.returnedId, messageIdDomain), uuid.exec(news.envelopeId ?? '')?.[0]].filter(Boolean);
  return new Set(ids).size === 1 ? ids[0]! : null;
}

/** Whoever knows one of our addresses could send there the bounce of another mail. */
export function returnsAnother(messageId: string | null, deliveryId: string, domain: string | undefined): boolean {
  const id = ownId(messageId?.toLowerCase() ?? null, domain);
  return id !== undefined && id !== deliveryId;
}

/** As we write them, in small letters: Apple's mail programs give their mails the same form in capitals. */
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function ownId(messageId: string | null, domain: string | undefined): string | undefined {
  const [, id, of] = /^<?([0-9a-f-]{36})@([^@>]{1,255})>?$/.exec(messageId ?? '') ?? [];
  return id !== undefined && uuid.test(id) && of!.toLowerCase() === domain?.toLowerCase() ? id : undefined;
}

/** Where servers write down whom a mail was for. */
export const addresseeHeaders = [
  ...['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-rcpt-to', 'x-forwarded-to', 'to'],
];

function addressesIn(head: MimePart): string[] {
  return addresseeHeaders.flatMap((name) =>
    (head.headers.get(name) ?? [])
      .slice(0, 5)
      .flatMap((value) =>
        [...value.slice(0, 2000).matchAll(/[^\s<>,;:"()@]{1,64}@[^\s<>,;:"()@]{1,255}/g)].map(([one]) => one),
      ),
  );
}

/** Envelope sender as the server that took the mail wrote it down; where it did not, the author stands for it. */
export function senderOf(head: MimePart): string {
  const path = head.headers.get('return-path')?.[0];
  return path === undefined ? headerText(head, 'from') : path.replace(/[<>\s]/g, '');
}
