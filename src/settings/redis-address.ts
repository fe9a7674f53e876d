/** What REDIS_URL can say. Passwords stay inside; nothing here is ever printed. */
export type RedisAddress =
  | { kind: 'single'; url: string }
  | { kind: 'sentinel'; sentinels: Node[]; master: string; login: Login; db: number }
  | { kind: 'cluster'; nodes: Node[]; login: Login; tls: boolean };

export interface Node {
  host: string;
  port: number;
}

export interface Login {
  username?: string;
  password?: string;
}

const sentinelPort = 26_379;
const redisPort = 6379;

/**
 * - `redis://host:6379/0` and `rediss://…`: one server;
 * - `redis+sentinel://user:password@one:26379,two:26379/mymaster/0`: whichever server the sentinels name;
 * - `redis://one:6379,two:6379,three:6379` (or `rediss://`): a cluster, of which some nodes are named.
 *
 * Null for anything else.
 */
export function readRedisAddress(text: string): RedisAddress | null {
  const match = /^(redis|rediss|redis\+sentinel):\/\/(?:([^@/]*)@)?([^/]+)(?:\/(.*))?$/.exec(text.trim());
  if (!match) return null;
  const [, scheme, credentials, hosts = '', path = ''] = match;
  const sentinel = scheme === 'redis+sentinel';
  const nodes = hosts.split(',').map((host) => nodeOf(host, sentinel ? sentinelPort : redisPort));
  if (!nodes.every((node) => node !== null)) return null;
  const login = loginOf(credentials);
  if (sentinel) {
    const [, master, db] = /^([\w.-]+)(?:\/(\d{1,3}))?$/.exec(path) ?? [];
    return master ? { kind: 'sentinel', sentinels: nodes, master, login, db: Number(db ?? 0) } : null;
  }
  if (nodes.length === 1) return { kind: 'single', url: text.trim() };
  // A cluster has no numbered databases.
  return path === '' || path === '0' ? { kind: 'cluster', nodes, login, tls: scheme === 'rediss' } : null;
}

function nodeOf(text: string, port: number): Node | null {
  const match = /^(\[[0-9a-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?$/i.exec(text.trim());
  return match ? { host: match[1]!.replace(/^\[|\]$/g, ''), port: Number(match[2] ?? port) } : null;
}

function loginOf(credentials: string | undefined): Login {
  if (!credentials) return {};
  const at = credentials.indexOf(':');
  if (at < 0) return { username: decodeURIComponent(credentials) };
  const username = decodeURIComponent(credentials.slice(0, at));
  return { username: username || undefined, password: decodeURIComponent(credentials.slice(at + 1)) };
}
