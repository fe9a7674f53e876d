import { parentPort, workerData } from 'node:worker_threads';
import { refusedFor, SheetRefused } from './sheet-refused.js';
import type { SheetLimits } from './table-builder.js';
import { type SentFile, sentFile } from './sent-file.js';
import { readTableFile } from './table-file.js';

/** What a thread is given, and what it answers; what it dies of is heard by whoever started it. */
export interface ReadingTask {
  bytes: Uint8Array<ArrayBuffer>;
  limits: SheetLimits;
}
export type ReadingAnswer = { file: SentFile } | { refused: string; met: string | null };

function answer({ bytes, limits }: ReadingTask): void {
  try {
    const { file, transfer } = sentFile(readTableFile(Buffer.from(bytes.buffer), limits));
    parentPort!.postMessage({ file } satisfies ReadingAnswer, transfer);
  } catch (thrown) {
    const error = refusedFor(thrown);
    if (!(error instanceof SheetRefused)) throw error;
    const { message, met } = error;
    parentPort!.postMessage({ refused: message, met } satisfies ReadingAnswer);
  }
}

answer(workerData as ReadingTask);
