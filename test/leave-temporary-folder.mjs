import { rmSync } from 'node:fs';

export default function leaveTemporaryFolder() {
  const { folder, before } = globalThis.__KUAIBAO_FOLDER__;
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
