/**
 * Texts that look the same are the same. What is shown stays as it was typed, without what nobody sees; what is compared is
 * folded further.
 */

/**
 * What is never drawn: Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties: zero widths, direction marks, soft
 * hyphen, variation selectors, tags, fillers), other format characters, and controls except those that part words.
 */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}]|(?![\t\n\v\f\r\u0085])\p{Cc}/gu;

/** The text without what nobody sees. */
export const visible = (text: string): string => text.replace(unseen, '');

/** As keyboards, fonts and converters give it. */
const middleDots = /[\u0387\u16eb\u2022\u2024\u2027\u2219\u22c5\u25cf\u2981\u2e31\u2e33\u30fb\ua78f\u{10101}]/gu;
/** 阿依.买买提 is typed where no middle dot is found. */
const dotInName = /(?<=\p{sc=Han})\.(?=\p{sc=Han})/gu;
const dashes = /[\p{Pd}\u00af\u2212\u2500\u2501\u30fc]+/gu;
const quotes = /['\u2018-\u201f\u2032\u2033\u301d-\u301f`\u00b4]/gu;

/** Most names are nothing but these, and are their own key. */
const plain = /^[\u4e00-\u9fff]*$/;

/** The form under which names of units, posts, groups and people are compared: without blanks, widths and look-alikes folded. */
export function sameKey(text: string): string {
  if (plain.test(text)) return text;
  return visible(visible(text).normalize('NFKC'))
    .replace(/[\s\u0085]+/gu, '')
    .replace(middleDots, '·')
    .replace(dotInName, '·')
    .replace(dashes, '-')
    .replace(quotes, '"')
    .replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

export const isSame = (a: string, b: string): boolean => a === b || sameKey(a) === sameKey(b);

/** The spelling that came first of each text that looks the same. */
export class Spellings {
  private readonly known = new Map<string, string>();
  private readonly exact = new Set<string>();

  constructor(texts: Iterable<string> = []) {
    for (const text of texts) this.add(text, sameKey(text));
  }

  private add(text: string, key: string): void {
    if (!this.known.has(key)) this.known.set(key, text);
    this.exact.add(text);
  }

  has(text: string): boolean {
    return this.exact.has(text) || this.known.has(sameKey(text));
  }

  /** A text that is known as it stands keeps its own spelling: two units may have been told apart before. */
  of(text: string): string {
    if (this.exact.has(text)) return text;
    const key = sameKey(text);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.add(text, key);
    return text;
  }
}
