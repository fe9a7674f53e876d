import { createServer, type Server } from 'node:http';
import { WechatClient } from './wechat-client.js';

/** A platform that says what the test tells it to and keeps what it was asked. */
let server: Server;
let client: WechatClient;
let asked: string[];
let tokens: object[];
let answers: string[];
let clock: number;

beforeEach(async () => {
  [asked, tokens, answers, clock] = [[], [], [], 1_000_000_000];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const isToken = request.url === '/cgi-bin/stable_token';
      const force = isToken && (JSON.parse(body) as { force_refresh: boolean }).force_refresh;
      asked.push(isToken ? `token${force ? ' by force' : ''}` : /access_token=(\w+)/.exec(request.url ?? '')![1]!);
      response.end(isToken ? JSON.stringify(tokens.shift()) : (answers.shift() ?? '{"errcode":0}'));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  client = new WechatClient({
    ...{ baseUrl: `http://127.0.0.1:${address.port}/`, appId: 'wx1', secret: 's' },
    ...{ timeoutMs: 30_000, now: () => clock },
  });
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const token = (access_token: string, expires_in = 7200) => ({ access_token, expires_in });
const call = () => client.post('/cgi-bin/message/template/send', '{}');

it('asks once for a token, however many calls need it, and again near its end', async () => {
  tokens = [token('A'), token('B')];
  await Promise.all([call(), call(), call()]);
  expect(asked).toEqual(['token', 'A', 'A', 'A']);
  clock += 7_000_000;
  await call();
  expect(asked.slice(4)).toEqual(['token', 'B']);
});

it('takes the token that somebody else has renewed meanwhile', async () => {
  tokens = [token('A'), token('B')];
  answers = ['{"errcode":40001,"errmsg":"invalid credential"}'];
  expect(await call()).toMatchObject({ kind: 'answer', body: { errcode: 0 } });
  expect(asked).toEqual(['token', 'A', 'token', 'B']);
});

it('asks by force only for what is given again though it is dead, and not again at once', async () => {
  tokens = [token('A'), token('A'), token('B')];
  answers = ['{"errcode":42001}'];
  expect(await call()).toMatchObject({ body: { errcode: 0 } });
  expect(asked).toEqual(['token', 'A', 'token', 'token by force', 'B']);
  [asked, answers, tokens] = [[], ['{"errcode":40001}'], [token('B')]];
  expect(await call()).toMatchObject({ body: { errcode: 40001 } });
  expect(asked).toEqual(['B', 'token']);
});

it('says of a wrong secret that it is one, and does not go on asking', async () => {
  tokens = [{ errcode: 40001, errmsg: 'invalid credential' }];
  expect(await call()).toMatchObject({ kind: 'refused', errcode: 40125 });
  expect(await call()).toMatchObject({ kind: 'refused', errcode: 40125 });
  expect(asked).toEqual(['token']);
});

it('keeps a number of 64 bits as it came', async () => {
  tokens = [token('A')];
  answers = ['{"errcode":0,"errmsg":"ok","msgid":3487542469355618313}'];
  expect(await call()).toMatchObject({ body: { msgid: '3487542469355618313' } });
});
