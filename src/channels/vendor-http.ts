/**
 * One HTTP call to a provider. Two things matter more than comfort: whether the request may have been taken when it
 * fails, and that no URL, header or body (they hold tokens, secrets and numbers) ever reaches a log or a reason.
 */

export interface VendorRequest {
  method: 'GET' | 'POST';
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** For the whole call. Above the 10 s after which fetch gives up connecting, so that a dead host is told from a slow one. */
  timeoutMs: number;
}

export type VendorAnswer =
  /** A complete answer; `body` is the parsed JSON, numbers of 16 digits and more as texts; `undefined` when it was not JSON. */
  | { kind: 'answer'; status: number; body: unknown }
  /** Proven: the request never left this machine. */
  | { kind: 'notSent'; code: string; reason: string }
  /** The request was or may have been written and no complete answer came. */
  | { kind: 'unknown'; code: string; reason: string };

export const defaultVendorTimeoutMs = 15_000;
const maxAnswerBytes = 1_000_000;

const neverConnected: Readonly<Record<string, string>> = {
  ECONNREFUSED: '服务商拒绝连接，请检查地址、端口与防火墙。',
  ENOTFOUND: '找不到服务商的域名，请检查 DNS 与网络。',
  EAI_AGAIN: '域名解析暂时失败，请检查 DNS 与网络。',
  ENETUNREACH: '网络不可达，请检查本机网络。',
  EHOSTUNREACH: '网络不可达，请检查本机网络。',
  UND_ERR_CONNECT_TIMEOUT: '连接服务商超时，请检查网络与防火墙。',
  DEPTH_ZERO_SELF_SIGNED_CERT: '服务商的 TLS 证书未通过校验。',
  SELF_SIGNED_CERT_IN_CHAIN: '服务商的 TLS 证书未通过校验。',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: '服务商的 TLS 证书未通过校验。',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: '服务商的 TLS 证书未通过校验。',
  CERT_HAS_EXPIRED: '服务商的 TLS 证书已过期。',
  ERR_TLS_CERT_ALTNAME_INVALID: '服务商的 TLS 证书与域名不符。',
};

export async function callVendor(request: VendorRequest): Promise<VendorAnswer> {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(request.timeoutMs),
    });
    const text = await readCapped(response);
    if (text === null)
      return { kind: 'unknown', code: 'ANSWER_TOO_LARGE', reason: '服务商的应答过大，无法判断是否已受理。' };
    return { kind: 'answer', status: response.status, body: parseJson(text) };
  } catch (error) {
    return explainFailure(error);
  }
}

async function readCapped(response: Response): Promise<string | null> {
  if (!response.body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxAnswerBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(withLongNumbersAsTexts(text)) as unknown;
  } catch {
    return undefined;
  }
}

/** A number of 64 bits does not fit into ours: 3487542469355618313 would come out as …8300, which nothing later matches. */
const withLongNumbersAsTexts = (json: string): string =>
  json.replace(/"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g, (found) =>
    found.startsWith('"') ? found : `"${found}"`,
  );

function explainFailure(error: unknown): VendorAnswer {
  if (textField(error, 'name') === 'TimeoutError')
    return { kind: 'unknown', code: 'TIMEOUT', reason: '服务商在限定时间内没有应答，可能已受理。' };
  const cause: unknown = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
  const code = textField(cause, 'code') ?? 'CONNECTION_LOST';
  const reason = neverConnected[code];
  if (reason) return { kind: 'notSent', code, reason };
  return { kind: 'unknown', code, reason: '与服务商的连接中断，可能已受理。' };
}

function textField(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const field = (value as Readonly<Record<string, unknown>>)[name];
  return typeof field === 'string' ? field : undefined;
}
