import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../src/programs/app.module.js';
import { ChannelRegistry } from '../src/channels/channel-registry.js';
import { createHttpApp } from '../src/platform/http/http-app.js';
import { QueueConnection } from '../src/platform/jobs/queue-connection.js';
import { Database } from '../src/platform/database.js';
import { pages } from '../src/programs/web.js';
import type { World } from './world.js';

export interface Answer {
  status: number;
  location: string;
  html: string;
  headers: Headers;
  setCookies: readonly string[];
}

type Ask = (path: string, how?: { headers?: Record<string, string> }) => Promise<Answer>;

/** The pages of a world, at its clock. */
export interface Pages {
  get: Ask;
  head: Ask;
  /** As a browser sends a form; a text goes as it is. */
  post(path: string, body?: Record<string, string> | string, how?: Parameters<Ask>[1]): Promise<Answer>;
  base: string;
  close(): Promise<void>;
}

export async function openPages(world: World): Promise<Pages> {
  const database = new Database(world.url, 5);
  const { settings, vault, clock } = world;
  const queue = world.app.get<QueueConnection>(QueueConnection);
  const channels = world.get(ChannelRegistry);
  const module = AppModule.with({ settings, database, queue, vault, clock, channels }, pages);
  const app: NestFastifyApplication = await createHttpApp(module, settings);
  await app.listen(0, '127.0.0.1');
  const base = await app.getUrl();
  const ask = async (
    method: 'GET' | 'HEAD' | 'POST',
    path: string,
    body?: string,
    how: Parameters<Ask>[1] = {},
  ): Promise<Answer> => {
    const headers = new Headers({ accept: 'text/html' });
    if (method === 'POST') headers.set('content-type', 'application/x-www-form-urlencoded');
    for (const [name, value] of Object.entries(how.headers ?? {})) headers.set(name, value);
    const answered = await fetch(new URL(path, base), { method, body, headers, redirect: 'manual' });
    const setCookies = answered.headers.getSetCookie();
    const location = answered.headers.get('location') ?? '';
    // The page that answers a form is shown by a GET, to whom it was kept for.
    if (location.startsWith('/shown/')) {
      const cookie = [headers.get('cookie'), ...setCookies.map((one) => one.split(';')[0])].filter(Boolean).join('; ');
      return ask('GET', location, undefined, { headers: { cookie } });
    }
    return {
      status: answered.status,
      location,
      html: await answered.text(),
      headers: answered.headers,
      setCookies,
    };
  };
  return {
    base,
    get: (path, how) => ask('GET', path, undefined, how),
    head: (path, how) => ask('HEAD', path, undefined, how),
    post: (path, body = '', how) =>
      ask('POST', path, typeof body === 'string' ? body : new URLSearchParams(body).toString(), how),
    close: () => app.close(),
  };
}
