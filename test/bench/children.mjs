// Programs of the benchmark as processes of their own, asked over IPC.
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the service unit in docs/operation.md sets. */
const unit = { MALLOC_ARENA_MAX: '2' };

/** Starts a program of this folder; it says `ready` with whatever others must know of it. */
export async function start(program, env = {}, args = []) {
  const child = fork(join(import.meta.dirname, program), args, { env: { ...unit, ...process.env, ...env } });
  const waiting = new Map();
  let lastId = 0;
  const dead = new Promise((_, fail) =>
    child.once('exit', (code, signal) => fail(new Error(`${program} ended (${code ?? signal})`))),
  );
  dead.catch(() => undefined);
  const ready = new Promise((done) =>
    child.on('message', (message) => {
      if ('ready' in message) return done(message.ready);
      const { answered, failed } = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error) failed(new Error(`${program}: ${message.error}`));
      else answered(message.value);
    }),
  );
  const facts = await Promise.race([ready, dead]);
  return {
    facts,
    pid: child.pid,
    ask: (act, argument) => {
      const id = ++lastId;
      const answer = new Promise((answered, failed) => waiting.set(id, { answered, failed }));
      child.send({ id, act, argument });
      return Promise.race([answer, dead]);
    },
    stop: async () => {
      const gone = new Promise((done) => child.once('exit', done));
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
      child.send({ id: 0, act: 'stop' });
      await gone;
      clearTimeout(late);
    },
    /** User and system time so far; the clock ticks 100 times a second. */
    cpuMs: () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
      return (Number(fields[11]) + Number(fields[12])) * 10;
    },
    /** Resident memory in MB: now, and the most there ever was. */
    memory: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      const of = (name) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
      return { now: of('VmRSS'), peak: of('VmHWM') };
    },
  };
}

/** The other side: `acts` by name; `stop` ends the process after its own. */
export function serve(ready, acts) {
  process.on('message', async ({ id, act, argument }) => {
    try {
      const value = await acts[act]?.(argument);
      if (act === 'stop') process.exit(0);
      process.send({ id, value: value ?? null });
    } catch (error) {
      process.send({ id, error: error.stack ?? String(error) });
    }
  });
  // A benchmark that was broken off leaves nobody behind.
  process.once('disconnect', () => process.exit(0));
  process.send({ ready });
}
