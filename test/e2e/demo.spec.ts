import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './open-service.js';

const root = join(import.meta.dirname, '..', '..');

interface OpenDemo {
  base: string;
  said: () => string;
  /** As Ctrl-C does. */
  stop: () => Promise<void>;
}

/** The demo as a visitor starts it and leaves it open, on a Chinese server; ready as soon as it has named its address. */
async function openDemo(folder: string, ...args: string[]): Promise<OpenDemo> {
  const child: ChildProcess = spawn(process.execPath, ['dist/programs/demo.js', '--pace', '5', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TZ: 'Asia/Shanghai', DATA_DIR: folder, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const stop = () => {
    child.kill('SIGINT');
    return ended;
  };
  const base = await until(
    () => (child.exitCode === null ? /演示入口.*?：(http:\S+)\/demo/.exec(said)?.[1] : Promise.reject(new Error(said))),
    'the address of the demo',
    180,
  );
  return { base, said: () => said, stop };
}

/** Three starts, on a machine that has other work. */
const patienceMs = 600_000;

const ready = (demo: OpenDemo) => until(() => demo.said().includes('按 Ctrl-C 结束'), 'the furnished demo', 250);

async function sit(base: string, login: string): Promise<(path: string) => Promise<string>> {
  const answer = await fetch(`${base}/demo/seat/${login}`, { method: 'POST', redirect: 'manual' });
  expect(answer.status).toBe(303);
  const cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!;
  return async (path) => {
    const page = await fetch(base + path, { headers: { cookie } });
    expect(page.status).toBe(200);
    return page.text();
  };
}

describe('the demo left open', () => {
  let folder: string;
  let demo: OpenDemo | null = null;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kuaibao-demo-'))));
  afterEach(async () => {
    await demo?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it(
    'lets a visitor in from the first second, shows an office at work, and keeps what he did',
    async () => {
      demo = await openDemo(folder);
      const entry = await (await fetch(`${demo.base}/demo`)).text();
      for (const role of ['责任编辑', '审核人', '签发人', '系统管理员', '安全管理员'])
        expect(entry).toContain(`以${role}身份进入`);
      await sit(demo.base, 'lixx');
      expect(await fetch(`${demo.base}/demo/seat/nobody`, { method: 'POST' })).toMatchObject({ status: 404 });
      await ready(demo);

      const editor = await sit(demo.base, 'lixx');
      const issues = await editor('/issues');
      for (const state of ['已归档', '已发送', '待审核', '编辑中']) expect(issues).toContain(state);
      for (const number of [11, 12, 13, 14, 15, 16]) expect(issues).toContain(`第${number}期`);
      const board = /看板：http:\/\/[^/]+(\/issues\/\S+\/board)/.exec(demo.said())![1]!;
      const acknowledged = await editor(`${board}?show=acknowledged`);
      for (const way of ['纸质签收（由李编辑登记）', '联络员代签收', '短信回复', '企业微信卡片'])
        expect(acknowledged).toContain(way);
      expect(await editor(board.replace(/board$/, 'paper'))).toContain('另送纸质件');
      expect(await editor('/amendments')).toContain('谢乙');
      expect(await editor('/subscriptions')).toContain('订户乙');
      expect(await editor('/contacts')).toContain('戚乙');

      await (
        await sit(demo.base, 'anquan')
      )('/audit');
      await demo.stop();

      demo = await openDemo(folder);
      await ready(demo);
      expect(demo.said()).toContain('接着用上次的演示');
      expect(await (await sit(demo.base, 'anquan'))('/audit')).toContain('安安全');
      expect(await (await sit(demo.base, 'lixx'))('/issues')).toContain('第16期');
      await demo.stop();

      demo = await openDemo(folder, '--fresh');
      expect(demo.said()).not.toContain('接着用上次的演示');
      expect(await (await sit(demo.base, 'lixx'))('/issues')).not.toContain('第16期');
    },
    patienceMs,
  );
});
