import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccountService } from '../src/accounts/account.service.js';
import { SessionService } from '../src/accounts/session.service.js';
import { AppModule } from '../src/programs/app.module.js';
import type { Channel } from '../src/channels/channel.js';
import { ChannelRegistry } from '../src/channels/channel-registry.js';
import { Database } from '../src/platform/database.js';
import { createHttpApp } from '../src/platform/http/http-app.js';
import { pages } from '../src/programs/web.js';
import type { World } from './world.js';
import { type Role, rolesText } from '../src/domain/roles.js';

export const everyRole = Object.keys(rolesText) as Role[];

export interface Answer {
  status: number;
  text: string;
  /** Path and query it leads to. */
  location: string | undefined;
}

/** What one person's browser does, without a script. */
export interface Visitor {
  id: string;
  /** Of the session cookie. */
  cookies: Map<string, string>;
  get(address: string): Promise<Answer>;
  /** @param from the page that holds the form */
  post(address: string, form: Record<string, string> | URLSearchParams, from?: string): Promise<Answer>;
  /** A form with a file field, which is left empty unless there is a file. */
  postParts(
    address: string,
    fields: Record<string, string | readonly string[]>,
    from?: string,
    file?: { name: string; text: string },
  ): Promise<Answer>;
  /** Goes where the answer leads. */
  follow(answer: Answer): Promise<Answer>;
}

export interface Console {
  app: NestFastifyApplication;
  /** Signed in with an account that has these roles. */
  as(...roles: Role[]): Promise<Visitor>;
  /** Not signed in. */
  anybody(): Visitor;
  /** A new session for the account, in the browser that the visitor has. */
  signIn(visitor: Visitor, accountId?: string): Promise<void>;
  close(): Promise<void>;
}

const boundary = 'kuaibao-test';

/** The pages of a world, asked as a browser asks them. */
export async function openConsole(world: World, channels: readonly Channel[] = []): Promise<Console> {
  const database = new Database(world.url, 5);
  const { settings, vault, clock, queue } = world;
  const module = AppModule.with(
    { settings, database, queue, vault, clock, channels: new ChannelRegistry(channels) },
    pages,
  );
  const app = await createHttpApp(module, settings, { requestsPerMinute: 1_000_000 });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const base = (await app.getUrl()).replace(/\/$/, '');

  const visitor = (id: string): Visitor => {
    const cookies = new Map<string, string>();
    const ask = async (method: 'GET' | 'POST', address: string, headers: Record<string, string>, body?: string) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const known = { accept: 'text/html', ...(cookie === '' ? {} : { cookie }) };
      const reply = await fetch(base + address, {
        method,
        redirect: 'manual',
        headers: { ...known, ...headers },
        ...(body === undefined ? {} : { body }),
      });
      for (const line of reply.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
        if (value === '') cookies.delete(name!);
        else cookies.set(name!, value!);
      }
      return { status: reply.status, text: await reply.text(), location: reply.headers.get('location') ?? undefined };
    };
    const referer = (from: string | undefined): Record<string, string> =>
      from === undefined ? {} : { referer: base + from };
    const self: Visitor = {
      id,
      cookies,
      get: (address) => ask('GET', address, {}),
      post: (address, form, from) =>
        ask(
          'POST',
          address,
          { 'content-type': 'application/x-www-form-urlencoded', ...referer(from) },
          new URLSearchParams(form).toString(),
        ),
      postParts: (address, fields, from, file = { name: '', text: '' }) => {
        const part = (head: string, value: string) =>
          `--${boundary}\r\ncontent-disposition: form-data; ${head}\r\n\r\n${value}\r\n`;
        const parts = Object.entries(fields).flatMap(([name, values]) =>
          [values].flat().map((value) => part(`name="${name}"`, value)),
        );
        const body = `${parts.join('')}${part(`name="file"; filename="${file.name}"`, file.text)}--${boundary}--\r\n`;
        return ask(
          'POST',
          address,
          { 'content-type': `multipart/form-data; boundary=${boundary}`, ...referer(from) },
          body,
        );
      },
      follow: ({ location }) => self.get(location!),
    };
    return self;
  };

  const signIn = async (who: Visitor, accountId = who.id) => {
    who.cookies.set('kb_owner', vault.seal(accountId));
    who.cookies.set('kb_session', await app.get(SessionService).start(accountId));
  };
  return {
    app,
    anybody: () => visitor(''),
    signIn,
    as: async (...roles) => {
      const login = `${roles.join('-').toLowerCase()}-${(accounts += 1)}`;
      const name = `${roles.map((role) => rolesText[role]).join('、')}甲`;
      const account = await app.get(AccountService).create({ login, name, roles }, 'test');
      const who = visitor(account.id);
      await signIn(who);
      return who;
    },
    close: async () => {
      await app.close();
    },
  };
}

let accounts = 0;
