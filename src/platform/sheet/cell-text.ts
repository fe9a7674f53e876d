/** What a cell says, as text; and why it says nothing that can be relied on. */

/** As spreadsheets show errors, in English and Chinese; as LibreOffice does; and a column too narrow for its number. */
const errors = /^#(?:N\/?A!?|DIV\/0!?|[A-Z\p{Script=Han}]+[!?]|GETTING[_ ]DATA|正在获取数据|#+)$|^(?:ERR|错误):\d{3}$/u;

export const isErrorText = (text: string): boolean =>
  text.length <= 40 && /^[#＃EeＥ错]/.test(text) && errors.test(text.normalize('NFKC').toUpperCase());

/**
 * NUL and halves of a character, which a database refuses, what a decoder puts where it knew no character, and code points that
 * are none (Unicode 23.7).
 */
const noText = /[\0\ufdd0-\ufdef\ufffd-\uffff]|\p{Surrogate}/u;
/** Other controls, blanks apart, say nothing: the end of a DOS file, a terminal's bell. */
// eslint-disable-next-line no-control-regex
const controls = /[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]/g;

/** The text as a cell shows it. */
export const trimmed = (content: string): string => content.replace(controls, '').trim();

export const hasNoText = (text: string): boolean => noText.test(text);

/** What is no character is shown as such, so that a person finds it. */
export const withMarks = (text: string): string => text.replace(new RegExp(noText, 'gu'), '\uFFFD');

/** Nothing that a person would see. */
export const isBlank = (text: string): boolean => /^[\s\p{Cf}]*$/u.test(text);

/** Characters that XML cannot hold are written as `_x0000_`, and an underline in front of such a text as `_x005F_` (ECMA-376 part 1, 22.9.2.19). */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text;

const scientific = /^(-?)(\d+)(?:\.(\d*))?[eE]([+-]?\d{1,3})$/;
/** From here on a rounded value may be meant, and is left for a person to look at. */
const roundedFrom = 1e9;

/**
 * A number without exponent and without zeros behind its point, all digits kept. A large one of less than six digits
 * (1.54E+10) stays as it is: it may be what a screen had rounded.
 */
export function plainNumber(text: string): string {
  const [, sign = '', whole = '', decimals = '', exponent] = scientific.exec(text) ?? [];
  if (exponent === undefined) return text.replace(/^(-?\d+)\.0+$/, '$1');
  const value = Number(text);
  const digits = (whole + decimals).replace(/^0+|0+$/g, '');
  const rounded = Math.abs(value) >= roundedFrom && digits.length < 6;
  if (!Number.isSafeInteger(value) || rounded) return text;
  const places = Number(exponent) - decimals.length;
  const all = whole + decimals;
  const exact = places >= 0 ? all + '0'.repeat(places) : all.slice(0, places);
  return sign + (exact.replace(/^0+(?=\d)/, '') || '0');
}

/** Days from 1970-01-01 back to the day before serial 1, for serials from 1 March 1900 on; and to serial 0 of 1904. */
const epochs = { 1900: 25_569, 1904: 24_107 } as const;
/** Serial of the 29 February 1900 that never was (ECMA-376 part 1, 18.17.4.1). */
const noSuchDay = 60;
const lastYear = 2199;

/**
 * A serial number as a date, `yyyy-mm-dd`.
 *
 * @returns null where no date can be meant: a telephone number, a year, a post code in a cell that has a date's format
 */
export function serialDate(serial: number, from1904: boolean): string | null {
  const day = Math.floor(serial);
  if (!(day >= 1) || day > 200_000) return null;
  const shifted = !from1904 && day < noSuchDay ? day + 1 : day;
  if (!from1904 && day === noSuchDay) return null;
  const date = new Date((shifted - epochs[from1904 ? 1904 : 1900]) * 86_400_000);
  return date.getUTCFullYear() > lastYear ? null : date.toISOString().slice(0, 10);
}
