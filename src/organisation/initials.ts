import { createRequire } from 'node:module';
import type { pinyin } from 'pinyin-pro';

let reader: typeof pinyin | undefined;

/** Its dictionary takes 17 MB, which a process that only sends never needs. */
const readerOfNames = (): typeof pinyin =>
  (reader ??= (createRequire(import.meta.url)('pinyin-pro') as { pinyin: typeof pinyin }).pinyin);

/**
 * Pinyin initials of a person's name in lower case, for searching: 曾国藩 is zgf. The head is read as a surname, so that
 * 单 is shan and 万俟 mo qi. What is not Chinese stands as it is.
 */
export function initialsOf(name: string): string {
  return readerOfNames()(name, { pattern: 'first', toneType: 'none', type: 'array', surname: 'head' })
    .join('')
    .toLowerCase()
    .replace(/\s/g, '');
}
