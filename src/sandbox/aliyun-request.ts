import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { SandboxRequest } from './http.js';

/** A gateway error: HTTP 4xx, before any business rule is looked at. */
export interface GatewayError {
  status: number;
  Code: string;
  Message: string;
}

export interface RequestRules {
  accessKeyId: string;
  accessKeySecret: string;
}

const mustBeSigned = [
  'host',
  'x-acs-action',
  'x-acs-version',
  'x-acs-date',
  'x-acs-signature-nonce',
  'x-acs-content-sha256',
] as const;
const clockSkewMs = 15 * 60_000;
const nonceMemoryMs = 2 * clockSkewMs;

/**
 * Checks requests as the vendor's gateway does: ACS3-HMAC-SHA256, clock, nonce. Written apart from the client's own
 * signing, so that an error there cannot hide here.
 */
export function aliyunGateway(rules: RequestRules): (request: SandboxRequest, now: number) => GatewayError | null {
  const nonces = new Map<string, number>();

  return (request, now) => {
    const { headers } = request;
    const given = readAuthorization(headers.authorization ?? '');
    if (!given) return error(400, 'IncompleteSignature', 'The request signature does not conform to standards.');
    if (given.accessKeyId !== rules.accessKeyId)
      return error(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.');
    if (!mustBeSigned.every((name) => given.signedHeaders.includes(name)))
      return error(400, 'IncompleteSignature', 'A mandatory header is not signed.');
    const sentAt = Date.parse(headers['x-acs-date'] ?? '');
    if (!(Math.abs(now - sentAt) <= clockSkewMs))
      return error(400, 'InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.');
    if (
      headers['x-acs-content-sha256'] !== sha256(request.body) ||
      !isSignedWith(request, given, rules.accessKeySecret)
    )
      return error(400, 'SignatureDoesNotMatch', 'Specified signature is not matched with our calculation.');
    if (isRepeatedNonce(headers['x-acs-signature-nonce'] ?? '', now))
      return error(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.');
    return null;
  };

  function isRepeatedNonce(nonce: string, now: number): boolean {
    for (const [old, at] of nonces) {
      if (now - at <= nonceMemoryMs) break;
      nonces.delete(old);
    }
    if (nonces.has(nonce)) return true;
    nonces.set(nonce, now);
    return false;
  }
}

interface Authorization {
  accessKeyId: string;
  signedHeaders: string[];
  signature: string;
}

function readAuthorization(header: string): Authorization | null {
  const match = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(header);
  const [, accessKeyId, names, signature] = match ?? [];
  return accessKeyId && names && signature ? { accessKeyId, signedHeaders: names.split(';'), signature } : null;
}

function isSignedWith(request: SandboxRequest, given: Authorization, secret: string): boolean {
  const query = [...request.url.searchParams].map(([name, value]) => [encode(name), encode(value)] as const);
  query.sort(([a], [b]) => (a < b ? -1 : 1));
  const canonical = [
    request.method,
    request.url.pathname,
    query.map(([name, value]) => `${name}=${value}`).join('&'),
    ...given.signedHeaders.map((name) => `${name}:${(request.headers[name] ?? '').trim()}`),
    '',
    given.signedHeaders.join(';'),
    sha256(request.body),
  ].join('\n');
  const expected = createHmac('sha256', secret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest();
  return timingSafeEqual(expected, Buffer.from(given.signature, 'hex'));
}

const unreserved = /[A-Za-z0-9\-_.~]/;

function encode(text: string): string {
  return [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return unreserved.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function error(status: number, Code: string, Message: string): GatewayError {
  return { status, Code, Message };
}
