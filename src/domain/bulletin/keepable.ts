import { statedLevel } from './classification.js';
import { parseBulletin } from './parse.js';

/** A text of one line has no head of a bulletin. */
const shortest = 40;

/**
 * Whether a text may be kept outside an issue, as a draft: no line of it states a level of secrecy, and it is no bulletin
 * that an import would refuse. Stricter than the import, which looks at the head alone: of a draft nobody knows where it
 * will stand.
 */
export function mayBeKept(text: string): boolean {
  if (!/[绝絕机機秘祕㊙]/u.test(text.normalize('NFKC')) && !/㊙/u.test(text)) return true;
  if (text.split('\n').some((line) => statedLevel(line) !== null)) return false;
  return text.length < shortest || parseBulletin(Buffer.from(text, 'utf8')).kind !== 'classified';
}
