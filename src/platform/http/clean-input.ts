import { DomainError } from '../../domain/errors/errors.js';
import { isStorable, storableText } from '../../domain/text/storable-text.js';

/** Deeper than any form of ours, and far from what a call stack bears. */
const deepest = 20;

/**
 * What came in, with every text in it storable: `drop` leaves out the characters that no database keeps, as for what a
 * person typed or pasted; `refuse` is for programs, which must learn that they sent something else than they meant.
 *
 * @param field name for the fault, e.g. `people.3.name`
 * @throws DomainError http.badInput for such a character in `refuse`, and for what is nested too deep
 */
export function cleanInput(value: unknown, how: 'drop' | 'refuse', field = '', depth = 0): unknown {
  if (typeof value === 'string') return cleanText(value, how, field);
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
  if (depth >= deepest) throw new DomainError('http.badInput', { reason: '内容嵌套过深' });
  if (Array.isArray(value))
    return value.map((member, i) => cleanInput(member, how, within(field, String(i)), depth + 1));
  const cleaned: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const kept = cleanText(name, how, field);
    if (kept === '__proto__') continue;
    cleaned[kept] = cleanInput(member, how, within(field, kept), depth + 1);
  }
  return cleaned;
}

const within = (field: string, name: string): string => (field === '' ? name : `${field}.${name}`);

function cleanText(text: string, how: 'drop' | 'refuse', field: string): string {
  if (how === 'drop' || isStorable(text)) return storableText(text);
  const message = '含有无法保存的字符（如 U+0000 或不完整的 UTF-16 代理对）。';
  throw new DomainError('http.badInput', { fields: [{ field: isStorable(field) ? field : '', message }] });
}
