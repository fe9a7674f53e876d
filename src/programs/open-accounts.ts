import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AccountSettingRepository } from '../channels/account-setting.repository.js';
import type { ChannelRegistry } from '../channels/channel-registry.js';
import { openChannels } from '../channels/open-channels.js';
import { StoredAccounts } from '../channels/stored-accounts.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { openVault } from '../platform/crypto.js';
import { Database } from '../platform/database.js';
import { runningEmbeddedPostgres } from '../platform/embedded-postgres.js';
import { LiveSettings } from '../settings/live-settings.js';
import type { Settings } from '../settings/settings.js';
import { openDatabase } from './open-database.js';

/**
 * The accounts of the environment, and those that were entered at the console as far as the database can be reached. Sends nothing.
 *
 * @returns `problem`: why those of the console are not among them; null when they are
 */
export async function openAccounts(settings: Settings): Promise<{
  registry: ChannelRegistry;
  live: LiveSettings;
  problem: string | null;
  close: () => Promise<void>;
}> {
  const clock = new Clock();
  const live = new LiveSettings(settings);
  const closing: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const one of closing.splice(0).reverse()) await one();
  };
  // Where nothing was ever started there is nothing to open, and no key is made for it.
  const isNew = settings.databaseUrl === null && !existsSync(join(settings.dataDir, 'postgres'));
  const vault = openVault(settings.masterKey, settings.dataDir);
  const registry = openChannels(settings, vault, clock);
  closing.push(() => registry.close());
  if (isNew) return { registry, live, problem: null, close };
  try {
    const running = settings.databaseUrl ? null : runningEmbeddedPostgres(settings.dataDir);
    const postgres = running ? { url: running, stop: () => Promise.resolve() } : await openDatabase(settings);
    closing.push(() => postgres.stop());
    const database = new Database(postgres.url, 2);
    closing.push(() => database.onApplicationShutdown());
    const rows = new AccountSettingRepository(database);
    await new StoredAccounts(rows, registry, live, database, new Audit(database, clock), vault, clock).refresh();
    return { registry, live, problem: null, close };
  } catch {
    return { registry, live, problem: '读不到数据库，没有检查在控制台填写的账号。', close };
  }
}
