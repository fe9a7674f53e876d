import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../../settings/start-error.js';
import type { DkimKey } from './dkim.js';

/** The TXT record that lets others check what a key signed. */
export interface DkimRecord {
  selector: string;
  /** Full name, e.g. `kb1._domainkey.example.gov.cn`. */
  name: string;
  value: string;
}

const folderOf = (dataDir: string): string => join(dataDir, 'dkim');
const fileOf = (dataDir: string, domain: string, selector: string): string =>
  join(folderOf(dataDir), `${selector}._domainkey.${domain}.pem`);

/** A name in DNS: one label (RFC 1035, 2.3.1), in small letters. */
export const isSelector = (text: string): boolean => /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/.test(text);

/**
 * Makes an RSA key, which everybody can check, and an Ed25519 key, which signs several times as fast; both together are what
 * RFC 8463 advises.
 *
 * @returns null where a key of that name exists: it may be in use, and is never written over
 */
export function makeDkimKeys(dataDir: string, domain: string, name: string): DkimRecord[] | null {
  const selectors = [`${name}r`, `${name}e`];
  if (selectors.some((selector) => existsSync(fileOf(dataDir, domain, selector)))) return null;
  const owner = makeFolder(dataDir);
  const keys = [
    generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
    generateKeyPairSync('ed25519').privateKey,
  ];
  return keys.map((key, place) => {
    const selector = selectors[place]!;
    const file = fileOf(dataDir, domain, selector);
    writeFileSync(file, key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
    giveTo(owner, file);
    return recordOf({ domain, selector, key });
  });
}

/** All that were made for a domain, those no longer used too. */
export function dkimRecords(dataDir: string, domain: string): DkimRecord[] {
  const folder = folderOf(dataDir);
  const end = `._domainkey.${domain}.pem`;
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(end)) : [];
  return files.sort().map((file) => {
    const selector = file.slice(0, -end.length);
    return recordOf({ domain, selector, key: readKey(join(folder, file)) });
  });
}

/** @throws StartError where a selector has no key that can be read */
export function loadDkimKeys(dataDir: string, domain: string, selectors: readonly string[]): DkimKey[] {
  return selectors.map((selector) => ({ domain, selector, key: readKey(fileOf(dataDir, domain, selector)) }));
}

function recordOf({ domain, selector, key }: DkimKey): DkimRecord {
  const open = createPublicKey(key);
  const isRsa = key.asymmetricKeyType === 'rsa';
  // RFC 8463, 3.1: the bare 32 bytes, where RSA has the structure of RFC 3279.
  const spki = open.export({ type: 'spki', format: 'der' });
  const bytes = isRsa ? spki : spki.subarray(-32);
  const value = `v=DKIM1; k=${isRsa ? 'rsa' : 'ed25519'}; p=${bytes.toString('base64')}`;
  return { selector, name: `${selector}._domainkey.${domain}`, value };
}

function readKey(file: string): KeyObject {
  const advice = '请用启动服务的用户执行 npm run -s cli -- dkim new，或者改正 DKIM_SELECTORS。';
  let key: KeyObject;
  try {
    key = createPrivateKey(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === 'ENOENT' ? '找不到' : code === 'EACCES' ? '无权读取' : '无法识别';
    throw new StartError(`${what}DKIM密钥 ${file}。`, advice);
  }
  if (key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'ed25519') return key;
  throw new StartError(`DKIM密钥 ${file} 既不是RSA也不是Ed25519。`, advice);
}

interface Owner {
  uid: number;
  gid: number;
}

/** Whoever runs the command as root must not leave keys that the service cannot read. */
function makeFolder(dataDir: string): Owner {
  const folder = folderOf(dataDir);
  mkdirSync(dataDir, { recursive: true });
  const { uid, gid } = statSync(dataDir);
  if (!existsSync(folder)) {
    mkdirSync(folder, { mode: 0o700 });
    giveTo({ uid, gid }, folder);
  }
  return { uid, gid };
}

function giveTo({ uid, gid }: Owner, path: string): void {
  if (process.getuid?.() === 0) chownSync(path, uid, gid);
}
