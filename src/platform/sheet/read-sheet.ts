import { Worker } from 'node:worker_threads';
import type { ReadingAnswer, ReadingTask } from './reading-thread.js';
import { receivedFile } from './sent-file.js';
import { damaged, SheetRefused } from './sheet-refused.js';
import type { SheetLimits } from './table-builder.js';
import type { TableFile } from './table-file.js';

/** Fifty thousand rows of twenty columns need some 150 MB, and 5 s of a core. */
const resourceLimits = { maxOldGenerationSizeMb: 320, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 };
const longestMs = 60_000;
/** Each is a core's work, and takes its memory. */
const mostAtOnce = 2;

/** A thread loads what the compiler made, also where this file itself runs as it was written. */
const thread = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/platform/sheet/reading-thread.js' : './reading-thread.js',
  import.meta.url,
);

let reading = 0;
const waiting: (() => void)[] = [];

/**
 * Reads .xlsx or CSV by what the bytes are, whatever the file is called: in a thread of its own with so much memory and so much
 * time, because a file may be made to take all of both. Meanwhile others are answered; of several files some wait.
 *
 * @param ms for the reading itself
 * @throws SheetRefused with a sentence that says what is wrong and how to mend it
 */
export async function readSheets(bytes: Uint8Array, limits: SheetLimits, ms = longestMs): Promise<TableFile> {
  if (reading >= mostAtOnce) await new Promise<void>((next) => waiting.push(next));
  reading += 1;
  try {
    return await readApart({ bytes: new Uint8Array(bytes), limits }, ms);
  } finally {
    reading -= 1;
    waiting.shift()?.();
  }
}

async function readApart(task: ReadingTask, ms: number): Promise<TableFile> {
  const worker = new Worker(thread, {
    workerData: task,
    transferList: [task.bytes.buffer],
    resourceLimits,
    execArgv: [],
    env: {},
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    const answer = await new Promise<ReadingAnswer>((done, fail) => {
      worker.once('message', done);
      worker.once('error', (error) => fail(failure(error)));
      worker.once('exit', () => fail(damaged()));
      timer = setTimeout(() => fail(tookTooLong(ms)), ms);
    });
    if ('file' in answer) return receivedFile(answer.file);
    throw new SheetRefused(answer.refused, answer.met);
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

const tookTooLong = (ms: number): SheetRefused => new SheetRefused(`${ms / 1000}秒还没有读完，已经停止。${smaller}`);

const smaller = '请只保留名单所在的工作表，删去图片、多余的行列和格式后再导入。';

function failure(error: Error): SheetRefused {
  const code = (error as NodeJS.ErrnoException).code;
  const full = code === 'ERR_WORKER_OUT_OF_MEMORY' || error instanceof RangeError || error.name === 'RangeError';
  return full ? new SheetRefused(`内容太多，没有读完。${smaller}`, error.message) : damaged(error);
}
