import { Injectable } from '@nestjs/common';
import { DomainError } from '../domain/errors/errors.js';
import type { ApiScope } from '../domain/roles.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { randomToken, sha256Hex } from '../platform/crypto.js';
import { Database } from '../platform/database.js';
import type { Actor } from './actor.js';
import { type ApiKey, ApiKeyRepository } from './api-key.repository.js';

/** Says at a glance, and to a scanner of leaked secrets, what it is. */
const KEY_START = 'kb_';
export const longestKeyDays = 366;

export type KeyState = 'valid' | 'expired' | 'revoked';

export function keyState({ expiresAt, revokedAt }: Pick<ApiKey, 'expiresAt' | 'revokedAt'>, now: Date): KeyState {
  if (revokedAt) return 'revoked';
  return expiresAt <= now ? 'expired' : 'valid';
}

/** Keys with which programs use the interface. 192 random bits need no slow hash. */
@Injectable()
export class ApiKeyService {
  constructor(
    private readonly database: Database,
    private readonly keys: ApiKeyRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  listKeys(): Promise<ApiKey[]> {
    return this.keys.listKeys();
  }

  /** @returns the key; it can be had only now */
  create(wanted: { name: string; scopes: readonly ApiScope[]; days: number }, by: Actor): Promise<string> {
    const key = KEY_START + randomToken();
    const createdAt = this.clock.now();
    return this.database.transaction(async () => {
      const id = await this.keys.insert({
        name: wanted.name,
        prefix: key.slice(0, 8),
        keyHash: sha256Hex(key),
        scopes: wanted.scopes,
        createdBy: by.id,
        createdAt,
        expiresAt: new Date(createdAt.getTime() + wanted.days * 86_400_000),
      });
      const { name, scopes, days } = wanted;
      await this.audit.record(by.id, 'apiKey.created', `apiKey:${id}`, { name, scopes, days });
      return key;
    });
  }

  /** Works at once; twice is no error. */
  revoke(id: string, by: Actor): Promise<void> {
    return this.database.transaction(async () => {
      if (await this.keys.revoke(id, this.clock.now()))
        await this.audit.record(by.id, 'apiKey.revoked', `apiKey:${id}`);
    });
  }

  /**
   * @param header value of Authorization, `Bearer kb_…` (RFC 6750)
   * @throws DomainError api.keyNeeded, api.needsScope
   */
  async admit(header: string | undefined, scope: ApiScope): Promise<Actor> {
    const key = await this.valid(header);
    if (!key) throw new DomainError('api.keyNeeded');
    if (!key.scopes.includes(scope)) throw new DomainError('api.needsScope', { scope });
    await this.keys.markUsed(key.id, this.clock.now());
    return { id: `apiKey:${key.id}`, name: key.name, roles: [] };
  }

  async isValid(header: string | undefined): Promise<boolean> {
    return (await this.valid(header)) !== null;
  }

  private async valid(header: string | undefined): Promise<ApiKey | null> {
    const given = /^Bearer (kb_[\w-]{20,80})$/i.exec(header ?? '')?.[1];
    const key = given === undefined ? null : await this.keys.byHash(sha256Hex(given));
    return key && keyState(key, this.clock.now()) === 'valid' ? key : null;
  }
}
