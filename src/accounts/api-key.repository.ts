import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';
import type { ApiScope } from '../domain/roles.js';

export interface ApiKey {
  id: string;
  name: string;
  prefix: string;
  scopes: readonly ApiScope[];
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

const shown = {
  id: true,
  name: true,
  prefix: true,
  scopes: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
  revokedAt: true,
} as const;

@Injectable()
export class ApiKeyRepository {
  constructor(private readonly database: Database) {}

  async insert(key: Omit<ApiKey, 'id' | 'lastUsedAt' | 'revokedAt'> & { keyHash: string; createdBy: string }) {
    const row = await this.database.prisma.apiKey.create({
      data: { ...key, scopes: [...key.scopes] },
      select: { id: true },
    });
    return row.id;
  }

  /** The newest first. */
  async listKeys(): Promise<ApiKey[]> {
    const rows = await this.database.prisma.apiKey.findMany({ orderBy: { createdAt: 'desc' }, select: shown });
    return rows as ApiKey[];
  }

  async byHash(keyHash: string): Promise<ApiKey | null> {
    return (await this.database.prisma.apiKey.findUnique({ where: { keyHash }, select: shown })) as ApiKey | null;
  }

  /** Writes at most once a minute for a key that is used all the time. */
  async markUsed(id: string, at: Date): Promise<void> {
    const earlier = new Date(at.getTime() - 60_000);
    await this.database.prisma.apiKey.updateMany({
      where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: earlier } }] },
      data: { lastUsedAt: at },
    });
  }

  /** @returns false when there is none, or it is revoked already */
  async revoke(id: string, at: Date): Promise<boolean> {
    const { count } = await this.database.prisma.apiKey.updateMany({
      where: { id, revokedAt: null },
      data: { revokedAt: at },
    });
    return count === 1;
  }
}
