// End-to-end tests start whole services, each with a database: what they write goes where temporaryFolder finds it fastest.
import startDatabase from './start-database.mjs';
import { temporaryFolder } from './temporary-folder.mjs';

export default async function enterTemporaryFolder() {
  await startDatabase();
  globalThis.__KUAIBAO_FOLDER__ = { folder: temporaryFolder('kuaibao-e2e-', 3), before: process.env.TMPDIR };
  process.env.TMPDIR = globalThis.__KUAIBAO_FOLDER__.folder;
}
