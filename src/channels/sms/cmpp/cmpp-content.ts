import { smsParts } from '../../../domain/sending/message-text.js';

/** A text as it travels: one content of at most 140 bytes for each part. */
export interface CmppContents {
  headed: boolean;
  contents: Buffer[];
}

/**
 * UCS-2 in one part, or in parts that begin with the six bytes by which a phone joins them: 05 00 03, reference, how many,
 * which.
 *
 * @param reference 0..255, the same in all parts and another in the next message to the same phone
 */
export function contentsOf(text: string, reference: number): CmppContents {
  const parts = smsParts(text);
  if (parts.length === 1) return { headed: false, contents: [ucs2(parts[0]!)] };
  const head = (number: number) => Buffer.from([5, 0, 3, reference, parts.length, number]);
  return { headed: true, contents: parts.map((part, at) => Buffer.concat([head(at + 1), ucs2(part)])) };
}

const ucs2 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
