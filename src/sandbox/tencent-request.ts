import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { SandboxRequest } from './http.js';

export interface TencentKeys {
  secretId: string;
  secretKey: string;
}

const clockSkewMs = 5 * 60_000;

/**
 * Checks a call as the vendor does: TC3-HMAC-SHA256 and the clock. Written apart from the client's own signing, so that an
 * error there cannot hide here.
 *
 * @returns the vendor's code for what is wrong
 */
export function tencentGateway(keys: TencentKeys, request: SandboxRequest, now: number): string | null {
  const { headers, body } = request;
  const match =
    /^TC3-HMAC-SHA256 Credential=([^/]+)\/(\d{4}-\d\d-\d\d)\/(\w+)\/tc3_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    );
  if (!match) return 'AuthFailure.SignatureFailure';
  const [, secretId, date, service, names, signature] = match as unknown as string[];
  if (secretId !== keys.secretId) return 'AuthFailure.SecretIdNotFound';
  const timestamp = Number(headers['x-tc-timestamp']);
  if (!(Math.abs(now - timestamp * 1000) <= clockSkewMs)) return 'AuthFailure.SignatureExpire';
  if (date !== new Date(timestamp * 1000).toISOString().slice(0, 10)) return 'AuthFailure.SignatureFailure';
  const signed = names!.split(';');
  if (!signed.includes('content-type') || !signed.includes('host')) return 'AuthFailure.SignatureFailure';
  if (service !== 'sms') return 'AuthFailure.SignatureFailure';
  const dateKey = mac(`TC3${keys.secretKey}`, date);
  const key = mac(mac(dateKey, service), 'tc3_request');
  // The vendor listens on a port that no client names. Of another port its own SDK signs the name without it.
  const host = (headers.host ?? '').trim().toLowerCase();
  const isSignedFor = (name: string): boolean => {
    const lines = signed.map(
      (header) => `${header}:${(header === 'host' ? name : (headers[header] ?? '')).trim().toLowerCase()}\n`,
    );
    const canonical = [request.method, '/', '', lines.join(''), names, hash(body)].join('\n');
    const toSign = ['TC3-HMAC-SHA256', timestamp, `${date}/${service}/tc3_request`, hash(canonical)].join('\n');
    return timingSafeEqual(mac(key, toSign), Buffer.from(signature!, 'hex'));
  };
  return isSignedFor(host) || isSignedFor(host.replace(/:\d+$/, '')) ? null : 'AuthFailure.SignatureFailure';
}

const mac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
