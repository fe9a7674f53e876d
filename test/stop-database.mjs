import { rmSync } from 'node:fs';

export default async function stopDatabase() {
  const { postgres, folder } = globalThis.__KUAIBAO_POSTGRES__;
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
