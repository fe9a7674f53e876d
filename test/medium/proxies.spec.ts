import { RawHttp } from '../raw-http.js';
import { openWorld, type World } from '../world.js';

/** What the sign-in allows from one address in a minute. */
const allowed = 20;

describe('the address of a client', () => {
  let world: World;
  let http: RawHttp;
  const open = async (TRUST_PROXY: string) => {
    world = await openWorld({ environment: { TRUST_PROXY } });
    http = new RawHttp(await (await world.web()).getUrl());
  };
  afterEach(async () => {
    http.close();
    await world.close();
  });
  const signIn = async (forwarded: string) => {
    const headers = { accept: 'text/html', 'x-forwarded-for': forwarded };
    return (await http.send({ method: 'POST', path: '/signin', headers })).status;
  };
  const refusedOf = async (forwarded: (turn: number) => string): Promise<number> => {
    let refused = 0;
    for (let turn = 0; turn < allowed + 5; turn++) if ((await signIn(forwarded(turn))) === 429) refused += 1;
    return refused;
  };

  it('is that of the connection where no proxy is trusted, whatever is forged', async () => {
    await open('false');
    expect(await refusedOf((turn) => `10.0.0.${turn}`)).toBe(5);
  });

  it('is the last before our own proxies, whatever is forged before it', async () => {
    await open('127.0.0.1, 10.9.0.0/16');
    expect(await refusedOf((turn) => `10.0.0.${turn}, 192.0.2.1`)).toBe(5);
    expect(await refusedOf((turn) => `127.0.0.1, 10.9.0.${turn}, 192.0.2.2, 10.9.1.${turn}`)).toBe(5);
    expect(await refusedOf((turn) => `198.51.100.${turn}`)).toBe(0);
  });

  it('is not taken from a proxy that is not ours', async () => {
    await open('10.9.0.1');
    expect(await refusedOf((turn) => `10.0.0.${turn}`)).toBe(5);
  });
});
