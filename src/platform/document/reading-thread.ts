import { answerEach } from '../office-file/answering.js';
import { FileFault, type FaultKind } from '../office-file/file-fault.js';
import type { DocumentKind } from './document-kind.js';
import { DocumentRefused, type DocumentText } from './document-text.js';
import { readDocx } from './docx/docx.js';
import { readHtml } from './html/html.js';
import { readPdf } from './pdf/pdf.js';

/** What a thread is given, and what it answers; what it dies of is heard by whoever started it. */
export interface ReadingTask {
  bytes: Uint8Array<ArrayBuffer>;
  kind: DocumentKind;
}
export type ReadingAnswer =
  | { document: DocumentText }
  | { refused: string; met: string | null; aside: readonly string[] }
  | { fault: FaultKind; met: string | null; aside: readonly string[] };

/** @param seen gets what was read so far: a mark of secrecy in it counts, whatever the rest is refused for */
type Reader = (bytes: Buffer, seen: string[]) => DocumentText | Promise<DocumentText>;

const readers: Record<DocumentKind, Reader> = {
  zip: readDocx,
  pdf: readPdf,
  html: readHtml,
};

async function answer({ bytes, kind }: ReadingTask): Promise<ReadingAnswer> {
  const seen: string[] = [];
  try {
    return { document: await readers[kind](Buffer.from(bytes.buffer), seen) };
  } catch (error) {
    if (error instanceof DocumentRefused)
      return { refused: error.message, met: error.met, aside: [...seen, ...error.aside] };
    if (error instanceof FileFault) return { fault: error.kind, met: error.met, aside: seen };
    throw error;
  }
}

// pdf.js changes its thread for good.
answerEach<ReadingTask, ReadingAnswer>(async (task) => ({ answer: await answer(task), spent: task.kind === 'pdf' }));
