import { type FaultKind, FileFault } from '../office-file/file-fault.js';

/** What a file is refused for; the sentence is for the user. */
export class SheetRefused extends Error {
  /** @param met what the reader met, for the log; nothing of the file's content */
  constructor(
    sentence: string,
    readonly met: string | null = null,
  ) {
    super(sentence);
  }
}

export const saveAgain = '请在 Excel 或 WPS 中打开，另存为 .xlsx 后再导入。';

const sentences: Readonly<Record<FaultKind, string>> = {
  damaged: '文件已损坏，无法打开。请在 Excel 或 WPS 中打开原文件，另存为 .xlsx 后再导入。',
  locked: '文件设有打开密码。请在 Excel 或 WPS 中取消密码，另存后再导入。',
  tooLarge: '文件展开后太大，没有读取。请只保留名单所在的工作表，删去图片和多余的格式后再导入。',
  encoding: `文件所用的编码无法识别，没有打开。${saveAgain}`,
};

/** What a person is told of a fault; other errors stay as they are. */
export const refusedFor = (error: unknown): unknown =>
  error instanceof FileFault ? new SheetRefused(sentences[error.kind], error.met) : error;
