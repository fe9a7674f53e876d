import { z } from 'zod';
import { DomainError } from '../domain/errors/errors.js';

/** How a list is asked for in pages: the cursor of one answer's `next` brings the page after it. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100).describe('每页条数，最多500'),
  cursor: z.string().max(300).optional().describe('上一页返回的 next'),
});

export interface Page<T> {
  items: T[];
  /** Null on the last page. */
  next: string | null;
}

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable().describe('下一页的 cursor；最后一页为 null') });

type Key = readonly (string | number)[];

/** Opaque to the caller, so that the order may change without breaking anybody. */
export const cursorOf = (key: Key): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** @param shape of the key. @throws DomainError api.badCursor */
export function readCursor<T extends Key>(cursor: string | undefined, shape: z.ZodType<T>): T | null {
  if (cursor === undefined) return null;
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new DomainError('api.badCursor');
  }
}

/** @param rows up to `limit` + 1 of them; the one too many only says that there is more */
export function onePage<T>(rows: readonly T[], limit: number, key: (row: T) => Key): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? cursorOf(key(last)) : null };
}
