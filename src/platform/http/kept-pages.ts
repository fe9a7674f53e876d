import { Injectable } from '@nestjs/common';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Clock } from '../clock.js';
import { randomToken, sha256Hex, Vault } from '../crypto.js';
import { FormStoreRepository } from './form-store.repository.js';

export interface KeptPage {
  html: string;
  status: number;
}

const minute = 60_000;
const kept = 60 * minute;
/** Whoever presses more often than that in an hour does not go back so far. */
const mostPages = 30;
/** Of somebody who has not signed in. */
const largestPublic = 100_000;

/**
 * Pages that a form was answered with, so that the browser shows them by a GET: going back and loading again then work, and
 * send nothing twice. Sealed, for one person, for an hour.
 */
@Injectable()
export class KeptPages {
  constructor(
    private readonly store: FormStoreRepository,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  static readonly newId = (): string => randomToken(16);

  /** @returns false when it is too large to be kept for somebody unknown */
  async keep(id: string, keeper: string, page: KeptPage): Promise<boolean> {
    if (!keeper.startsWith('account:') && page.html.length > largestPublic) return false;
    const now = this.clock.now();
    const sealed = this.vault.sealBytes(gzipSync(JSON.stringify(page)));
    const expiresAt = new Date(now.getTime() + kept);
    await this.store.keepPage({ idHash: sha256Hex(id), keeper, sealed, expiresAt }, now, mostPages);
    return true;
  }

  /** @returns whose it is, and the page; null when it is unknown or too old */
  async find(id: string): Promise<{ keeper: string; page: KeptPage } | null> {
    const stored = await this.store.page(sha256Hex(id), this.clock.now());
    if (stored === null) return null;
    const text = gunzipSync(this.vault.openBytes(stored.sealed)).toString('utf8');
    return { keeper: stored.keeper, page: JSON.parse(text) as KeptPage };
  }

  /** When somebody signs out. */
  async forget(keeper: string): Promise<void> {
    await this.store.forgetPages(keeper);
  }
}

export const keeperOf = {
  account: (id: string): string => `account:${id}`,
  visitor: (cookie: string): string => `visitor:${sha256Hex(cookie)}`,
};
