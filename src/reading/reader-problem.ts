import type { ErrorCode } from '../domain/errors/errors.js';

export interface ReaderProblem {
  title: string;
  /** Empty where title and advice say it all. */
  text: string;
  /** What the recipient can do. */
  advice: string;
  /** The same person's copy of the correction. */
  correction: string | null;
  /** A code leads to what a link leads to: it helps only where the link itself is at fault. */
  byCode: boolean;
}

/** `advice` ends with whom to call. */
const words: Partial<Record<ErrorCode, { title: string; advice: string }>> = {
  'reading.linkInvalid': {
    title: '打不开这个链接',
    advice: '从短信或邮件复制链接时，最后几个字符容易漏掉，请重新点开原来的链接。仍然打不开时，',
  },
  'reading.linkExpired': { title: '链接已过期', advice: '需要再看这一期时，' },
  'reading.withdrawn': { title: '本期已撤回', advice: '如有疑问，' },
  'reading.corrected': { title: '本期已更正', advice: '如有疑问，' },
  'reading.tooManyTries': { title: '请稍后再试', advice: '急需阅读时，' },
  'reading.otherMember': { title: '这个链接是发给别人的', advice: '如果这一期本该发给您，' },
  'reading.needsIdentity': {
    title: '请先验证身份',
    advice: '请重新打开短信或邮件中的链接，按提示输入查阅码。仍有问题时，',
  },
};

/** Errors whose own sentence says more than the title. */
const tells: readonly ErrorCode[] = [
  'reading.withdrawn',
  'reading.corrected',
  'reading.tooManyTries',
  'reading.noCodeAddress',
  'reading.otherMember',
];

/**
 * Why a recipient cannot read on, and whom to ask.
 *
 * @param about.issue name of the issue, where its class lets it be named
 */
export function readerProblem(
  code: ErrorCode,
  text: string,
  office: { officeName: string; officePhone: string },
  about: { correction?: string | null; issue?: string | null } = {},
): ReaderProblem {
  const { correction = null, issue = null } = about;
  const { title, advice } = words[code] ?? { title: '现在不能继续', advice: '' };
  const whom = office.officePhone === '' ? office.officeName : `${office.officeName}（电话${office.officePhone}）`;
  const byCode = code !== 'reading.withdrawn' && code !== 'reading.corrected';
  return {
    title: issue === null ? title : title.replace(/^本期/, issue),
    text: tells.includes(code) ? (issue === null ? text : text.replace(/^本期/, issue)) : '',
    advice: `${advice}请与${whom}联系。`,
    correction,
    byCode,
  };
}
