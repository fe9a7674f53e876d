import { createHash, createHmac } from 'node:crypto';

export interface TencentCredentials {
  secretId: string;
  secretKey: string;
}

export interface TencentCall {
  host: string;
  service: string;
  contentType: string;
  payload: string;
  at: Date;
}

/** Tencent Cloud API signature version 3: the authorization header of one POST to the service's root. */
export function signTc3(call: TencentCall, { secretId, secretKey }: TencentCredentials): string {
  const timestamp = unixSeconds(call.at);
  const date = call.at.toISOString().slice(0, 10);
  const scope = `${date}/${call.service}/tc3_request`;
  const toSign = `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256(canonicalCall(call))}`;
  const key = [date, call.service, 'tc3_request'].reduce<Buffer | string>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `TC3${secretKey}`,
  );
  const signature = createHmac('sha256', key).update(toSign).digest('hex');
  return `TC3-HMAC-SHA256 Credential=${secretId}/${scope}, SignedHeaders=content-type;host, Signature=${signature}`;
}

/** The path is always the root, whatever address the service is reached at. */
export function canonicalCall({ host, contentType, payload }: TencentCall): string {
  return `POST\n/\n\ncontent-type:${contentType}\nhost:${host}\n\ncontent-type;host\n${sha256(payload)}`;
}

export const unixSeconds = (at: Date): number => Math.floor(at.getTime() / 1000);

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
