import { rmSync } from 'node:fs';
import stopDatabase from './stop-database.mjs';

export default async function leaveTemporaryFolder() {
  await stopDatabase();
  const { folder, before } = globalThis.__KUAIBAO_FOLDER__;
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
