import { readCredit } from './attribution.js';
import { closeSpacing, squash } from './glyphs.js';
import { isHeadlineLine, numbering } from './headline.js';
import type { SourceLine } from './lines.js';
import { isUnitName } from './units.js';

/** What a body line is by its own form, before its neighbours are looked at. */
export type LineKind =
  | { kind: 'section'; name: string; guessed: boolean }
  | { kind: 'bullet'; text: string }
  | { kind: 'tag'; unit: string; text: string }
  | { kind: 'credit' }
  | { kind: 'outline' }
  | { kind: 'row' }
  | { kind: 'text' };

const ORNAMENT = '[■◆★▲◇○●▪►➢◎□※☆≡＝=*＊◈▼·\\s]*';
const BRACKETED = new RegExp(
  `^${ORNAMENT}[【〖［\\[「『]\\s*([^【】〖〗［］\\[\\]「」『』]{1,30}?)\\s*[】〗］\\]」』]${ORNAMENT}$`,
  'u',
);
const FRAMED = /^([≡★☆◆■◇▲※＊*]{1,4})\s*([^\s，。；：≡★☆◆■]{2,16})\s*\1$/u;
const TAG = /^[【〖［]\s*([^【】〖〗［］]{2,20})\s*[】〗］]\s*(\S.*)$/u;
const BULLET = /^[●■◆★▲◇○▪►➢◎□☆※•]\s*(\S.*)$/u;
const BULLET_SECTION_LENGTH = 8;

/** The name of a section heading: 【用地保障】 alone on its line, or a name framed by ornaments. */
export function sectionName(text: string): string | null {
  if (text.length > 60) return null;
  const name = BRACKETED.exec(text)?.[1] ?? FRAMED.exec(text)?.[2];
  return name === undefined || !/\p{L}/u.test(name) ? null : closeSpacing(name);
}

/** 一、综合运行情况: a short numbered line without a sentence in it. Whether it is a section depends on the whole text. */
export function numberedHeading(text: string): string | null {
  const match = /^([一二三四五六七八九十]{1,3})[、．.]\s*(\S.*)$/u.exec(text);
  const name = match?.[2];
  return name !== undefined && name.length <= 30 && isHeadlineLine(name) ? closeSpacing(name) : null;
}

/** `numberedSections`: the text uses 一、二、三、 as its sections. */
export function lineKind(line: SourceLine, numberedSections: boolean): LineKind {
  const { text } = line;
  const section = sectionName(text);
  if (section !== null) return { kind: 'section', name: section, guessed: false };
  const numbered = numberedSections ? numberedHeading(text) : null;
  if (numbered !== null) return { kind: 'section', name: numbered, guessed: false };
  const tag = TAG.exec(text);
  const unit = closeSpacing(tag?.[1] ?? '');
  if (tag && isUnitName(unit)) return { kind: 'tag', unit, text: tag[2] ?? '' };
  const bullet = BULLET.exec(text)?.[1];
  if (bullet !== undefined && bullet.length <= BULLET_SECTION_LENGTH && isHeadlineLine(bullet))
    return { kind: 'section', name: bullet, guessed: true };
  if (bullet !== undefined) return { kind: 'bullet', text: bullet };
  if (isCredit(text)) return { kind: 'credit' };
  if (text.includes('\t') || text.split(/\s{2,}/u).length > 3) return { kind: 'row' };
  return numbering(text) ? { kind: 'outline' } : { kind: 'text' };
}

function isCredit(text: string): boolean {
  const content =
    /^[（(](.{2,80})[）)]$/u.exec(text)?.[1] ?? (/^(?:供稿|来稿|报送)(?:单位)?\s*[：:]/u.test(text) ? text : null);
  return content !== null && content.length <= 80 && readCredit(content) !== null;
}

/** A paragraph that never begins an item: a list of attachments or a note under the item before it. */
export function isAddendum(text: string): boolean {
  return /^(?:附件?\s*\d*\s*[：:]|附件\s*\d*$|注\s*[：:]|备注\s*[：:])/u.test(text);
}

/** 一、二、三、 are sections only where no 【】 is used and no free-standing article title stands before the first of them. */
export function usesNumberedSections(lines: readonly SourceLine[]): boolean {
  if (lines.some((line) => sectionName(line.text) !== null)) return false;
  const first = lines.findIndex((line) => numberedHeading(line.text) !== null);
  if (first < 0 || !/^一/u.test(squash(lines[first]?.text ?? ''))) return false;
  const second = lines.slice(first + 1).some((line) => /^二/u.test(line.text) && numberedHeading(line.text) !== null);
  const titled = lines
    .slice(0, first)
    .some((line) => isHeadlineLine(line.text) && lineKind(line, false).kind === 'text');
  return second && !titled;
}
