import type { Actor } from '../../src/accounts/actor.js';
import { ApiKeyService } from '../../src/accounts/api-key.service.js';
import { RosterService } from '../../src/distribution/list-file/roster.service.js';
import { beijingDate } from '../../src/domain/calendar.js';
import type { ApiScope } from '../../src/domain/roles.js';
import { demoRoster } from '../world.js';
import { openService, type RunningService } from './open-service.js';

const guard: Actor = { id: 'security', name: '安管', roles: ['securityAdmin'] };

interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

describe('the interface for programs', () => {
  let running: RunningService;
  let reader: string;
  beforeAll(async () => {
    running = await openService();
    await running.service.get(RosterService).import(demoRoster(), guard, new Date());
    reader = await keyWith('organisation.read');
  });
  afterAll(() => running?.stop());

  const keyWith = (...scopes: ApiScope[]) =>
    running.service.get(ApiKeyService).create({ name: '测试', scopes, days: 1 }, guard);

  async function call(path: string, key: string | null, init: RequestInit = {}): Promise<Answer> {
    const authorization: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
    const headers = { ...authorization, ...(init.headers as Record<string, string>) };
    const response = await fetch(`${running.base}/api/v1/${path}`, { ...init, headers });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
  }

  it('is closed without a key, with a wrong one, a revoked one, and one of another scope', async () => {
    const keys = running.service.get(ApiKeyService);
    const revoked = await keyWith('organisation.read');
    await keys.revoke((await keys.listKeys())[0]!.id, guard);
    for (const key of [null, 'kb_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', revoked]) {
      const refused = await call('units', key);
      expect([refused.status, refused.body.code]).toEqual([401, 'api.keyNeeded']);
      expect(refused.headers.get('content-type')).toContain('application/problem+json');
      expect(refused.headers.get('www-authenticate')).toBe('Bearer');
    }
    const other = await call('units', await keyWith('groups.read'));
    expect([other.status, other.body.code]).toEqual([403, 'api.needsScope']);
  });

  it('gives every post once over many pages, in protocol order, with masked addresses only', async () => {
    const orders: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { status, body } = await call(`posts?limit=30${cursor ? `&cursor=${cursor}` : ''}`, reader);
      expect(status).toBe(200);
      orders.push(...(body.items as { order: number }[]).map(({ order }) => order));
      cursor = body.next as string | null;
    }
    expect(orders).toEqual(Array.from({ length: 115 }, (_, i) => i + 1));
    const people = await call('people?limit=500', reader);
    // Every number of the demo list begins so; eleven digits that merely look like one also turn up inside a random UUID.
    expect(JSON.stringify(people.body)).not.toMatch(/15400000\d{3}/);
    expect(JSON.stringify(people.body)).toContain('154****0001');
  });

  it('names what is wrong with a question', async () => {
    expect((await call('posts?limit=0', reader)).body).toMatchObject({ status: 400, faults: [{ field: 'limit' }] });
    expect((await call('posts?cursor=xx', reader)).body).toMatchObject({ status: 400, code: 'api.badCursor' });
    expect((await call('posts?at=2026-02-30', reader)).body).toMatchObject({ faults: [{ field: 'at' }] });
    expect((await call('units/5f6b1c9e-0000-4000-8000-000000000000', reader)).body).toMatchObject({ status: 404 });
  });

  it('spares a reader what he has already', async () => {
    const [unit] = (await call('units?limit=1', reader)).body.items as { id: string }[];
    const first = await call(`units/${unit!.id}`, reader);
    const etag = first.headers.get('etag')!;
    expect(etag).toMatch(/^"v1-[0-9a-f]{12}"$/);
    const again = await call(`units/${unit!.id}`, reader, { headers: { 'if-none-match': etag } });
    expect([again.status, again.body]).toEqual([304, {}]);
  });

  it('changes what was read and nothing else: without its ETag or with an old one nothing happens', async () => {
    const writer = await keyWith('organisation.read', 'organisation.write');
    const send = (method: string, path: string, body: object, etag?: string) =>
      call(path, writer, {
        method,
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...(etag === undefined ? {} : { 'if-match': etag }) },
      });
    expect((await call('units', reader, { method: 'POST' })).status).toBe(403);

    const added = await send('POST', 'units', { name: '县大数据局', kind: 'government' });
    expect([added.status, added.body.name, added.body.version]).toEqual([201, '县大数据局', 1]);
    const etag = added.headers.get('etag')!;
    const unit = `units/${String(added.body.id)}`;
    const renamed = { name: '县数据局', kind: 'government' };
    expect((await send('PUT', unit, renamed)).body).toMatchObject({ status: 428, code: 'api.ifMatchNeeded' });
    expect((await send('PUT', unit, renamed, etag)).body).toMatchObject({ name: '县数据局', version: 2 });
    expect((await send('PUT', unit, { ...renamed, name: '县数管局' }, etag)).body).toMatchObject({ status: 412 });
    expect((await send('POST', 'units', renamed)).body).toMatchObject({ status: 409, code: 'list.unitNameTaken' });
    expect((await send('POST', 'units', { name: '', kind: 'x' })).body).toMatchObject({
      faults: [{ field: 'name' }, { field: 'kind' }],
    });
  });

  it('appoints under the rules of the list, and takes it back', async () => {
    const writer = await keyWith('organisation.read', 'organisation.write');
    const send = (path: string, body: object, etag = '') =>
      call(path, writer, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...(etag ? { 'if-match': etag } : {}) },
      });
    const [post] = (await call('posts?limit=1', writer)).body.items as { id: string; holders: { name: string }[] }[];
    const holder = async () => {
      const { body, headers } = await call(`posts/${post!.id}`, writer);
      return { names: (body.holders as { name: string }[]).map(({ name }) => name), etag: headers.get('etag')! };
    };
    const before = await holder();
    const person = await send('people', { name: '新书记' });
    const soon = beijingDate(new Date(Date.now() + 2 * 86_400_000)); // not tomorrow: it could become today meanwhile
    const wish = { personId: person.body.id, on: soon, reason: '' };
    const appointed = await send(`posts/${post!.id}/appoint`, wish, before.etag);
    expect(appointed.body).toMatchObject({ lines: [expect.anything(), expect.stringContaining('新书记')] });
    expect((await send(`posts/${post!.id}/appoint`, wish, before.etag)).status).toBe(412);
    expect((await holder()).names).toEqual(before.names);
    const then = await call(`posts/${post!.id}?at=${soon}`, writer);
    expect(then.body.holders).toMatchObject([{ name: '新书记' }]);
    expect((await send(`changes/${String(appointed.body.change)}/undo`, {})).status).toBe(204);
    expect((await call(`posts/${post!.id}?at=${soon}`, writer)).body.holders).toMatchObject([
      { name: before.names[0] },
    ]);
  });

  it('describes itself in OpenAPI, each operation once, with its scope', async () => {
    const { body } = await call('openapi.json', null);
    const paths = body.paths as Record<string, Record<string, { operationId: string; description: string }>>;
    const operations = Object.values(paths).flatMap((path) => Object.values(path));
    expect(body.openapi).toBe('3.1.0');
    expect(paths['/posts/{id}']!.get!.description).toContain('organisation.read');
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });
});
