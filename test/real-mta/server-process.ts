import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { until } from '../e2e/open-service.js';

/** A folder for one server alone, which its other users may enter. */
export class ServerFolder {
  // Not in the tests' own folder, which nobody else may enter.
  readonly path = mkdtempSync('/tmp/kuaibao-mail-');

  constructor() {
    chmodSync(this.path, 0o755);
  }

  at(...names: readonly string[]): string {
    return join(this.path, ...names);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A server in the foreground, in a process group of its own: those that end their whole group end nobody else. */
export class ServerProcess {
  private constructor(private readonly child: ChildProcess) {}

  /** Resolves when each of the ports is listened on. */
  static async start(program: string, options: readonly string[], ports: readonly number[]): Promise<ServerProcess> {
    const child = spawn(program, options, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    let said = '';
    child.stderr.on('data', (words: Buffer) => (said += words.toString()));
    child.once('error', (error) => (said += error.message));
    const server = new ServerProcess(child);
    for (const port of ports) {
      await until(async () => {
        if (server.hasEnded) throw new Error(`${program} ended: ${said}`);
        return listens(port);
      }, `${program} on ${port}`);
    }
    return server;
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null || this.child.pid === undefined;
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.hasEnded) return;
    const ended = new Promise((heard) => this.child.once('exit', heard));
    process.kill(-this.child.pid!, signal);
    await ended;
  }
}

const listens = (port: number): Promise<boolean> =>
  new Promise((answered) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => answered(true));
    socket.once('error', () => answered(false));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.destroy());
  });
