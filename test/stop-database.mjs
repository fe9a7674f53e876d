import { rmSync } from 'node:fs';

export default async function stopDatabase() {
  if (!globalThis.__KUAIBAO_POSTGRES__) return; // stopped for the other tier
  const { postgres, folder } = globalThis.__KUAIBAO_POSTGRES__;
  delete globalThis.__KUAIBAO_POSTGRES__;
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
