// End-to-end tests start whole services, each with a database: what they write goes where temporaryFolder finds it fastest.
import { temporaryFolder } from './temporary-folder.mjs';

export default function enterTemporaryFolder() {
  globalThis.__KUAIBAO_FOLDER__ = { folder: temporaryFolder('kuaibao-e2e-', 3), before: process.env.TMPDIR };
  process.env.TMPDIR = globalThis.__KUAIBAO_FOLDER__.folder;
}
