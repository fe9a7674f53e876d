// One throw-away PostgreSQL for all medium tests; each test file gets a database of its own, copied from a migrated one.
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../dist/platform/embedded-postgres.js';
import { applyMigrations } from '../dist/platform/migrations.js';
import { mustBeBuilt } from '../src/programs/stamps.mjs';
import { temporaryFolder } from './temporary-folder.mjs';

export default async function startDatabase() {
  mustBeBuilt();
  const folder = temporaryFolder('kuaibao-test-', 1);
  // Four workers over one database hold a hundred, and other files run beside them.
  const postgres = await startEmbeddedPostgres({ folder: join(folder, 'data'), durable: false, connections: 400 });
  await applyMigrations(postgres.url, join(import.meta.dirname, '..', 'prisma', 'migrations'));
  globalThis.__KUAIBAO_POSTGRES__ = { postgres, folder };
  process.env.KUAIBAO_TEST_DATABASE = postgres.url;
  process.env.KUAIBAO_TEST_LIST = join(folder, 'demo-list.json');
}
