import type { DomainError, ErrorCode } from '../domain/errors/errors.js';

export interface ImportFailure {
  text: string;
  /** How to mend it. */
  advice: string | null;
  href: string | null;
}

const tooLarge = '一份文件最大 2 MB。简报的纯文本通常只有几十 KB，请确认没有选成带图片的文件。';

const advice: Partial<Record<ErrorCode, string>> = {
  'issue.classified': '系统只记下了文件的校验值和时间。如果文件并不涉密，请由定密责任人确认并去掉标志后再导入。',
  'issue.tooLarge': tooLarge,
  'http.tooLarge': tooLarge,
};

/** Why an import was refused and what to do next. */
export function importFailure(error: DomainError): ImportFailure {
  const { issueId } = error.details;
  return {
    text: error.message,
    advice: advice[error.code] ?? null,
    href: error.code === 'issue.alreadyImported' && typeof issueId === 'string' ? `/issues/${issueId}` : null,
  };
}
