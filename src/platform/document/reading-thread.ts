import { answerEach } from '../office-file/answering.js';
import { FileFault, type FaultKind } from '../office-file/file-fault.js';
import type { DocumentKind } from './document-kind.js';
import { DocumentRefused, type DocumentText } from './document-text.js';

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

/** A thread loads what its files need: to load a reader costs as much as to read a bulletin with it. */
const readers: Record<DocumentKind, () => Promise<Reader>> = {
  zip: async () => (await import('./docx/docx.js')).readDocx,
  pdf: async () => (await import('./pdf/pdf.js')).readPdf,
  html: async () => (await import('./html/html.js')).readHtml,
};

async function answer({ bytes, kind }: ReadingTask): Promise<ReadingAnswer> {
  const read = await readers[kind]();
  const seen: string[] = [];
  try {
    return { document: await read(Buffer.from(bytes.buffer), seen) };
  } catch (error) {
    if (error instanceof DocumentRefused)
      return { refused: error.message, met: error.met, aside: [...seen, ...error.aside] };
    if (error instanceof FileFault) return { fault: error.kind, met: error.met, aside: seen };
    throw error;
  }
}

// pdf.js changes its thread for good.
answerEach<ReadingTask, ReadingAnswer>(async (task) => ({ answer: await answer(task), spent: task.kind === 'pdf' }));
