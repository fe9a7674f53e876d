import { startEmbeddedPostgres } from '../platform/embedded-postgres.js';
import type { Settings } from '../settings/settings.js';

/** The outside PostgreSQL of the settings, or the embedded one, started. */
export async function openDatabase(
  settings: Settings,
): Promise<{ url: string; adopted: boolean; stop(): Promise<void> }> {
  if (settings.databaseUrl) return { url: settings.databaseUrl, adopted: false, stop: () => Promise.resolve() };
  return startEmbeddedPostgres({ folder: settings.dataDir, port: settings.embeddedPort });
}
