import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DemoSummary } from '../../src/programs/demo/summary.js';

const root = join(import.meta.dirname, '..', '..');

/** The demo as a user starts it, on a data folder of its own. */
function startDemo(folder: string): {
  child: ChildProcess;
  finished: Promise<{ code: number | null; out: string; err: string }>;
} {
  const child = spawn(process.execPath, ['dist/programs/demo.js', '--exit', '--json', '--pace', '120'], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const finished = new Promise<{ code: number | null; out: string; err: string }>((done) =>
    child.once('close', (code) => done({ code, out, err })),
  );
  return { child, finished };
}

const lines = (file: string) => {
  try {
    return readFileSync(file, 'utf8').split('\n').length - 1;
  } catch {
    return 0;
  }
};

async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

describe('the demo', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kuaibao-demo-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('finishes the same dispatch after SIGKILL in the middle of sending: nothing lost, nothing twice', async () => {
    const book = join(folder, 'demo', 'sandbox', 'book.jsonl');
    const first = startDemo(folder);
    await until(() => lines(book) > 100, 'the hundredth message');
    first.child.kill('SIGKILL');
    await first.finished;
    const before = lines(book);
    expect(before).toBeLessThan(345);

    const second = await startDemo(folder).finished;
    expect(second.err).toContain('接着做');
    expect(second.code).toBe(0);
    const summary = JSON.parse(second.out.trim().split('\n').at(-1)!) as DemoSummary;
    const all = { planned: 115, sent: 115, failed: 0, held: 0 };
    expect(summary).toMatchObject({
      issue: '延津政务快报第14期',
      copies: 115,
      deliveries: {
        email: { ...all, delivered: 115 },
        // 云MAS cannot be asked about what was under way: a person said that it had arrived, and no report is joined to it.
        sms: all,
        wecom: { ...all, delivered: 0 },
      },
      unreached: [],
      provider: { messages: 345 + summary.reminded, duplicates: 0 },
    });
    expect(summary.deliveries.sms.delivered).toBeGreaterThanOrEqual(105);
    const { page, card, sms, liaison, paper } = summary.acknowledgedBy;
    expect(Math.min(page, card, sms, liaison, paper)).toBeGreaterThan(0);
    expect(page + card + sms + liaison + paper).toBe(summary.acknowledged);
    expect(summary.acknowledged).toBeGreaterThan(57);
    expect(summary.acknowledged).toBeLessThan(115);
    expect(summary.reminded).toBeGreaterThan(0);
  });
});
