import { Worker } from 'node:worker_threads';
import type { Answered } from './answering.js';

/** `time`: it was not done within its time. `memory`: it took more than it may. `died`: it ended without an answer. */
export class ReadingBrokenOff extends Error {
  /** @param met what it died of, for the log */
  constructor(
    readonly why: 'time' | 'memory' | 'died',
    readonly met: string | null = null,
  ) {
    super(why);
  }
}

/** Fifty thousand rows of twenty columns need some 150 MB, and 5 s of a core. */
const resourceLimits = { maxOldGenerationSizeMb: 320, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 };
/** Each is a core's work, and takes its memory. */
const mostAtOnce = 2;
/** A thread that did no more than read is kept so long for the next file: to start one costs as much as to read a small file. */
const keptMs = 10_000;

let reading = 0;
const waiting: (() => void)[] = [];
/** By the address of their module. */
const resting = new Map<string, Worker[]>();

/** Address of a thread's module: a thread loads what the compiler made, also where `from` runs as it was written. */
export const threadBeside = (from: string, name: string): URL =>
  from.endsWith('.ts') ? new URL(from.replace('/src/', '/dist/').replace(/[^/]*$/, name)) : new URL(name, from);

/**
 * Lets a thread read a file that may be made to take all memory or time: it gets so much of both. Meanwhile others are answered;
 * of several files some wait.
 *
 * @param task with the bytes, which the thread gets instead of this one
 * @param ms for the reading itself
 * @throws ReadingBrokenOff
 */
export async function readApart<Answer>(
  thread: URL,
  task: { bytes: Uint8Array<ArrayBuffer> },
  ms: number,
): Promise<Answer> {
  if (reading >= mostAtOnce) await new Promise<void>((next) => waiting.push(next));
  reading += 1;
  try {
    return await inThread<Answer>(thread, task, ms);
  } finally {
    reading -= 1;
    waiting.shift()?.();
  }
}

async function inThread<Answer>(thread: URL, task: { bytes: Uint8Array<ArrayBuffer> }, ms: number): Promise<Answer> {
  const worker = resting.get(thread.href)?.pop() ?? new Worker(thread, { resourceLimits, execArgv: [], env: {} });
  worker.removeAllListeners();
  worker.ref();
  let timer: NodeJS.Timeout | undefined;
  let again = false;
  try {
    return await new Promise<Answer>((done, fail) => {
      worker.once('message', (answered: Answered<Answer>) => {
        again = answered.again;
        done(answered.answer);
      });
      worker.once('error', (error) => fail(brokenOffBy(error)));
      worker.once('exit', () => fail(new ReadingBrokenOff('died')));
      timer = setTimeout(() => fail(new ReadingBrokenOff('time')), ms);
      worker.postMessage(task, [task.bytes.buffer]);
    });
  } finally {
    clearTimeout(timer);
    worker.removeAllListeners();
    if (again) rest(worker, thread);
    else await worker.terminate();
  }
}

/** Keeps a thread for the next file of its kind; it keeps no process from ending. */
function rest(worker: Worker, { href }: URL): void {
  const others = resting.get(href) ?? [];
  resting.set(href, [...others, worker]);
  const giveUp = () => {
    const left = resting.get(href)!;
    if (!left.includes(worker)) return;
    resting.set(
      href,
      left.filter((one) => one !== worker),
    );
    void worker.terminate();
  };
  worker.unref();
  worker.once('error', giveUp);
  worker.once('exit', giveUp);
  setTimeout(giveUp, keptMs).unref();
}

function brokenOffBy(error: Error): ReadingBrokenOff {
  const code = (error as NodeJS.ErrnoException).code;
  const full = code === 'ERR_WORKER_OUT_OF_MEMORY' || error instanceof RangeError || error.name === 'RangeError';
  return new ReadingBrokenOff(full ? 'memory' : 'died', error.message);
}
