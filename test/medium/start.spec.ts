import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.js';

const root = join(import.meta.dirname, '..', '..');

describe('the embedded database', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kuaibao-start-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const start = (port?: number) => startEmbeddedPostgres({ folder: join(folder, 'data'), port, durable: false });

  it('starts in a folder only its owner can read, with a password of its own, and stops cleanly', async () => {
    const postgres = await start();
    expect(statSync(join(folder, 'data', 'postgres')).mode & 0o077).toBe(0);
    expect(statSync(join(folder, 'data', 'postgres.password')).mode & 0o077).toBe(0);
    expect(postgres.url).toContain(readFileSync(join(folder, 'data', 'postgres.password'), 'utf8'));
    await expect(
      new pg.Client({ connectionString: postgres.url.replace(/:[^:@/]+@/, ':wrong@') }).connect(),
    ).rejects.toThrow('password');
    await postgres.stop();
    expect(existsSync(join(folder, 'data', 'postgres', 'postmaster.pid'))).toBe(false);
  });

  it('refuses a second instance on the same folder and says what to do', async () => {
    const postgres = await start();
    await expect(start()).rejects.toThrow(/另一个 kuaibao.*\n.*DATA_DIR/);
    await postgres.stop();
  });

  it('takes over the server that a killed process left running', async () => {
    const code = `import('${join(root, 'dist/platform/embedded-postgres.js')}').then((m) => m.startEmbeddedPostgres({ folder: '${join(folder, 'data')}', durable: false })).then(() => console.log('up')).then(() => setInterval(() => {}, 1000))`;
    const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((done) => child.stdout.once('data', done));
    child.kill('SIGKILL');
    const postgres = await start();
    expect(postgres.adopted).toBe(true);
    await postgres.stop();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'is stopped cleanly where the service gets %s while it starts',
    async (signal) => {
      const child = spawn(process.execPath, [join(root, 'dist/programs/main.js')], {
        env: { PATH: process.env.PATH, DATA_DIR: join(folder, 'data'), PORT: '0', LOG_LEVEL: 'info' },
      });
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => {
          const before = said;
          said += chunk.toString();
          if (!before.includes('InstanceLoader') && said.includes('InstanceLoader')) child.kill(signal);
        });
      const end = await new Promise((done) => child.once('exit', (code, by) => done({ code, by })));
      expect([end, said.includes('正在停止')]).toEqual([{ code: 0, by: null }, true]);
      expect(existsSync(join(folder, 'data', 'postgres', 'postmaster.pid'))).toBe(false);
    },
  );

  it('says that the port is taken', async () => {
    const taken: Server = createServer();
    const port = await new Promise<number>((done) =>
      taken.listen(0, '127.0.0.1', () => done((taken.address() as { port: number }).port)),
    );
    await expect(start(port)).rejects.toMatchObject({ what: `数据库端口 ${port} 已被其他程序占用。` });
    await new Promise((done) => taken.close(done));
  });

  it('names every faulty setting at once and never prints a secret', () => {
    expect.assertions(6);
    const run = () =>
      execFileSync(process.execPath, ['dist/programs/main.js'], {
        cwd: root,
        env: { PATH: process.env.PATH, PORT: '99999', ROLE: 'boss', ALIYUN_REPORT_KEY: 'short-secret' },
        stdio: 'pipe',
      });
    try {
      run();
    } catch (error) {
      const said = (error as { stderr: Buffer }).stderr.toString();
      for (const key of ['PORT', 'ROLE', 'ALIYUN_REPORT_KEY', 'npm run config']) expect(said).toContain(key);
      expect(said).not.toContain('short-secret');
      expect(said).not.toContain('    at ');
    }
  });
});
