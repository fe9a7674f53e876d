import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Book, type BookMessage, type NewMessage } from './book.js';
import { chooseAct, usualBehaviour } from './recipient-choice.js';
import { simulateRecipients, type RecipientAct, type SimulationOptions } from './simulated-recipients.js';

interface Asked {
  line: string;
  headers: IncomingHttpHeaders;
  body: string;
}

let dir: string;
let book: Book;
let server: Server;
let baseUrl: string;
let asked: Asked[];
/** Presses that the site still answers with its question. */
let questions: number;

/** A reading site: a code leads to the same page as the link. */
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kuaibao-people-'));
  book = new Book(dir);
  asked = [];
  questions = 0;
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const line = `${request.method} ${request.url}`;
      asked.push({ line, headers: request.headers, body });
      if (line === 'POST /s') response.writeHead(303, { location: 'https://kb.example.cn/r/T1' }).end();
      else if (line === 'POST /r/T1/acknowledge')
        response.writeHead(303, { location: questions-- > 0 ? '/r/T1/acknowledge' : '/r/T1' }).end();
      else if (line.startsWith('GET')) {
        response.setHeader('set-cookie', 'reader=abc; HttpOnly; Path=/');
        const page = line === 'GET /r/T1' ? '<article data-opened="/r/T1/opened?page=m1">' : '';
        response.end(`${page}<form method="post"><input type="hidden" name="nonce" value="n1"></form>`);
      } else response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  baseUrl = `http://127.0.0.1:${address.port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  book.close();
  rmSync(dir, { recursive: true });
});

const people = [{ email: 'a@example.cn', mobile: '15400000001', wecom: 'zhaojia' }];
const crowd = Array.from({ length: 20 }, (_, n) => ({ mobile: `138000000${String(n).padStart(2, '0')}` }));
const everybody = { acknowledge: 1, openOnly: 0, acknowledgeAfterReminder: 1 };
const card: NewMessage = {
  provider: 'wecom',
  kind: 'wecom',
  reference: '1',
  to: 'ZhaoJia',
  providerId: '1',
  shown: true,
  title: '快报',
  text: '请查收',
  link: 'https://kb.example.cn/r/T1',
};
const sms: NewMessage = {
  ...card,
  provider: 'aliyun',
  kind: 'sms',
  to: '15400000001',
  link: undefined,
  code: '482913',
};

/** Runs until `count` acts are known. */
async function actsOf(
  count: number,
  behaviour = everybody,
  whenStarted = () => {},
  more: Partial<SimulationOptions> = {},
): Promise<RecipientAct[]> {
  const acts: RecipientAct[] = [];
  const ending = new AbortController();
  const running = simulateRecipients({
    book,
    baseUrl,
    seed: 7,
    people,
    behaviour,
    delayMs: [0, 0],
    readingMs: [0, 0],
    answeringMs: [0, 0],
    signal: ending.signal,
    ...more,
    onAct: (act) => {
      acts.push(act);
      if (acts.length === count) ending.abort();
    },
  });
  whenStarted();
  await running;
  return acts;
}

const lines = () => asked.map(({ line }) => line);

describe('simulateRecipients', () => {
  it('follows the link of a card, opens and acknowledges as a browser would', async () => {
    const acts = await actsOf(1, everybody, () => book.add(card));
    expect(acts).toEqual([{ email: 'a@example.cn', via: 'wecom', reminder: false, act: 'acknowledge' }]);
    expect(lines()).toEqual(['GET /r/T1', 'POST /r/T1/opened?page=m1', 'POST /r/T1/acknowledge', 'GET /r/T1']);
    expect(asked[2]?.headers).toMatchObject({
      origin: baseUrl,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
      cookie: 'reader=abc',
    });
    expect(asked[2]?.body).toBe('nonce=n1');
  });

  it('types the code of an SMS and lands on the reading page', async () => {
    book.add(sms);
    await actsOf(1);
    expect(lines().slice(0, 4)).toEqual(['GET /s', 'POST /s', 'GET /r/T1', 'POST /r/T1/opened?page=m1']);
    expect(asked[1]?.body).toBe('nonce=n1&code=482913');
  });

  it('acts once on what came over several channels, and not again on a reminder', async () => {
    book.add(card);
    book.add(sms);
    book.add({ ...card, title: '【催阅】快报' });
    const acts = await actsOf(2);
    expect(acts.map(({ act, reminder }) => [act, reminder])).toEqual(
      expect.arrayContaining([
        ['acknowledge', false],
        ['ignore', true],
      ]),
    );
    expect(lines().filter((line) => line.endsWith('/acknowledge'))).toHaveLength(1);
  });

  it('answers the message itself, as a share of people do, and opens the page where that is not taken', async () => {
    const taken: string[] = [];
    const shortcut = ({ to, kind }: BookMessage) =>
      kind === 'sms' ? () => Promise.resolve(to !== '13800000002' && taken.push(to) > 0) : null;
    for (const { mobile } of crowd) book.add({ ...sms, to: mobile });
    const acts = await actsOf(crowd.length, everybody, () => undefined, { people: crowd, shortcut });
    expect(acts.every(({ act }) => act === 'acknowledge')).toBe(true);
    expect(taken.length).toBeGreaterThan(0);
    expect(taken.length).toBeLessThan(crowd.length);
    expect(lines().filter((line) => line === 'POST /r/T1/acknowledge')).toHaveLength(crowd.length - taken.length);
  });

  it('presses once more when asked', async () => {
    questions = 1;
    const [act] = await actsOf(1, everybody, () => book.add(card));
    expect(act).toMatchObject({ act: 'acknowledge' });
    const question = ['POST /r/T1/acknowledge', 'GET /r/T1/acknowledge'];
    expect(lines().slice(2)).toEqual([...question, 'POST /r/T1/acknowledge', 'GET /r/T1']);
  });

  it('only opens when it chooses to', async () => {
    book.add(card);
    await actsOf(1, { acknowledge: 0, openOnly: 1, acknowledgeAfterReminder: 0 });
    expect(lines()).toEqual(['GET /r/T1', 'POST /r/T1/opened?page=m1']);
  });

  it('says what did not work', async () => {
    server.removeAllListeners('request');
    server.on('request', (_request, response) => response.writeHead(410).end());
    book.add(card);
    expect(await actsOf(1)).toMatchObject([{ act: 'failed', problem: 'reading page: HTTP 410' }]);
  });
});

describe('chooseAct', () => {
  const share = (act: string, isReminder: boolean) =>
    Array.from({ length: 4000 }, (_, n) => chooseAct(usualBehaviour, 'seed', `r${n}@x`, 1, isReminder)).filter(
      (a) => a === act,
    ).length / 4000;

  it('spreads as people do', () => {
    expect(share('acknowledge', false)).toBeCloseTo(0.7, 1);
    expect(share('open', false)).toBeCloseTo(0.12, 1);
    expect(share('acknowledge', true)).toBeCloseTo(0.5, 1);
  });

  it('is the same for the same seed', () => {
    const acts = (seed: string) =>
      Array.from({ length: 50 }, (_, n) => chooseAct(usualBehaviour, seed, `r${n}@x`, 1, false)).join();
    expect(acts('1')).toBe(acts('1'));
    expect(acts('1')).not.toBe(acts('2'));
  });
});
