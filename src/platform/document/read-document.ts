import type { FaultKind } from '../office-file/file-fault.js';
import { readApart, ReadingBrokenOff, threadBeside } from '../office-file/reading-apart.js';
import { DocumentRefused, type DocumentText } from './document-text.js';
import type { ReadingAnswer } from './reading-thread.js';

const longestMs = 30_000;
const thread = threadBeside(import.meta.url, 'reading-thread.js');

const saveAgain = '请在 Word 或 WPS 中打开原文件，另存为 .docx 后再导入';
const orPaste = '，或者复制全文，粘贴到导入页';

const sentences: Readonly<Record<FaultKind, string>> = {
  damaged: `文件已损坏，无法打开。${saveAgain}${orPaste}。`,
  locked: '文件设有打开密码。请在 Word 或 WPS 中取消密码，另存后再导入。',
  tooLarge: `文件展开后太大，不像一期简报，没有读取。请确认选对了文件${orPaste}。`,
  encoding: `文件所用的编码不认识，无法打开。${saveAgain}${orPaste}。`,
};

/** A zip begins with its first entry, or with its end where it is empty (APPNOTE.TXT 4.3.7, 4.3.16); a text may begin with PK. */
const zipStarts = ['504b0304', '504b0506'];

/** Any zip: what is inside says whether it is a document. */
export const mayBeDocument = (bytes: Uint8Array): boolean =>
  zipStarts.includes(Buffer.from(bytes.subarray(0, 4)).toString('hex'));

/**
 * Reads a .docx in a thread of its own with so much memory and so much time.
 *
 * @param ms for the reading itself
 * @throws DocumentRefused with a sentence that says what is wrong and how to mend it
 */
export async function readDocument(bytes: Uint8Array, ms = longestMs): Promise<DocumentText> {
  const task = { bytes: new Uint8Array(bytes) };
  const answer = await readApart<ReadingAnswer>(thread, task, ms).catch((error: unknown) => {
    if (!(error instanceof ReadingBrokenOff)) throw error;
    throw new DocumentRefused(sentences[error.why === 'died' ? 'damaged' : 'tooLarge'], error.met);
  });
  if ('document' in answer) return answer.document;
  throw new DocumentRefused('fault' in answer ? sentences[answer.fault] : answer.refused, answer.met);
}
