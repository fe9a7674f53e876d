import { visible } from '../domain/same-text.js';
import type { Vault } from '../platform/crypto.js';
import { Prisma } from '../generated/prisma/client.js';

/** What the one search box was asked for, read in every way that it may be meant. */
export interface ListSearch {
  text: string;
  /** Beginning of the pinyin initials of a name. */
  initials: string | null;
  /** Last two to four digits of a mobile number. */
  digits: string | null;
  /** Keyed hashes of the text as a whole address. */
  hashes: readonly string[];
}

const longest = 50;

export function listSearch(typed: string | undefined, vault: Vault): ListSearch {
  const text = visible(typed ?? '')
    .trim()
    .slice(0, longest);
  const folded = text.normalize('NFKC').replace(/[\s-]/g, '');
  const address = /^1\d{10}$/.test(folded)
    ? [vault.lookupHash('sms', folded)]
    : folded.includes('@')
      ? [vault.lookupHash('email', folded)]
      : [];
  return {
    text,
    initials: /^[a-z·]{1,20}$/i.test(folded) ? folded.toLowerCase() : null,
    digits: /^\d{2,10}$/.test(folded) ? folded.slice(-4) : null,
    hashes: /^[A-Za-z0-9_.@-]{2,64}$/.test(folded) ? [...address, vault.lookupHash('wecom', folded)] : address,
  };
}

export const likeText = (text: string): string => `%${likeEscaped(text)}%`;

const likeEscaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** A query of the ids of people who match. */
export function peopleFound({ text, initials, digits, hashes }: ListSearch): Prisma.Sql {
  const ways = [Prisma.sql`SELECT id FROM person WHERE name LIKE ${likeText(text)}`];
  if (initials !== null)
    ways.push(Prisma.sql`SELECT id FROM person WHERE initials LIKE ${`${likeEscaped(initials)}%`}`);
  if (digits !== null)
    ways.push(
      digits.length === 4
        ? Prisma.sql`SELECT person_id FROM contact WHERE kind = 'sms' AND right(masked, 4) = ${digits}`
        : Prisma.sql`SELECT person_id FROM contact WHERE kind = 'sms' AND right(masked, 4) LIKE ${`%${digits}`}`,
    );
  if (hashes.length > 0) ways.push(Prisma.sql`SELECT person_id FROM contact WHERE lookup_hash = ANY(${[...hashes]})`);
  return Prisma.join(ways, ' UNION ');
}
