/**
 * A code as people bring it: typed in full-width or Arabic digits, in groups, in quotes, or with the whole message around it.
 * What holds no code at all is no try at guessing one.
 */

/** Where in a text the code may stand: directly behind its name. */
const named = /(?:查阅码|验证码|校验码|数字码|code)[^\p{L}\p{N}]{0,6}(?:[是为即]|如下|is)?[^\p{L}\p{N}]{0,6}$/iu;

const longestText = 4000;

export type TypedCode = { code: string } | { fault: string };

/** @param digits how many the code has */
export function readTypedCode(typed: string, digits: number): TypedCode {
  const text = plainDigits(typed.slice(0, longestText));
  const found = wholeCode(text, digits) ?? codeInText(text, digits);
  if (found.length === 1) return { code: found[0]! };
  if (found.length > 1) return { fault: `里面有几个${digits}位数字，请只填短信里的那一个。` };
  return { fault: notFound(text, digits) };
}

/** The four last digits of a mobile, of the whole number or alone; null when there are none. */
export function readMobileTail(typed: string): string | null {
  const numbers = plainDigits(typed.slice(0, 100)).replace(/\D/g, '');
  return numbers.length === 4 || numbers.length === 11 || numbers.length === 13 ? numbers.slice(-4) : null;
}

/** Every script's decimal digits as 0 to 9; what is not seen is not there. */
function plainDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Mn}\p{Me}\u{115F}\u{1160}\u{3164}]/gu, '')
    .replace(/(?![0-9])\p{Nd}/gu, (digit) => String(valueOf(digit.codePointAt(0)!)));
}

/** Unicode keeps the ten digits of a script together, in order, and leaves gaps between scripts (Unicode Standard, 4.6). */
function valueOf(point: number): number {
  let value = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(point - value - 1))) value += 1;
  return value % 10;
}

/** Nothing but the code, with whatever people put between and around digits. Letters that look like digits are meant as such. */
function wholeCode(text: string, digits: number): string[] | null {
  const bare = text.replace(/[\p{P}\p{S}\p{Z}\s]/gu, (mark) => (mark === '|' ? mark : ''));
  if (!/^[\dOoQlI|]+$/.test(bare)) return null;
  const folded = bare.replace(/[OoQ]/g, '0').replace(/[lI|]/g, '1');
  const real = bare.replace(/\D/g, '').length;
  return folded.length === digits && real * 2 > digits ? [folded] : null;
}

/** Codes behind their name go before numbers that only have the right length. */
function codeInText(text: string, digits: number): string[] {
  const found = [...text.matchAll(/\d(?:[ \t\r\n\u00B7.,_-]{0,3}\d)*/g)].map(({ 0: run, index }) => ({ run, index }));
  const runs = found
    .flatMap((one) => inSentence(one, digits))
    .map(({ run, index }) => ({
      number: run.replace(/\D/g, ''),
      whole: /^\d+$/.test(run),
      behindName: named.test(text.slice(Math.max(0, index - 24), index)),
      inWord: /[A-Za-z/]/.test(text[index - 1] ?? ''),
    }));
  const fitting = runs.filter(({ number }) => number.length === digits);
  const once = (some: typeof runs) => [...new Set(some.map(({ number }) => number))];
  const behindName = once(fitting.filter((run) => run.behindName));
  if (behindName.length > 0) return behindName;
  return once(fitting.filter(({ whole, inWord }) => whole && !inWord));
}

/** What is too long for the code may be the code and the next number of the sentence: 0123456789,72小时内有效. */
function inSentence({ run, index }: { run: string; index: number }, digits: number): { run: string; index: number }[] {
  if (run.replace(/\D/g, '').length <= digits) return [{ run, index }];
  return [...run.matchAll(/[^,.\r\n]+/g)].map(({ 0: part, index: at }) => ({ run: part.trimEnd(), index: index + at }));
}

function notFound(text: string, digits: number): string {
  const numbers = text.replace(/\D/g, '').length;
  if (numbers === 0) return `请填写短信里的${digits}位数字。`;
  if (/^[\d\p{P}\p{S}\p{Z}\s]*$/u.test(text)) return `应为${digits}位数字，现在是${numbers}位，请核对后重新填写。`;
  return `没有找到${digits}位数字，请只填短信里的那一个。`;
}
