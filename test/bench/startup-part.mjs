// From the command to the page that answers: on an empty folder, and with a database that is there already.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../../dist/programs/main.js');

export async function measureStartup({ runs, say }) {
  const times = { first: [], again: [] };
  for (let run = 0; run < runs; run++) {
    const folder = mkdtempSync(join(tmpdir(), 'kuaibao-bench-'));
    try {
      times.first.push(await startOnce(folder));
      times.again.push(await startOnce(folder));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  say(`start: first ${times.first.join(', ')} s, again ${times.again.join(', ')} s`);
  return times;
}

async function startOnce(folder) {
  const port = 38473;
  const from = performance.now();
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, DATA_DIR: folder, PORT: String(port), LOG_LEVEL: 'error' },
    stdio: 'ignore',
  });
  const gone = new Promise((done) => child.once('exit', done));
  try {
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the service ended (${child.exitCode})`);
      const answer = await fetch(`http://127.0.0.1:${port}/sign-in`).catch(() => null);
      if (answer) break;
      await new Promise((done) => setTimeout(done, 20));
    }
    return Number(((performance.now() - from) / 1000).toFixed(2));
  } finally {
    child.kill('SIGTERM');
    await gone;
  }
}
