import { createServer, type Server } from 'node:http';
import { WecomClient } from './wecom-client.js';
import { wecomOutcome } from './wecom-errors.js';

/** A provider that says what the test tells it to and keeps what it was asked. */
let server: Server;
let client: WecomClient;
let asked: string[];
let tokenAnswers: object[];
let sendAnswers: object[];
let clock: number;

beforeEach(async () => {
  [asked, tokenAnswers, sendAnswers, clock] = [[], [], [], 1_000_000];
  server = createServer((request, response) => {
    const path = (request.url ?? '').replace('/cgi-bin/', '');
    asked.push(path.replace(/\?.*access_token=/, ' '));
    const queue = path.startsWith('gettoken') ? tokenAnswers : sendAnswers;
    response.end(JSON.stringify(queue.shift() ?? { errcode: 0 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  client = new WecomClient({
    baseUrl: `http://127.0.0.1:${address.port}`,
    corpId: 'ww1',
    secret: 's',
    timeoutMs: 30_000,
    now: () => clock,
  });
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const token = (name: string) => ({ errcode: 0, access_token: name, expires_in: 7200 });
const send = () => client.post('/cgi-bin/message/send', '{}', {});

describe('WecomClient', () => {
  it('asks for one token for many calls at once, and again shortly before its end', async () => {
    tokenAnswers = [token('T1'), token('T2')];
    await Promise.all([send(), send(), send()]);
    expect(asked).toEqual([
      'gettoken?corpid=ww1&corpsecret=s',
      'message/send T1',
      'message/send T1',
      'message/send T1',
    ]);
    clock += 6_900_000;
    await send();
    expect(asked.slice(4)).toEqual(['gettoken?corpid=ww1&corpsecret=s', 'message/send T2']);
  });

  it.each([40014, 42001, 41001])('repeats once with a new token after %i', async (errcode) => {
    tokenAnswers = [token('T1'), token('T2')];
    sendAnswers = [{ errcode }];
    expect(await send()).toMatchObject({ body: { errcode: 0 } });
    expect(asked.filter((path) => path.startsWith('message'))).toEqual(['message/send T1', 'message/send T2']);
  });

  it('does not repeat a second time', async () => {
    tokenAnswers = [token('T1'), token('T2')];
    sendAnswers = [{ errcode: 42001 }, { errcode: 42001 }];
    expect(await send()).toMatchObject({ body: { errcode: 42001 } });
    expect(asked.filter((path) => path.startsWith('message'))).toHaveLength(2);
  });

  it('does not repeat after any other code', async () => {
    tokenAnswers = [token('T1')];
    sendAnswers = [{ errcode: -1 }];
    await send();
    expect(asked.filter((path) => path.startsWith('message'))).toHaveLength(1);
  });

  it('asks about a refused secret again only after a minute', async () => {
    tokenAnswers = [{ errcode: 40001 }, token('T1')];
    expect(await send()).toEqual({ kind: 'refused', errcode: 40001, said: '' });
    expect(await send()).toEqual({ kind: 'refused', errcode: 40001, said: '' });
    expect(asked).toHaveLength(1);
    clock += 60_001;
    expect(await send()).toMatchObject({ kind: 'answer' });
  });
});

describe('wecomOutcome', () => {
  it.each([
    [-1, 'retry', 'provider'],
    [45009, 'retry', 'throttled'],
    [81013, 'refused', 'recipient'],
    [60020, 'refused', 'configuration'],
    [45002, 'refused', 'content'],
    [99999, 'retry', 'provider'],
  ])('takes %i for %s %s', (errcode, kind, of) => {
    expect(wecomOutcome(errcode)).toMatchObject({ kind, class: of, code: String(errcode) });
  });
});
