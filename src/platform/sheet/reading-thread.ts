import { answerEach } from '../office-file/answering.js';
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

answerEach<ReadingTask, ReadingAnswer>(({ bytes, limits }) => {
  try {
    const { file, transfer } = sentFile(readTableFile(Buffer.from(bytes.buffer), limits));
    return { answer: { file }, transfer };
  } catch (thrown) {
    const error = refusedFor(thrown);
    if (!(error instanceof SheetRefused)) throw error;
    return { answer: { refused: error.message, met: error.met } };
  }
});
