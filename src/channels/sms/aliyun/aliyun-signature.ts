import { createHash, createHmac } from 'node:crypto';

/** What is signed. Header names are lower case; `query` values are not yet encoded. */
export interface SignableRequest {
  method: string;
  path: string;
  query: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface AliyunCredentials {
  accessKeyId: string;
  accessKeySecret: string;
}

const algorithm = 'ACS3-HMAC-SHA256';

/** Aliyun signature version 3: the headers to send, `authorization` and `x-acs-content-sha256` included. */
export function signAcs3(request: SignableRequest, credentials: AliyunCredentials): Record<string, string> {
  const headers = { ...request.headers, 'x-acs-content-sha256': sha256(request.body) };
  const { canonical, signedHeaders } = canonicalRequest({ ...request, headers });
  const signature = createHmac('sha256', credentials.accessKeySecret)
    .update(`${algorithm}\n${sha256(canonical)}`)
    .digest('hex');
  const authorization = `${algorithm} Credential=${credentials.accessKeyId},SignedHeaders=${signedHeaders},Signature=${signature}`;
  return { ...headers, authorization };
}

/** The query string in the order and encoding that is signed. */
export function canonicalQuery(query: Readonly<Record<string, string>>): string {
  return Object.keys(query)
    .sort()
    .map((key) => `${encodeRfc3986(key)}=${encodeRfc3986(query[key] ?? '')}`)
    .join('&');
}

export function canonicalRequest(request: SignableRequest): { canonical: string; signedHeaders: string } {
  const names = Object.keys(request.headers)
    .filter((name) => name === 'host' || name === 'content-type' || name.startsWith('x-acs-'))
    .sort();
  const lines = names.map((name) => `${name}:${(request.headers[name] ?? '').trim()}\n`).join('');
  const signedHeaders = names.join(';');
  const parts = [
    request.method,
    request.path,
    canonicalQuery(request.query),
    lines,
    signedHeaders,
    sha256(request.body),
  ];
  return { canonical: parts.join('\n'), signedHeaders };
}

/** encodeURIComponent leaves five marks that RFC 3986 reserves. */
function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
