import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
import { words } from './types.js';

/** Whether an address belongs to a reverse proxy of the office's own. */
export type TrustedProxies = (address: string) => boolean;

/** Shorter ones cover what no office owns: 10.0.0.0/8 is the largest private network (RFC 1918), fc00::/7 for IPv6 (RFC 4193). */
const shortestPrefix = { 4: 8, 6: 7 } as const;

const howTo =
  '请写反向代理自己的地址或网段，逗号分隔，例如 127.0.0.1（代理在本机）或 10.1.2.3,10.8.0.0/24；没有代理时写 false';

/** `false`, or the addresses and networks of the proxies whose X-Forwarded-For and X-Forwarded-Proto are believed. */
export const proxyList = z.string().transform((text, context): readonly string[] => {
  const wrong = (message: string): never => {
    context.addIssue({ code: 'custom', message: `${message}${howTo}` });
    return z.NEVER;
  };
  const list = words(text.toLowerCase());
  if (list.join() === 'false') return [];
  if (list.includes('true')) return wrong('不能写 true，那样任何人都能冒充别处的地址。');
  const odd = list.find((word) => !isNetwork(word));
  if (odd !== undefined) return wrong(`“${odd}”不是可信任的代理地址或网段。`);
  return list;
});

function isNetwork(word: string): boolean {
  const [address = '', prefix, ...rest] = word.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0 || address.includes('%')) return false;
  // ::ffff:0:0/96 would be all of IPv4; what is one address may be written as one.
  if (address.startsWith('::') && (prefix ?? '128') !== '128') return false;
  if (prefix === undefined) return !/^(?:0\.0\.0\.0|[0:]+)$/.test(address);
  if (!/^\d{1,3}$/.test(prefix)) return false;
  return Number(prefix) >= shortestPrefix[family as 4 | 6] && Number(prefix) <= (family === 4 ? 32 : 128);
}

/** @param list as `proxyList` reads it */
export function trustedProxies(list: readonly string[]): TrustedProxies {
  const known = new BlockList();
  for (const word of list) {
    const [address = '', prefix] = word.split('/');
    const type = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    if (prefix === undefined) known.addAddress(address, type);
    else known.addSubnet(address, Number(prefix), type);
  }
  return (given) => {
    const address = given.replace(/%.*$/, ''); // the interface of a link-local address
    const family = isIP(address);
    return family !== 0 && known.check(address, family === 4 ? 'ipv4' : 'ipv6');
  };
}
