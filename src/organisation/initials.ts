import { pinyin } from 'pinyin-pro';

/**
 * Pinyin initials of a person's name in lower case, for searching: 曾国藩 is zgf. The head is read as a surname, so that
 * 单 is shan and 万俟 mo qi. What is not Chinese stands as it is.
 */
export function initialsOf(name: string): string {
  return pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', surname: 'head' })
    .join('')
    .toLowerCase()
    .replace(/\s/g, '');
}
