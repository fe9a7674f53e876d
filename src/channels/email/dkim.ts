import { createHash, type KeyObject, sign } from 'node:crypto';

export interface DkimKey {
  domain: string;
  selector: string;
  /** RSA or Ed25519. */
  key: KeyObject;
}

/**
 * What the signature covers where it is there. From stands twice, so that a second one cannot be added (RFC 6376, 8.15); the
 * two of RFC 8058 must be covered for its one press to count.
 */
const signedHeaders = [
  ...['from', 'from', 'reply-to', 'to', 'subject', 'date', 'message-id', 'mime-version', 'content-type'],
  ...['list-id', 'list-unsubscribe', 'list-unsubscribe-post', 'auto-submitted', 'precedence', 'feedback-id'],
];

/**
 * The message with one DKIM-Signature for each key before it: RFC 6376, relaxed/relaxed; Ed25519 as in RFC 8463.
 *
 * @param message whole, ASCII, lines ended by CRLF
 */
export function signMail(message: string, keys: readonly DkimKey[], now: Date): string {
  if (keys.length === 0) return message;
  const end = message.indexOf('\r\n\r\n');
  const headers = unfolded(message.slice(0, end));
  const bodyHash = createHash('sha256')
    .update(relaxedBody(message.slice(end + 4)), 'latin1')
    .digest('base64');
  const names = signedHeaders.filter((name) => headers.has(name));
  const covered = [...new Set(names)].map((name) => `${name}:${headers.get(name)!}\r\n`).join('');
  const signatures = keys.map((key) => signature(key, names, covered, bodyHash, now));
  return signatures.join('') + message;
}

function signature(
  { domain, selector, key }: DkimKey,
  names: readonly string[],
  covered: string,
  bodyHash: string,
  now: Date,
): string {
  const isRsa = key.asymmetricKeyType === 'rsa';
  const fields = [
    `v=1; a=${isRsa ? 'rsa' : 'ed25519'}-sha256; c=relaxed/relaxed; d=${domain};`,
    `s=${selector}; t=${Math.floor(now.getTime() / 1000)};`,
    ...folded(names),
    `bh=${bodyHash};`,
    'b=',
  ];
  const data = `${covered}dkim-signature:${fields.join(' ')}`;
  const bytes = isRsa
    ? sign('sha256', Buffer.from(data), key)
    : sign(null, createHash('sha256').update(data).digest(), key);
  const lines = bytes.toString('base64').match(/.{1,72}/g)!;
  return `DKIM-Signature: ${fields.join('\r\n ')}${lines.join('\r\n ')}\r\n`;
}

/** The names on lines of at most 78 (RFC 5322, 2.1.1). */
function folded(names: readonly string[]): string[] {
  const lines = ['h='];
  for (const [place, name] of names.entries()) {
    const text = `${name}${place === names.length - 1 ? ';' : ':'}`;
    if (lines.at(-1)!.length + text.length > 76) lines.push(text);
    else lines[lines.length - 1] += text;
  }
  return lines;
}

/** Each field once, as our own messages have it: name in lower case, value on one line (RFC 6376, 3.4.2). */
function unfolded(head: string): Map<string, string> {
  const lines = head.replace(/\r\n(?=[ \t])/g, '').split('\r\n');
  return new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      const value = line.slice(colon + 1).replace(/[ \t]+/g, ' ');
      return [line.slice(0, colon).trim().toLowerCase(), value.trim()];
    }),
  );
}

/** RFC 6376, 3.4.4. */
function relaxedBody(body: string): string {
  const text = body
    .replace(/[ \t]+(?=\r\n|$)/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/(?:\r\n)+$/, '');
  return text === '' ? '' : `${text}\r\n`;
}
