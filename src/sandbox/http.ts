import { createServer, type IncomingMessage, type Server } from 'node:http';

export interface SandboxRequest {
  method: string;
  url: URL;
  /** Names in lower case; of a repeated header the first. */
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface SandboxReply {
  status: number;
  type: string;
  body: string;
  /** In place of the text. */
  bytes?: Uint8Array;
  headers?: Readonly<Record<string, string>>;
}

/** `cut` closes the connection without an answer, `silent` keeps it open until the client gives up. */
export type SandboxAnswer = SandboxReply | 'cut' | 'silent';
export type SandboxRoute = (request: SandboxRequest) => Promise<SandboxAnswer> | SandboxAnswer;

const maxBodyBytes = 1_000_000;

/** One listener for all stand-ins; the longest prefix of the path that is in `routes` answers. */
export async function listen(
  host: string,
  port: number,
  routes: Readonly<Record<string, SandboxRoute>>,
): Promise<{ port: number; stop(): Promise<void> }> {
  const prefixes = Object.keys(routes).sort((a, b) => b.length - a.length);
  const server = createServer((incoming, outgoing) => {
    answer(incoming)
      .catch((): SandboxAnswer => json({ error: 'sandbox failed' }, 500))
      .then((reply) => {
        if (reply === 'silent') return;
        if (reply === 'cut') return void incoming.socket.destroy();
        outgoing.writeHead(reply.status, { 'content-type': reply.type, 'cache-control': 'no-store', ...reply.headers });
        outgoing.end(reply.bytes ?? reply.body);
      })
      // Only a client that has left brings us here.
      .catch(() => incoming.socket.destroy());
  });

  async function answer(incoming: IncomingMessage): Promise<SandboxAnswer> {
    const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? host}`);
    const prefix = prefixes.find((candidate) => url.pathname.startsWith(candidate));
    const route = prefix === undefined ? undefined : routes[prefix];
    const body = await readBody(incoming);
    if (!route || body === null) return json({ error: 'not found' }, 404);
    return route({ method: incoming.method ?? 'GET', url, headers: firstOfEach(incoming), body });
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  return { port: portOf(server), stop: () => stop(server) };
}

export function json(body: unknown, status = 200): SandboxReply {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(body) };
}

function firstOfEach(incoming: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers))
    headers[name] = (Array.isArray(value) ? value[0] : value) ?? '';
  return headers;
}

async function readBody(incoming: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('sandbox listener has no port');
  return address.port;
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
