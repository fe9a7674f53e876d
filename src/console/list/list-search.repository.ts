import { Injectable } from '@nestjs/common';
import { sameKey, visible } from '../../domain/text/same-text.js';
import { Prisma } from '../../generated/prisma/client.js';
import { AlikeRepository, likeEscaped, likeText, type OddlyNamed } from '../../platform/alike.repository.js';
import { Vault } from '../../platform/crypto.js';

/** What the one search box was asked for, read in every way that it may be meant. */
export interface ListSearch {
  /** As it was typed; empty when nothing is asked for. */
  text: string;
  /** Pattern for names of plain Chinese characters. */
  like: string;
  /** What else is called so. */
  odd: OddlyNamed;
  /** Beginning of the pinyin initials of a name. */
  initials: string | null;
  /** Last two to four digits of a mobile number. */
  digits: string | null;
  /** Keyed hashes of the text as a whole address. */
  hashes: readonly string[];
}

const longest = 50;

@Injectable()
export class ListSearches {
  constructor(
    private readonly names: AlikeRepository,
    private readonly vault: Vault,
  ) {}

  async read(typed: string | undefined): Promise<ListSearch> {
    const text = visible(typed ?? '')
      .trim()
      .slice(0, longest);
    const odd = text === '' ? { units: [], posts: [], people: [] } : await this.names.oddlyNamed(text);
    return { text, like: likeText(sameKey(text)), odd, ...otherWays(text, this.vault) };
  }
}

function otherWays(text: string, vault: Vault): Pick<ListSearch, 'initials' | 'digits' | 'hashes'> {
  const folded = text.normalize('NFKC').replace(/[\s-]/g, '');
  const address = /^1\d{10}$/.test(folded)
    ? [vault.lookupHash('sms', folded)]
    : folded.includes('@')
      ? [vault.lookupHash('email', folded)]
      : [];
  return {
    initials: /^[a-z·]{1,20}$/i.test(folded) ? folded.toLowerCase() : null,
    digits: /^\d{2,10}$/.test(folded) ? folded.slice(-4) : null,
    hashes: /^[A-Za-z0-9_.@-]{2,64}$/.test(folded) ? [...address, vault.lookupHash('wecom', folded)] : address,
  };
}

/** A query of the ids of people who match. */
export function peopleFound({ like, odd, initials, digits, hashes }: ListSearch): Prisma.Sql {
  const ways = [Prisma.sql`SELECT id FROM person WHERE name LIKE ${like} OR id = ANY(${odd.people}::uuid[])`];
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
