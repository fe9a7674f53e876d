import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { AccountService } from '../../src/accounts/account.service.js';
import { ApiKeyService } from '../../src/accounts/api-key.service.js';
import { SessionService } from '../../src/accounts/session.service.js';
import { apiScopeNames, type Role, roles } from '../../src/domain/roles.js';
import { reviewedAccess } from '../route-table.js';
import { openWorld, people, type World } from '../world.js';

/** Refusals of the guard; whatever else is answered comes from behind it. */
const refusals = ['account.signInNeeded', 'account.needsRole', 'api.keyNeeded', 'api.needsScope', 'http.forbidden'];
const letters: Readonly<Record<Role, string>> = {
  editor: 'E',
  reviewer: 'R',
  approver: 'A',
  systemAdmin: 'S',
  securityAdmin: 'C',
  auditor: 'U',
};

describe('the routes of the running application', () => {
  let world: World;
  let base: string;
  const routes: { method: string; url: string }[] = [];
  beforeAll(async () => {
    world = await openWorld({ environment: { TRUST_PROXY: '127.0.0.1' } });
    const app = await world.web({ requestsPerMinute: 1e9 }, (opened) => {
      const fastify = opened.getHttpAdapter().getInstance();
      fastify.addHook('onRoute', ({ method, url }) => {
        for (const one of [method].flat()) if (one !== 'HEAD') routes.push({ method: one, url });
      });
    });
    base = (await app.getUrl()).replace(/\/$/, '');
  });
  afterAll(() => world.close());

  const matrix = async (): Promise<string[]> => {
    const accounts = await Promise.all(
      roles.map(async (role) => {
        const login = role.toLowerCase();
        const { id } = await world.get(AccountService).create({ login, name: login, roles: [role] }, 'test');
        return [letters[role], () => session(id)] as const;
      }),
    );
    const keys = await Promise.all(
      apiScopeNames.map(async (scope) => {
        const key = await world.get(ApiKeyService).create({ name: scope, scopes: [scope], days: 30 }, people.editor);
        return [`key:${scope}`, () => Promise.resolve({ authorization: `Bearer ${key}` })] as const;
      }),
    );
    const anybody = ['anybody', () => Promise.resolve({})] as const;
    const visitors = [anybody, ...accounts, ...keys];
    const rows: string[] = [];
    const place = ({ method, url }: (typeof routes)[number]): string => `${url} ${method}`;
    for (const route of [...routes].sort((a, b) => (place(a) < place(b) ? -1 : 1))) {
      const asked = await Promise.all(
        visitors.map(async ([who, headers], from) => ((await isAdmitted(route, await headers(), from)) ? [who] : [])),
      );
      const admitted = asked.flat();
      rows.push(`${route.method} ${route.url} ${inShort(admitted, visitors.length)}`);
    }
    return rows;
  };

  /** A new one each time: what was asked for may have ended the last. */
  const session = async (account: string): Promise<Record<string, string>> => {
    world.clock.pass(1); // only the newest few are kept
    return { cookie: `kb_session=${await world.get(SessionService).start(account)}` };
  };

  const isAdmitted = async (
    { method, url }: (typeof routes)[number],
    headers: Record<string, string>,
    from: number,
  ): Promise<boolean> => {
    const answer = await fetch(base + url.replace(/:\w+/g, () => randomUUID()), {
      method,
      redirect: 'manual',
      // Each from an address of its own: what is limited for one is not for the next.
      headers: { accept: 'application/json', 'x-forwarded-for': `192.0.2.${from + 1}`, ...headers },
    });
    const text = await answer.text();
    const code = text.startsWith('{') ? (JSON.parse(text) as { code?: string }).code : undefined;
    return code === undefined || !refusals.includes(code);
  };

  const inShort = (admitted: readonly string[], all: number): string => {
    if (admitted.length === all) return 'everybody';
    const [held, keys] = [[...'ERASCU'], admitted.filter((who) => who.length > 1)];
    const columns = held.map((letter) => (admitted.includes(letter) ? letter : '-')).join('');
    return [...(columns === '------' ? [] : [columns]), ...keys].join(' ') || 'nobody';
  };

  it('let in those whom the reviewed table names, and nobody else', async () => {
    expect(await matrix()).toEqual(reviewedAccess);
  });

  it('say of an address without an id that what it names is not there, and speak of nothing else', async () => {
    const office: Role[] = ['editor', 'reviewer', 'approver', 'systemAdmin', 'securityAdmin'];
    const { id } = await world.get(AccountService).create({ login: 'office', name: '办公室', roles: office }, 'test');
    const headers = await session(id);
    const said = new Set<string>();
    for (const { method, url } of routes.filter((route) =>
      /^\/(?!api\/|r\/|p\/|u\/|s\/)[\w-]+\/:id\b/.test(route.url),
    )) {
      const answer = await fetch(base + url.replace(/:\w+/g, 'x'), {
        method,
        headers: { accept: 'application/json', ...headers },
      });
      const { code } = JSON.parse(await answer.text()) as { code: string };
      if (answer.status === 404) said.add(`${url.split('/')[1]} ${code}`);
    }
    expect([...said].sort()).toEqual([
      'copies http.notFound',
      'deliveries http.notFound',
      'groups list.groupNotFound',
      'issues issue.notFound',
      'liaisons list.liaisonNotFound',
      'paper-scans http.notFound',
      'paper-sheets http.notFound',
      'people list.personNotFound',
      'posts list.postNotFound',
      'replies reply.notFound',
      'shown http.notFound',
      'subscriptions http.notFound',
      'tenures list.tenureNotFound',
      'units list.unitNotFound',
    ]);
  });

  it('are those that the command prints', () => {
    const root = join(import.meta.dirname, '..', '..');
    const printed = execFileSync(process.execPath, ['src/programs/bootstrap.mjs', 'routes'], {
      cwd: root,
      encoding: 'utf8',
    });
    const lines = printed.trimEnd().split('\n');
    for (const line of lines) expect(line).toMatch(/^(GET|POST|PUT|DELETE) \/\S* \S+ [A-Z]\w+\.\w+$/);
    const known = routes.map(({ method, url }) => `${method} ${url}`);
    expect(lines.map((line) => line.split(' ').slice(0, 2).join(' ')).sort()).toEqual(known.sort());
  });
});
