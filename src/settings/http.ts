import { z } from 'zod';
import { proxyList } from './trusted-proxies.js';
import { port, type SettingsTable, type Values } from './types.js';

/** Where the console listens, and how it is reached. */
export const httpKeys = {
  HOST: [z.string().default('127.0.0.1'), 'address the console listens on'],
  PORT: [port.default(3000), 'port the console listens on'],
  PUBLIC_URL: [
    z.url().optional(),
    'address recipients reach it at, used in every link, e.g. https://kb.example.gov.cn',
  ],
  TRUST_PROXY: [
    proxyList.prefault('false'),
    'addresses or networks of the reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, comma separated, e.g. 127.0.0.1 or 10.8.0.0/24',
  ],
} as const satisfies SettingsTable;

export interface HttpSettings {
  host: string;
  port: number;
  /** Without a slash at the end. */
  publicUrl: string;
  /** Addresses and networks of the reverse proxies that are believed; see trustedProxies. */
  proxies: readonly string[];
  secureCookies: boolean;
}

export function httpSettings(v: Values<typeof httpKeys>): HttpSettings {
  const publicUrl = (v.PUBLIC_URL ?? `http://${v.HOST}:${v.PORT}`).replace(/\/+$/, '');
  return {
    host: v.HOST,
    port: v.PORT,
    publicUrl,
    proxies: v.TRUST_PROXY,
    secureCookies: publicUrl.startsWith('https:'),
  };
}
