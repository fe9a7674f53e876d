import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * One operating-system process that is started again whenever it ends, as a supervisor does, until `stop`.
 * `crashes` counts the ends nobody asked for.
 */
export class Program {
  crashes = 0;
  stopped = false;
  child = null;
  ended = Promise.resolve();

  /** @param {{ name: string, command: string, args: string[], env?: Record<string, string>, log: string, restartMs?: number, onMessage?: (m: unknown) => void }} options */
  constructor(options) {
    this.options = options;
  }

  start() {
    const { command, args, env, log, onMessage } = this.options;
    const file = openSync(log, 'a');
    this.logBefore = fstatSync(file).size;
    const child = spawn(command, args, {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
      stdio: ['ignore', file, file, ...(onMessage ? ['ipc'] : [])],
    });
    closeSync(file);
    if (onMessage) child.on('message', onMessage);
    this.child = child;
    this.killed = false;
    this.ended = new Promise((done) => child.once('exit', (code, signal) => done({ code, signal })));
    void this.ended.then(async () => {
      if (this.stopped || this.child !== child) return;
      if (!this.killed) this.crashes += 1;
      await wait(this.options.restartMs ?? 300);
      if (!this.stopped) this.start();
    });
  }

  get alive() {
    return this.child !== null && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** As a power cut to this one process. False when it is down already. */
  kill() {
    if (!this.alive) return false;
    this.killed = true;
    return this.child.kill('SIGKILL');
  }

  /** As an operator does; SIGKILL after `patienceMs`. @returns the exit code, null when it had to be killed */
  async stop(patienceMs = 20_000) {
    this.stopped = true;
    if (!this.alive) return 0;
    this.child.kill('SIGTERM');
    const late = wait(patienceMs, null, { ref: false });
    const end = await Promise.race([this.ended, late]);
    if (!end) {
      this.child.kill('SIGKILL');
      await this.ended;
    }
    return end?.code ?? null;
  }

  /** Whether it has said since it was last started that it is. */
  get isUp() {
    return this.alive && readFileSync(this.options.log).subarray(this.logBefore).includes('已启动');
  }
}

export function answers(port) {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => (socket.destroy(), done(true)));
    socket.once('error', () => done(false));
  });
}

/** @param {() => unknown} look */
export async function until(look, what, patienceMs = 120_000) {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await wait(50);
  }
}
