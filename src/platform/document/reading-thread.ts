import { parentPort, workerData } from 'node:worker_threads';
import { FileFault, type FaultKind } from '../office-file/file-fault.js';
import { DocumentRefused, type DocumentText } from './document-text.js';
import { readDocx } from './docx.js';

/** What a thread is given, and what it answers; what it dies of is heard by whoever started it. */
export interface ReadingTask {
  bytes: Uint8Array<ArrayBuffer>;
}
export type ReadingAnswer =
  { document: DocumentText } | { refused: string; met: string | null } | { fault: FaultKind; met: string | null };

function answer({ bytes }: ReadingTask): ReadingAnswer {
  try {
    return { document: readDocx(Buffer.from(bytes.buffer)) };
  } catch (error) {
    if (error instanceof DocumentRefused) return { refused: error.message, met: error.met };
    if (error instanceof FileFault) return { fault: error.kind, met: error.met };
    throw error;
  }
}

parentPort!.postMessage(answer(workerData as ReadingTask));
