import { createHash } from 'node:crypto';

/** Batch pushes of the vendors, parsed JSON of any shape. A push is answered as a whole, so one odd row must not cost the others. */

/** A row that cannot be read, as an operator may see it: numbers and what people wrote are not in it. */
export interface OddRow {
  problem: string;
  row: string;
}

export interface Push<Row> {
  rows: Row[];
  odd: OddRow[];
}

export type Fields = Readonly<Record<string, unknown>>;

/** Above what any vendor pushes at once. */
const mostRows = 1000;

/**
 * @param read one row: what it says, null for another system's, or a sentence of what is wrong with it
 * @returns null for a body that is no list of rows
 */
export function readPush<Row extends object>(
  body: unknown,
  read: (fields: Fields) => Row | null | string,
): Push<Row> | null {
  if (!Array.isArray(body) || body.length > mostRows) return null;
  const push: Push<Row> = { rows: [], odd: [] };
  for (const row of body as unknown[]) {
    const fields = typeof row === 'object' && row !== null && !Array.isArray(row) ? (row as Fields) : null;
    const result = fields ? read(fields) : '不是一个对象';
    if (typeof result === 'string') push.odd.push({ problem: result, row: shown(row) });
    else if (result) push.rows.push(result);
  }
  return push;
}

/** Some vendors push a single row without a list around it. */
export const asList = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? [body] : body;

/** By version vendors write numbers as texts and texts as numbers. Undefined for what is neither, or longer than any of theirs. */
export function textOf(value: unknown, longest = 255): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string' || value.length > longest) return undefined;
  return value.replace(/\p{Cc}/gu, '').trim();
}

/** A number that was sent to; empty for what is none. */
export function digitsOf(value: unknown): string {
  const text = textOf(value, 30) ?? '';
  return /^\d{1,25}$/.test(text) ? text : '';
}

function shown(row: unknown): string {
  const text = JSON.stringify(row, (key, value: unknown) => (/content|text/i.test(key) ? '…' : value)) ?? '';
  return text
    .slice(0, 2000)
    .replace(/\d{7,}/g, (digits) => `${digits.slice(0, 3)}****`)
    .slice(0, 500);
}

/** Stands in for the number the vendor should have given what it pushes: the same pushed again is the same. */
export function digestOf(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}
