import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describeWith } from './programs.js';

const root = join(import.meta.dirname, '..', '..');

interface Verdict {
  copies: number;
  lost: number;
  duplicates: number;
  repeats: number;
  kills: number;
}

/** One run of the chaos program, which judges from the providers' own books; its exit code is its verdict. */
function runChaos(...args: string[]): Promise<{ code: number | null; verdict: Verdict | null; err: string }> {
  const child = spawn(process.execPath, ['test/chaos/chaos.mjs', '--json', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((done) =>
    child.once('close', (code) => {
      const last = out.trim().split('\n').at(-1);
      done({ code, verdict: last ? (JSON.parse(last) as Verdict) : null, err });
    }),
  );
}

const patienceMs = 900_000;

it(
  'loses and doubles nothing while workers, console and database are killed at random',
  async () => {
    const { code, verdict, err } = await runChaos(
      '--seed',
      '20261125',
      '--copies',
      '1200',
      '--kills',
      '10',
      '--seconds',
      '800',
    );
    if (code !== 0) throw new Error(`chaos ended with ${code}:\n${err}`);
    expect(verdict).toMatchObject({ copies: 1200, lost: 0, duplicates: 0, kills: 10 });
  },
  patienceMs,
);

describeWith('redis-server', 'redis-server').suite('with the queue on Redis', () => {
  it(
    'repeats no e-mail where doubts are held for a person, while Redis is killed too',
    async () => {
      const { code, verdict, err } = await runChaos(
        ...[
          '--seed',
          '7',
          '--copies',
          '300',
          '--kills',
          '10',
          '--seconds',
          '600',
          '--queue',
          'redis',
          '--doubt',
          'hold',
          '--calm',
        ],
      );
      if (code !== 0) throw new Error(`chaos ended with ${code}:\n${err}`);
      expect(verdict).toMatchObject({ copies: 300, lost: 0, duplicates: 0, repeats: 0, kills: 10 });
    },
    patienceMs,
  );
});
