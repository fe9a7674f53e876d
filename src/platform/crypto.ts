import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../settings/start-error.js';

export const sha256Hex = (input: string | Uint8Array): string => createHash('sha256').update(input).digest('hex');

/** Of a text that is too long to be in memory at once. */
export function sha256HexOf(pieces: Iterable<string>): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

/** Without it Node takes tags of 4 bytes too, which are found by trying. */
const wholeTag = { authTagLength: 16 } as const;

/** Random, for links and sessions; 24 bytes are 192 bits. */
export const randomToken = (bytes = 24): string => randomBytes(bytes).toString('base64url');

/** Compares without telling by its time how much was right. */
export function sameText(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(sha256Hex(a)), Buffer.from(sha256Hex(b))];
  return timingSafeEqual(x, y);
}

/**
 * Seals addresses (AES-256-GCM), makes keyed look-up hashes and derives link tokens, each with its own key out of one
 * master key. A sealed text is `keyId.iv.cipher.tag` in base64url, so that a later key can be told from this one.
 */
export class Vault {
  readonly keyId: string;
  private readonly keys = new Map<string, Buffer>();

  /** @param master 32 bytes */
  constructor(private readonly master: Buffer) {
    if (master.length !== 32)
      throw new StartError('MASTER_KEY 必须是 32 字节的 base64。', '可用 openssl rand -base64 32 生成。');
    this.keyId = createHash('sha256').update('kuaibao key id').update(master).digest('hex').slice(0, 8);
  }

  seal(plain: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key('seal'), iv);
    const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return [
      this.keyId,
      iv.toString('base64url'),
      text.toString('base64url'),
      cipher.getAuthTag().toString('base64url'),
    ].join('.');
  }

  /** @throws Error when the text was sealed with another key or changed since */
  open(sealed: string): string {
    const [keyId, iv, text, tag] = sealed.split('.');
    if (keyId !== this.keyId || !iv || text === undefined || !tag)
      throw new Error(`sealed with key ${keyId}, this one is ${this.keyId}`);
    const decipher = createDecipheriv('aes-256-gcm', this.key('seal'), Buffer.from(iv, 'base64url'), wholeTag);
    decipher.setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString('utf8');
  }

  /** Like `seal`, for whole files: key id, iv and tag in front of the cipher. */
  sealBytes(plain: Uint8Array): Uint8Array<ArrayBuffer> {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key('seal'), iv);
    const text = [cipher.update(plain), cipher.final()];
    return Uint8Array.from(Buffer.concat([Buffer.from(this.keyId, 'latin1'), iv, cipher.getAuthTag(), ...text]));
  }

  /** @throws Error when the bytes were sealed with another key or changed since */
  openBytes(sealed: Uint8Array): Buffer {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    const keyId = bytes.toString('latin1', 0, 8);
    if (keyId !== this.keyId) throw new Error(`sealed with key ${keyId}, this one is ${this.keyId}`);
    const decipher = createDecipheriv('aes-256-gcm', this.key('seal'), bytes.subarray(8, 20), wholeTag);
    decipher.setAuthTag(bytes.subarray(20, 36));
    return Buffer.concat([decipher.update(bytes.subarray(36)), decipher.final()]);
  }

  /** Keyed, so that numbers cannot be found by trying them all against a stolen table. */
  lookupHash(kind: string, value: string): string {
    return createHmac('sha256', this.key('lookup')).update(`${kind}\n${value.trim().toLowerCase()}`).digest('hex');
  }

  /** 128 bits that only this key can make from these parts: the same message can be composed again after a crash. */
  deriveToken(purpose: string, ...parts: readonly string[]): string {
    return createHmac('sha256', this.key(purpose))
      .update(parts.join('\n'))
      .digest()
      .subarray(0, 16)
      .toString('base64url');
  }

  /** `digits` decimal digits, derived as above. */
  deriveDigits(purpose: string, digits: number, ...parts: readonly string[]): string {
    const number = createHmac('sha256', this.key(purpose)).update(parts.join('\n')).digest().readBigUInt64BE();
    return String(number % 10n ** BigInt(digits)).padStart(digits, '0');
  }

  private key(purpose: string): Buffer {
    let key = this.keys.get(purpose);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', this.master, Buffer.alloc(0), `kuaibao ${purpose}`, 32));
      this.keys.set(purpose, key);
    }
    return key;
  }
}

/** The master key from the setting, else from DATA_DIR/master.key, which is made at first start. */
export function openVault(masterKey: string | null, dataDir: string): Vault {
  if (masterKey) return new Vault(Buffer.from(masterKey, 'base64'));
  const file = join(dataDir, 'master.key');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
  }
  return new Vault(Buffer.from(readFileSync(file, 'utf8').trim(), 'base64'));
}
