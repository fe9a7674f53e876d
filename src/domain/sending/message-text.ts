/** Counting, cutting and masking of the short texts that channels and screens show. */

/** GSM 03.40: 70 UTF-16 units in a single message, 67 in each part of a longer one. */
const singleSms = 70;
const smsPart = 67;
const ellipsis = '…';

/** The parts a phone network will carry (and bill) the final text in, 【签名】 included. Surrogate pairs stay together. */
export function smsParts(text: string): string[] {
  const final = text.normalize('NFC').replaceAll('\r\n', '\n');
  if (final.length <= singleSms) return [final];
  const parts: string[] = [];
  for (let start = 0; start < final.length;) {
    let end = Math.min(start + smsPart, final.length);
    if (end < final.length && isHighSurrogate(final.charCodeAt(end - 1))) end -= 1;
    parts.push(final.slice(start, end));
    start = end;
  }
  return parts;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** At most `maxBytes` of UTF-8, cut between characters as a reader sees them, with … where something is left out. */
export function clipUtf8(text: string, maxBytes: number): string {
  return clip(text, maxBytes, (part) => Buffer.byteLength(part, 'utf8'));
}

/** At most `max` code points, the way the WeChat platforms count. */
export function clipCharacters(text: string, max: number): string {
  return clip(text, max, (part) => [...part].length);
}

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

function clip(text: string, max: number, measure: (part: string) => number): string {
  if (measure(text) <= max) return text;
  const room = max - measure(ellipsis);
  if (room < 0) return '';
  let used = 0;
  let end = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    used += measure(segment);
    if (used > room) break;
    end = index + segment.length;
  }
  return text.slice(0, end) + ellipsis;
}

/** The first headline, cut to fit, and how many items there are: 王楼镇统筹推进…等8条. */
export function digestLine(headlines: readonly string[], maxCharacters: number): string {
  const named = headlines.map((headline) => headline.replace(/\s+/g, ' ').trim());
  const first = named.find((headline) => headline !== '');
  if (named.length === 0) return '';
  if (first === undefined) return clipCharacters(`共${named.length}条`, maxCharacters);
  if (named.length === 1) return clipCharacters(first, maxCharacters);
  const tail = `等${named.length}条`;
  return clipCharacters(first, Math.max(maxCharacters - tail.length, 0)) + clipCharacters(tail, maxCharacters);
}
