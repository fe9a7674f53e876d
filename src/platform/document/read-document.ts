import type { FaultKind } from '../office-file/file-fault.js';
import { readApart, ReadingBrokenOff, threadBeside } from '../office-file/reading-apart.js';
import type { DocumentKind } from './document-kind.js';
import { DocumentRefused, type DocumentText } from './document-text.js';
import type { ReadingAnswer } from './reading-thread.js';

const longestMs = 30_000;
const thread = threadBeside(import.meta.url, 'reading-thread.js');

const saveAgain = '请在 Word 或 WPS 中打开原文件，另存为 .docx 后再导入';
const orPaste = '，或者复制全文，粘贴到导入页';

const copyPage = '请在浏览器中打开网页，选中简报的全文，复制后粘贴到导入页';

const tooLarge = `文件展开后太大，不像一期简报，没有读取。请确认选对了文件${orPaste}。`;

const sentences: Readonly<Record<DocumentKind, Readonly<Record<FaultKind, string>>>> = {
  zip: {
    damaged: `文件已损坏，无法打开。${saveAgain}${orPaste}。`,
    locked: '文件设有打开密码。请在 Word 或 WPS 中取消密码，另存后再导入。',
    tooLarge,
    encoding: `文件所用的编码无法识别，没有打开。${saveAgain}${orPaste}。`,
  },
  pdf: {
    damaged: `PDF 文件已损坏，无法打开。请重新导出 PDF，或者用排版前的 Word 或 WPS 文件（.docx）${orPaste}。`,
    locked: 'PDF 文件设有打开密码。请用排版前的 Word 或 WPS 文件（.docx），或者取消密码、另存后再导入。',
    tooLarge,
    encoding: `PDF 文件已损坏，无法打开。请重新导出 PDF${orPaste}。`,
  },
  html: {
    damaged: `网页文件已损坏，无法读取。${copyPage}。`,
    locked: `网页文件无法读取。${copyPage}。`,
    tooLarge: `网页太大，不像一期简报，没有读取。${copyPage}。`,
    encoding: `网页所用的编码无法识别，没有读取。${copyPage}。`,
  },
};

/**
 * Reads a document in a thread of its own with so much memory and so much time.
 *
 * @param kind by `documentKind`
 * @param ms for the reading itself
 * @throws DocumentRefused with a sentence that says what is wrong and how to mend it
 */
export async function readDocument(bytes: Uint8Array, kind: DocumentKind, ms = longestMs): Promise<DocumentText> {
  const task = { bytes: new Uint8Array(bytes), kind };
  const answer = await readApart<ReadingAnswer>(thread, task, ms).catch((error: unknown) => {
    if (!(error instanceof ReadingBrokenOff)) throw error;
    throw new DocumentRefused(sentences[kind][error.why === 'died' ? 'damaged' : 'tooLarge'], error.met);
  });
  if ('document' in answer) return answer.document;
  if ('fault' in answer) throw new DocumentRefused(sentences[kind][answer.fault], answer.met, answer.aside);
  throw new DocumentRefused(answer.refused, answer.met, answer.aside);
}
