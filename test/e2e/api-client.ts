import type { Actor } from '../../src/accounts/actor.js';
import { ApiKeyService } from '../../src/accounts/api-key.service.js';
import type { RunningService } from './open-service.js';
import type { ApiScope } from '../../src/domain/roles.js';

export const guard: Actor = { id: 'security', name: '安管', roles: ['securityAdmin'] };

interface Answer {
  status: number;
  etag: string;
  body: Record<string, unknown>;
}

/** A program that holds a key of these scopes. */
export async function apiClient(running: RunningService, ...scopes: ApiScope[]) {
  const key = await running.service.get(ApiKeyService).create({ name: '测试', scopes, days: 1 }, guard);
  return async (method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> => {
    const response = await fetch(`${running.base}/api/v1/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
    });
    const text = await response.text();
    return {
      status: response.status,
      etag: response.headers.get('etag') ?? '',
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
  };
}
export type Client = Awaited<ReturnType<typeof apiClient>>;

export async function everyPage<T>(call: Client, path: string): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { status, body } = await call('GET', `${path}${cursor === '' ? '' : `&cursor=${cursor}`}`);
    expect(status).toBe(200);
    items.push(...(body.items as T[]));
    cursor = body.next as string | null;
  }
  return items;
}
