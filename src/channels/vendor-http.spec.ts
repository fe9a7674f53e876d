import { createServer, type RequestListener, type Server } from 'node:http';
import { callVendor } from './vendor-http.js';

/** Enough for an answer on the busiest of machines. */
const timeoutMs = 30_000;

let server: Server;
let url: string;

async function answerWith(listener: RequestListener) {
  server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url = `http://127.0.0.1:${address.port}/secret-token`;
}

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('callVendor', () => {
  it('gives status and parsed body', async () => {
    await answerWith((_request, response) => response.writeHead(400).end('{"Code":"X"}'));
    expect(await callVendor({ method: 'GET', url, timeoutMs })).toEqual({
      kind: 'answer',
      status: 400,
      body: { Code: 'X' },
    });
  });

  it('keeps numbers that are too long for ours as texts, and leaves texts and other numbers alone', async () => {
    const said =
      '{"a":3487542469355618313,"b":"id 3487542469355618313 \\"x","c":[-9007199254740993,12],"d":1.5,"e":1e21}';
    await answerWith((_request, response) => response.end(said));
    expect(await callVendor({ method: 'GET', url, timeoutMs })).toMatchObject({
      body: {
        a: '3487542469355618313',
        b: 'id 3487542469355618313 "x',
        c: ['-9007199254740993', 12],
        ...{ d: 1.5, e: 1e21 },
      },
    });
  });

  it('gives no body for an answer that is not JSON, and follows no redirect', async () => {
    await answerWith((_request, response) =>
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end('<html>'),
    );
    expect(await callVendor({ method: 'POST', url, timeoutMs })).toEqual({
      kind: 'answer',
      status: 302,
      body: undefined,
    });
  });

  it('does not know after a link cut or a silence, and names no address', async () => {
    await answerWith((request) => void request.socket.destroy());
    const cut = await callVendor({ method: 'POST', url, timeoutMs });
    expect(cut).toMatchObject({ kind: 'unknown' });
    expect(JSON.stringify(cut)).not.toContain('secret-token');
    server.removeAllListeners('request');
    expect(await callVendor({ method: 'POST', url, timeoutMs: 50 })).toMatchObject({
      kind: 'unknown',
      code: 'TIMEOUT',
    });
  });

  it('does not know after an answer that breaks off', async () => {
    await answerWith((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"Code"');
      setImmediate(() => response.destroy());
    });
    expect(await callVendor({ method: 'POST', url, timeoutMs })).toMatchObject({ kind: 'unknown' });
  });

  it('reads no endless answer', async () => {
    await answerWith((_request, response) => response.end(' '.repeat(1_000_001)));
    expect(await callVendor({ method: 'POST', url, timeoutMs })).toMatchObject({
      kind: 'unknown',
      code: 'ANSWER_TOO_LARGE',
    });
  });
});
