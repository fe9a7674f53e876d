// End-to-end tests start whole services, each with a database: what they write goes where temporaryFolder finds it fastest.
import { mustBeBuilt } from '../src/programs/stamps.mjs';
import { temporaryFolder } from './temporary-folder.mjs';

export default function enterTemporaryFolder() {
  mustBeBuilt();
  globalThis.__KUAIBAO_FOLDER__ = { folder: temporaryFolder('kuaibao-e2e-', 3), before: process.env.TMPDIR };
  process.env.TMPDIR = globalThis.__KUAIBAO_FOLDER__.folder;
}
