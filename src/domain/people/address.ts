import { isPlaceholder } from '../text/placeholder.js';
import { visible } from '../text/same-text.js';

/** Reads and masks an address as people type one. No message repeats it: it lands on screens and in files. */

/** A value, or a Chinese sentence about what is wrong and how to mend it. */
export type CellReading<T> = { value: T } | { fault: string };

/** Widths are folded: ０ becomes 0 and ＠ becomes @; what nobody sees goes. */
export function folded(cell: string): string {
  return visible(cell).normalize('NFKC').trim();
}

export const maskedFault = '这是隐去一部分的号码，不能导入。请重新导出带完整号码的名单，再改再导入。';

/** Without what people and programs write around the digits of a number: `'138…`, `=138…`, `138….0`, `(+86) 138-…`. */
const writtenDigits = (text: string): string =>
  text
    .replace(/^['‘’"“”`=]+|['‘’"“”`]+$/g, '')
    .replace(/^(\+?\d{5,})\.0+$/, '$1')
    .replace(/[\s()\p{Pd}]/gu, '')
    .replace(/^(?:\+|00)?86(?=1\d{10}$)/, '');

/** A mainland mobile number as 11 digits; blanks, dashes and +86 are dropped. */
export function readMobile(cell: string): CellReading<string | null> {
  const text = folded(cell);
  if (text === '' || isPlaceholder(text)) return { value: null };
  if (text.includes('*')) return { fault: maskedFault };
  if (/^\d(\.\d+)?e\+?\d+$/i.test(text)) {
    return { fault: '手机号被表格软件改成了科学计数法，请把该列设为“文本”格式后重新填写。' };
  }
  const digits = writtenDigits(text);
  if (/^1\d{10}$/.test(digits)) return { value: digits };
  const several = /^(?:1\d{10}[;,、/|]?){2,}$/.test(digits);
  return {
    fault: several ? '手机写了不止一个号码，一格只填一个，请只留一个。' : '手机号不正确，请填写以1开头的11位手机号码。',
  };
}

const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const host = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
/** RFC 5321 mailbox without the quoted and literal forms, which no office uses. */
const mailbox = new RegExp(`^${atom}(?:\\.${atom})*@(?:${host}\\.)+${host}$`);

export function readEmail(cell: string): CellReading<string | null> {
  const text = folded(cell);
  if (text === '' || isPlaceholder(text)) return { value: null };
  if (text.includes('***')) return { fault: maskedFault };
  const valid = text.length <= 254 && text.indexOf('@') <= 64 && mailbox.test(text);
  return valid ? { value: text } : { fault: '邮箱地址不正确，请填写完整地址，如 name@example.cn，一格只填一个。' };
}

/** WeCom user ids: letters, digits and _ - @ . , at most 64, compared without regard to case. */
export function readWecom(cell: string): CellReading<string | null> {
  const text = folded(cell);
  if (text === '' || isPlaceholder(text)) return { value: null };
  if (text.includes('***')) return { fault: maskedFault };
  if (/^[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}$/.test(text)) return { value: text };
  return { fault: '企业微信账号不正确，请填写通讯录中的账号（字母、数字和 _ - @ .，最长64位），不是姓名或微信号。' };
}

/** Who somebody is to one WeChat official account: given by WeChat when he scans or opens, never typed by a person. */
export function readOpenId(cell: string): CellReading<string | null> {
  const text = cell.trim();
  if (text === '') return { value: null };
  return /^[A-Za-z0-9_-]{16,64}$/.test(text) ? { value: text } : { fault: '微信号不能填写，请本人扫码绑定。' };
}

/** 15400000001 to 154****0001. Anything shorter than a mobile number is hidden whole. */
export function maskMobile(mobile: string): string {
  return mobile.length < 11 ? '****' : `${mobile.slice(0, 3)}****${mobile.slice(-4)}`;
}

/** r001@yanjin.example to r***@yanjin.example. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 0) return '***';
  return `${at < 2 ? '' : email.slice(0, 1)}***${email.slice(at)}`;
}

/** A WeCom user id: the first two characters, nothing of the rest, not even its length. */
export function maskId(id: string): string {
  return `${id.length < 4 ? '' : id.slice(0, 2)}***`;
}
