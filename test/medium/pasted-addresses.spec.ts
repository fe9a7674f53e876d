import { linkToken } from '../../src/dispatch/plan/link.js';
import { aPlannedEdition } from '../builders.js';
import { RawHttp } from '../raw-http.js';
import { openWorld, type World } from '../world.js';

describe('an address as it was pasted', () => {
  let world: World;
  let http: RawHttp;
  let token: string;

  beforeAll(async () => {
    world = await openWorld();
    await aPlannedEdition(world);
    const [copy] = await world.query<{ id: string; nonce: string }>('SELECT id, link_nonce AS nonce FROM copy LIMIT 1');
    token = linkToken(world.vault, copy!.id, copy!.nonce);
    http = new RawHttp(await (await world.web()).getUrl());
  });
  afterAll(async () => {
    http?.close();
    await world?.close();
  });
  const get = async (path: string) => {
    const { status, headers, text } = await http.send({ method: 'GET', path, headers: { accept: 'text/html' } });
    return { status, location: headers.location, text };
  };

  it.each(['%E3%80%82', '.', '%EF%BC%89', '%3E', '%20', '%0A', '%EF%BC%88%E5%88%86%E4%BA%AB', '%', '%E3%80', '3D'])(
    'leads to the reading page with %s behind it',
    async (tail) => {
      expect(await get(`/r/${token}${tail}`)).toMatchObject({ status: 303, location: `/r/${token}` });
      expect((await get(`/r/${token}`)).status).toBe(200);
    },
  );

  it.each(['/S', '/s%E3%80%82', '/s.', '/%EF%BC%B3'])('leads from %s to the page for the code', async (path) => {
    expect(await get(path)).toMatchObject({ status: 303, location: '/s' });
  });

  it('takes what is sent to it as well', async () => {
    const form = {
      method: 'POST',
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    };
    const { status, text } = await http.send({ ...form, path: '/S', payload: 'code=0000000000' });
    // The page that says the code is wrong is shown by a GET.
    expect([status, text.includes('没有找到这个页面')]).toEqual([303, false]);
  });

  it('opens nothing when it is cut or altered, and says what to do', async () => {
    const altered = `${token.slice(0, -1)}${token.endsWith('A') ? 'E' : 'A'}`;
    for (const path of [`/r/${token.slice(0, 21)}`, `/r/${token.slice(0, 21)}%E3%80%82`, `/r/${altered}`]) {
      const { status, text } = await get(path);
      expect([path, status, text.includes('重新点开原来的链接')]).toEqual([path, 404, true]);
    }
  });
});
