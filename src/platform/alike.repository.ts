import { Injectable } from '@nestjs/common';
import { sameKey } from '../domain/text/same-text.js';
import { Prisma } from '../generated/prisma/client.js';
import { Database } from './database.js';

/**
 * Names that look the same are the same (domain/text/same-text.ts), by a rule that the database does not know. A name of nothing but
 * Chinese characters is its own key: those the database compares, and hands over all others for the program to compare.
 */
const isOdd = (name: Prisma.Sql): Prisma.Sql => Prisma.sql`${name} !~ '^[\u4e00-\u9fff]*$'`;

/** True of every name that looks the same as one of `texts`, and of some others: the program decides. */
export const mayBeOneOf = (name: Prisma.Sql, texts: readonly string[]): Prisma.Sql =>
  Prisma.sql`(${name} = ANY(${[...new Set(texts.map(sameKey))]}::text[]) OR ${isOdd(name)})`;

/** True of every name that contains what looks the same as one of `texts`, and of some others. */
export const mayContainOneOf = (name: Prisma.Sql, texts: readonly string[]): Prisma.Sql =>
  texts.length === 0
    ? Prisma.sql`false`
    : Prisma.sql`(${name} LIKE ANY(${texts.map((text) => likeText(sameKey(text)))}::text[]) OR ${isOdd(name)})`;

export const likeText = (text: string): string => `%${likeEscaped(text)}%`;

export const likeEscaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** What is called so that its name contains a text, as far as the database cannot tell by itself. */
export interface OddlyNamed {
  units: string[];
  /** By their title, or by the unit's name and the title. */
  posts: string[];
  people: string[];
}

type Row = { kind: keyof OddlyNamed; id: string; name: string };

@Injectable()
export class AlikeRepository {
  constructor(private readonly database: Database) {}

  /** Beside the rows of which a LIKE with `likeText(sameKey(text))` is true. */
  async oddlyNamed(text: string): Promise<OddlyNamed> {
    const key = sameKey(text);
    const rows = await this.database.prisma.$queryRaw<Row[]>`
      SELECT * FROM (
        SELECT 'units' AS kind, id, name FROM unit
        UNION ALL SELECT 'units', unit_id, name FROM former_name WHERE unit_id IS NOT NULL
        UNION ALL SELECT 'posts', p.id, u.name || p.title FROM post p JOIN unit u ON u.id = p.unit_id
        UNION ALL SELECT 'posts', post_id, name FROM former_name WHERE post_id IS NOT NULL
        UNION ALL SELECT 'people', id, name FROM person
      ) named WHERE ${isOdd(Prisma.sql`name`)}`;
    const found: OddlyNamed = { units: [], posts: [], people: [] };
    for (const { kind, id, name } of rows) if (sameKey(name).includes(key)) found[kind].push(id);
    return found;
  }
}
