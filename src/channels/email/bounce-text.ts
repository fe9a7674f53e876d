import { codeInText, type ReplyCode } from './bounce-code.js';
import { delayed, delivered, failed, type BounceVerdict } from './bounce-verdict.js';
import {
  arrived,
  failedWords,
  givenUp,
  noticeOpening,
  noticeSubject,
  otherSubject,
  troubles,
  underWay,
} from './bounce-words.js';

/** A mail of a mail system without a part for programs. */
export interface BounceWords {
  subject: string;
  text: string;
  /** A header says that it is about a mail that was not delivered, as X-Failed-Recipients or a report type does. */
  marked: boolean;
}

/** Longer notices bring the reason first. */
const mostCharacters = 20_000;

/**
 * Reads what a mail system wrote in words: whether it is about a mail of ours at all, what became of it, and why. Null for
 * anything else it may write, however many numbers and words of failure are in it.
 */
export function readBounceText({ subject, text, marked }: BounceWords): BounceVerdict | null {
  const head = squeezed(subject);
  const own = squeezed(ownWords(text.slice(0, mostCharacters)));
  if (!marked && (otherSubject.test(head) || !isNotice(head, own))) return null;
  const whole = `${head}\n${own}`;
  const code = codeInText(own);
  const said = code?.status ?? code?.basic;
  const trouble = troubles.map((words) => words.exec(own)?.index).find((at) => at !== undefined);
  if (underWay.test(whole) && !givenUp.test(whole)) return delayed(said?.startsWith('4') ? said : '4.0.0');
  const words = wordsAt(own, code, trouble);
  const gaveUp = said?.startsWith('5') || failedWords.test(whole) || givenUp.test(whole);
  if (gaveUp) return failed(code?.status, words);
  if (arrived.test(whole)) return delivered('2.0.0');
  if (said) return delayed(said);
  return marked || trouble !== undefined ? failed(undefined, words) : null;
}

/**
 * What the other server said: the basic code, then the line in which the reason stands and the next, which may go on with it.
 * Without addresses, in which any word may stand.
 */
function wordsAt(text: string, code: ReplyCode | null, trouble: number | undefined): string {
  const at = code?.at ?? trouble;
  if (at === undefined) return '';
  const begin = text.lastIndexOf('\n', at) + 1;
  const lines = text
    .slice(begin, begin + 600)
    .split('\n', 2)
    .join(' ');
  const words = lines.replace(code?.basic ?? '', ' ').replace(code?.status ?? '', ' ');
  return `${code?.basic ?? ''} ${words.replace(/[\w.+%=-]{1,64}@[\w.-]{1,255}/g, '')}`.trim();
}

/** By its subject, by how it begins, or because it says of one recipient what was wrong with him. */
function isNotice(subject: string, text: string): boolean {
  if (noticeSubject.test(subject) || noticeOpening.test(text)) return true;
  return text.split('\n').some((line) => aboutRecipient.test(line) && troubles.some((words) => words.test(line)));
}

const aboutRecipient = /\S@\S{1,80}\.\S|收件人|对方|recipient/i;

/** Where a copy of what was sent begins. */
const copyBegins =
  /^[-=_*\s>]{0,20}(?:this is a copy of|below this line is a copy|(?:the )?(?:original|returned|undelivered|unsent|failed) (?:message|mail)(?: (?:headers?|follows|below|text))|(?:copy of|headers? of) (?:the|your) |(?:message|mail) headers? follow|received message headers|original message(?! was)\b|邮件原文|原(?:始)?邮件(?:正文|内容|头)|(?:return-path|received|message-id|mime-version|dkim-signature): )/im;

function ownWords(text: string): string {
  const at = copyBegins.exec(text)?.index;
  return at === undefined ? text : text.slice(0, at);
}

/** Systems in Taiwan and Hong Kong say the same in other characters; those that occur in the words of failure. */
const traditional = '無郵遞號帳戶滿額發達敗錯誤應試續嘗將動復檢網連線絕離過伺類務內';
const simplified = '无邮递号帐户满额发达败错误应试续尝将动复检网连线绝离过伺类务内';
const simpler = new Map([...traditional].map((character, at) => [character, simplified[at]!]));

/** Full-width and traditional characters folded, invisible ones dropped, blanks single; line breaks stay. */
function squeezed(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u4e00-\u9fff]/g, (character) => simpler.get(character) ?? character)
    .replaceAll('使用者', '用户')
    .replace(/\p{Cf}/gu, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n');
}
