// One throw-away PostgreSQL for medium and end-to-end tests; each test file gets a database of its own, copied from a migrated one.
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../dist/platform/embedded-postgres.js';
import { openQueueBackend } from '../dist/platform/jobs/queue-backend.js';
import { applyMigrations } from '../dist/platform/migrations.js';
import { mustBeBuilt } from '../src/programs/stamps.mjs';
import { temporaryFolder } from './temporary-folder.mjs';

export default async function startDatabase() {
  if (globalThis.__KUAIBAO_POSTGRES__) return; // for the other tier
  mustBeBuilt();
  const folder = temporaryFolder('kuaibao-test-', 1);
  // Four workers over one database hold a hundred, and other files run beside them.
  const postgres = await startEmbeddedPostgres({ folder: join(folder, 'data'), durable: false, connections: 400 });
  await applyMigrations(postgres.url, join(import.meta.dirname, '..', 'prisma', 'migrations'));
  await (await openQueueBackend(postgres.url, null)).close(); // makes its tables, once for all copies
  globalThis.__KUAIBAO_POSTGRES__ = { postgres, folder };
  process.env.KUAIBAO_TEST_DATABASE = postgres.url;
  // Copied file by file it takes a third of the work where files lie in memory, and several times as long on a disk.
  process.env.KUAIBAO_TEST_COPY = folder.startsWith('/dev/shm') ? 'FILE_COPY' : 'WAL_LOG';
  process.env.KUAIBAO_TEST_LIST = join(folder, 'demo-list.json');
}
