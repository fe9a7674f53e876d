import { ApiKeyService } from '../../src/accounts/api-key.service.js';
import { RawHttp } from '../raw-http.js';
import { openWorld, takeDemoList, type World } from '../world.js';

const guard = { id: 'security', name: '安管', roles: ['securityAdmin'] } as const;

describe('conditions of a program', () => {
  let world: World;
  let http: RawHttp;
  let key: string;
  let path: string;

  beforeAll(async () => {
    world = await openWorld();
    await takeDemoList(world);
    const scopes = ['organisation.read', 'organisation.write'] as const;
    key = await world
      .get(ApiKeyService)
      .create({ name: '测试', scopes: [...scopes], days: 1 }, { ...guard, roles: ['securityAdmin'] });
    const [unit] = await world.query<{ id: string }>(`SELECT id::text FROM unit WHERE kind = 'government' LIMIT 1`);
    path = `/api/v1/units/${unit!.id}`;
    http = new RawHttp(await (await world.web()).getUrl());
  });
  afterAll(async () => {
    http?.close();
    await world?.close();
  });
  const call = (method: string, headers: Record<string, string>, body?: object) =>
    http.send({
      ...{ method, path, payload: body && JSON.stringify(body) },
      headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
    });
  const etag = async () => (await call('GET', {})).headers.etag!;

  it('spare the answer that the caller has', async () => {
    const now = await etag();
    for (const tag of [now, `W/${now}`, '*', `"v0-000000000000", ${now}`]) {
      const { status, text, headers } = await call('GET', { 'if-none-match': tag });
      expect([tag, status, text, headers.etag]).toEqual([tag, 304, '', now]);
    }
    expect((await call('GET', { 'if-none-match': '"v0-000000000000"' })).status).toBe(200);
  });

  it('let a change pass only where the version of now is among them', async () => {
    let turn = 0;
    const rename = async (headers: Record<string, string>) =>
      (await call('PUT', headers, { name: `改名${++turn}局`, kind: 'government' })).status;
    expect(await rename({})).toBe(428);
    expect(await rename({ 'if-match': 'v1' })).toBe(428);
    expect(await rename({ 'if-match': `W/${await etag()}` })).toBe(412);
    expect(await rename({ 'if-match': '"somebody-elses"' })).toBe(412);
    expect(await rename({ 'if-match': '"v99999", "v99998"' })).toBe(412);
    expect(await rename({ 'if-match': await etag(), 'if-none-match': '*' })).toBe(412);
    expect(await rename({ 'if-match': await etag(), 'if-none-match': await etag() })).toBe(412);
    expect(await rename({ 'if-match': await etag() })).toBe(200);
    expect(await rename({ 'if-match': `"v99999", W/"v1", ${await etag()}` })).toBe(200);
    expect(await rename({ 'if-match': '*' })).toBe(200);
  });
});
