import type { DomainError } from '../domain/errors.js';

export interface ImportFailure {
  text: string;
  /** How to mend it. */
  advice: string | null;
  href: string | null;
}

/** Why an import was refused and what to do next. */
export function importFailure(error: DomainError): ImportFailure {
  const { issueId } = error.details;
  return {
    text: error.message,
    advice: advice(error),
    href: error.code === 'issue.alreadyImported' && typeof issueId === 'string' ? `/issues/${issueId}` : null,
  };
}

function advice({ code }: DomainError): string | null {
  switch (code) {
    case 'issue.notBulletin':
      return '一期简报至少要有刊名、期号或日期、栏目或稿件。请打开文件核对是不是选错了，改好后重新导入。';
    case 'issue.classified':
      return '系统只记下了文件的校验值和时间。如果文件并不涉密，请由定密责任人确认并去掉标志后再导入。';
    case 'http.tooLarge':
    case 'issue.tooLarge':
      return '一份文件最大 2 MB。简报的纯文本通常只有几十 KB，请确认没有选成带图片的文件。';
    default:
      return null;
  }
}
