/** Character-level rules shared by the bulletin readers. */

/** Compatibility forms folded and all white space removed: the form in which two readings are compared. */
export function squash(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, '');
}

/** Compatibility forms folded, white space kept: full-width digits, brackets and colons become ASCII. */
export function fold(text: string): string {
  return text.normalize('NFKC');
}

const DIGITS: Record<string, number> = {
  〇: 0,
  零: 0,
  '○': 0,
  '0': 0,
  O: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const PLACES: Record<string, number> = { 十: 10, 百: 100, 千: 1000 };

/** Character class of numerals that `readNumeral` understands, for use inside a regular expression. */
export const CHINESE_NUMERAL = '〇零○O一二两三四五六七八九十百千';

/** Reads '14', '十四', '一百二十', or digit by digit '二〇二五'; null when it is no number. */
export function readNumeral(text: string): number | null {
  const plain = text.replace(/\s+/gu, '');
  if (/^\d+$/.test(plain)) return Number(plain);
  if (!plain || [...plain].some((char) => !(char in DIGITS) && !(char in PLACES))) return null;
  if (![...plain].some((char) => char in PLACES)) return Number([...plain].map((char) => DIGITS[char]).join(''));
  let total = 0;
  let digit = 0;
  for (const char of plain) {
    const place = PLACES[char];
    if (place === undefined) digit = DIGITS[char] ?? 0;
    else {
      total += (digit || 1) * place;
      digit = 0;
    }
  }
  return total + digit;
}

/** Closes letter-spaced text (运 行 月 报): every blank goes when all pieces between blanks are single characters. */
export function closeSpacing(text: string): string {
  const pieces = text.trim().split(/\s+/u);
  return pieces.length > 1 && pieces.every((piece) => [...piece].length === 1) ? pieces.join('') : text.trim();
}

const OLD_FORMS: Record<string, string> = Object.fromEntries(
  '發发總总責责編编輯辑審审簽签報报縣县員员務务辦办處处組组領领導导區区鄉乡鎮镇農农業业監监環环營营優优錄录讀读內内單单據据訊讯資资產产聯联繫系電电話话號号達达閱阅錢钱會会黨党團团長长書书記记'
    .match(/../gu)
    ?.map((pair) => [pair.charAt(0), pair.charAt(1)]) ?? [],
);

/** The words of the form in the present script, character for character: labels are looked for in this. */
export function simplified(text: string): string {
  return /[發總責編輯審簽報縣錄號]/u.test(text)
    ? text.replace(/\p{Script=Han}/gu, (char) => OLD_FORMS[char] ?? char)
    : text;
}

/** The cells of a laid-out line: parts set apart by a tab, an ideographic space, two blanks or an upright stroke. */
export function cells(text: string): string[] {
  return text
    .split(/\t+|\s*\u3000\s*|\s{2,}|\s*[|｜丨│]\s*/u)
    .map((cell) => cell.trim())
    .filter(Boolean);
}

const HAN = /\p{Script=Han}/u;
export function isHan(char: string | undefined): boolean {
  return char !== undefined && HAN.test(char);
}

export function fullWidthBrackets(text: string): string {
  return text.replaceAll('(', '（').replaceAll(')', '）');
}

/** What goes between two halves: two Latin words keep a blank. */
export function joint(before: string, after: string): string {
  return /[A-Za-z]$/.test(before) && /^[A-Za-z]/.test(after) ? ' ' : '';
}
