import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { hireStaff } from '../../src/demo/staff.js';
import { publish } from '../../src/demo/office.js';
import { Progress } from '../../src/dispatch/progress.js';
import { freePort, openService, until } from './open-service.js';
import { describeWith } from './programs.js';

const { suite, path } = describeWith('redis-server', 'redis-server');

suite('the queue on Redis', () => {
  let redis: ChildProcess;
  let folder: string;
  let url: string;

  const startRedis = async (port: number) => {
    redis = spawn(
      path,
      [
        '--port',
        String(port),
        '--bind',
        '127.0.0.1',
        '--dir',
        folder,
        '--appendonly',
        'yes',
        '--maxmemory-policy',
        'noeviction',
      ],
      { stdio: 'ignore' },
    );
    await until(() => answers(port), 'Redis');
  };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kuaibao-redis-'));
    const port = await freePort();
    url = `redis://127.0.0.1:${port}/0`;
    await startRedis(port);
  });
  afterAll(() => {
    redis.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('sends the whole issue, and loses nothing when Redis forgets everything', async () => {
    const running = await openService({ redisUrl: url });
    try {
      expect(running.service.queue).toBe('redis');
      const staff = await hireStaff(running.service);
      const { editionId } = await publish(running.service, staff, () => undefined);
      // Losing the queue loses bells, not deliveries: the sweeper rings again.
      const client = new Redis(url);
      await client.flushall();
      await client.quit();
      const view = await until(async () => {
        const now = await running.service.get(Progress).of(editionId);
        return now.finished && now;
      }, 'the end of sending');
      expect(view).toMatchObject({ copies: 115, total: 345, done: 345 });
      expect(running.sandbox.book.messages()).toHaveLength(345);
      expect([...running.sandbox.book.duplicates(), ...running.sandbox.book.repeats()]).toEqual([]);
    } finally {
      await running.stop();
    }
  });
});

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => (socket.destroy(), done(true)));
    socket.once('error', () => done(false));
  });
}
