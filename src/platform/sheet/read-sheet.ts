import { FileFault } from '../office-file/file-fault.js';
import { readApart, ReadingBrokenOff, threadBeside } from '../office-file/reading-apart.js';
import type { ReadingAnswer, ReadingTask } from './reading-thread.js';
import { receivedFile } from './sent-file.js';
import { refusedFor, SheetRefused } from './sheet-refused.js';
import type { SheetLimits } from './table-builder.js';
import type { TableFile } from './table-file.js';

const longestMs = 60_000;
const thread = threadBeside(import.meta.url, 'reading-thread.js');

/**
 * Reads .xlsx or CSV by what the bytes are, whatever the file is called: in a thread of its own.
 *
 * @param ms for the reading itself
 * @throws SheetRefused with a sentence that says what is wrong and how to mend it
 */
export async function readSheets(bytes: Uint8Array, limits: SheetLimits, ms = longestMs): Promise<TableFile> {
  const task: ReadingTask = { bytes: new Uint8Array(bytes), limits };
  const answer = await readApart<ReadingAnswer>(thread, task, ms).catch((error: unknown) => {
    throw error instanceof ReadingBrokenOff ? refusal(error, ms) : error;
  });
  if ('file' in answer) return receivedFile(answer.file);
  throw new SheetRefused(answer.refused, answer.met);
}

const smaller = '请只保留名单所在的工作表，删去图片、多余的行列和格式后再导入。';

function refusal({ why, met }: ReadingBrokenOff, ms: number): unknown {
  if (why === 'time') return new SheetRefused(`${ms / 1000}秒还没有读完，已经停止。${smaller}`);
  if (why === 'memory') return new SheetRefused(`内容太多，没有读完。${smaller}`, met);
  return refusedFor(new FileFault('damaged', met));
}
