import { isUtf8 } from 'node:buffer';

const sampled = 64 * 1024;

/**
 * The encoding of a text that does not say: a byte order mark, else UTF-16 by its zeros, else UTF-8, else GB18030.
 *
 * @returns null where the bytes are no text
 */
export function encodingOf(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xef && second === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  return unmarkedUtf16(bytes) ?? (isBinary(bytes) ? null : isUtf8(bytes) || mostlyUtf8(bytes) ? 'utf-8' : 'gb18030');
}

export function decoded(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes);
}

/** Separators, line ends and digits have their zero always on the same side. */
function unmarkedUtf16(bytes: Uint8Array): string | null {
  const end = Math.min(bytes.length, sampled);
  const zeros = [0, 0];
  for (let at = 0; at < end; at += 1) if (bytes[at] === 0) zeros[at % 2]! += 1;
  const [even, odd] = zeros as [number, number];
  if (bytes.length % 2 === 1 || Math.max(even, odd) < end / 32 || Math.min(even, odd) > 0) return null;
  return odd > 0 ? 'utf-16le' : 'utf-16be';
}

/** A text has a stray control character at most. */
function isBinary(bytes: Uint8Array): boolean {
  const end = Math.min(bytes.length, sampled);
  let controls = 0;
  for (let at = 0; at < end; at += 1) {
    const byte = bytes[at]!;
    if (byte < 9 || (byte > 13 && byte < 32)) controls += 1;
  }
  return controls > Math.max(8, end / 100);
}

/** UTF-8 in which single characters broke: read as GB18030 the whole of it would be lost. */
function mostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes.subarray(0, sampled));
  let [broken, sound] = [0, 0];
  for (const character of text)
    if (character === '\uFFFD') broken += 1;
    else if (character > '\u07FF') sound += 1;
  return sound > broken * 10;
}
