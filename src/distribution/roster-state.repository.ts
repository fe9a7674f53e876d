import { Injectable } from '@nestjs/common';
import {
  addressKinds,
  type AddressOwner,
  type Addresses,
  type RosterState,
  type StoredSeat,
} from '../domain/roster-state.js';
import { Database } from '../platform/database.js';
import { RosterOthersRepository } from './roster-others.repository.js';

/** What a file speaks of, besides posts. */
export interface StateAsked {
  /** Look-up hashes of every address in it. */
  hashes: readonly string[];
  /** Of liaison officers. */
  names: readonly string[];
  /** Closed posts that an import before has opened again, for a day up to the one asked for. */
  reopening: readonly string[];
}

const nothingAsked: StateAsked = { hashes: [], names: [], reopening: [] };

interface SeatRow extends Omit<StoredSeat, 'holder'> {
  tenureId: string | null;
  personId: string | null;
  personName: string | null;
  acting: boolean | null;
  startsOn: string | null;
}

/** One row a person, not one an address: fewer objects where there are 50,000 of them. */
type ContactRow = { personId: string } & Record<'sms' | 'email' | 'wecom', string | null> &
  Record<'smsMasked' | 'emailMasked' | 'wecomMasked', string | null>;

/** The list as it stands on a day, for comparing a file with it: a handful of queries, however long it is. */
@Injectable()
export class RosterStateRepository {
  constructor(
    private readonly database: Database,
    private readonly others: RosterOthersRepository,
  ) {}

  async load(day: string, { hashes, names, reopening }: StateAsked = nothingAsked): Promise<RosterState> {
    const rows = await this.seats(day, reopening);
    const addresses = await this.addressesOfHolders(day);
    const seats = rows.map(({ tenureId, personId, personName, acting, startsOn, ...seat }) => ({
      ...seat,
      holder:
        tenureId !== null && personId !== null
          ? {
              tenureId,
              personId,
              name: personName!,
              acting: acting!,
              startsOn: startsOn!,
              addresses: addresses.get(personId) ?? none,
            }
          : null,
    }));
    return {
      seats,
      closed: await this.closed(day, reopening),
      others: await this.others.tenures(day),
      officers: await this.others.officers(day),
      namesakes: await this.others.namesakes(day, names),
      units: await this.units(),
      groups: await this.groups(),
      owners: await this.ownersOf(seats, day, hashes),
    };
  }

  /** Holders are known with their addresses; only of the rest the database is asked. */
  private async ownersOf(
    seats: readonly StoredSeat[],
    day: string,
    hashes: readonly string[],
  ): Promise<Map<string, AddressOwner>> {
    const holders = new Map<string, AddressOwner>();
    for (const { unit, title, holder } of seats) {
      if (!holder) continue;
      const owner = { personId: holder.personId, name: holder.name, holds: `${unit} ${title} ` };
      for (const kind of addressKinds) {
        const address = holder.addresses[kind];
        if (address && !holders.has(address.hash)) holders.set(address.hash, { ...owner, kind });
      }
    }
    const owners = await this.owners(
      day,
      hashes.filter((hash) => !holders.has(hash)),
    );
    for (const hash of hashes) if (holders.has(hash)) owners.set(hash, holders.get(hash)!);
    return owners;
  }

  /** Sealed addresses of today's holders and liaison officers, by person and kind: `id sms`. */
  async sealedAddresses(day: string): Promise<Map<string, string>> {
    const rows = await this.database.prisma.$queryRaw<{ key: string; sealed: string }[]>`
      SELECT c.person_id || ' ' || c.kind AS key, c.sealed FROM contact c
      WHERE EXISTS (SELECT 1 FROM tenure t WHERE t.person_id = c.person_id AND t.starts_on <= ${day}::date
                    AND (t.ends_on IS NULL OR t.ends_on > ${day}::date))
         OR EXISTS (SELECT 1 FROM liaison l WHERE l.person_id = c.person_id AND l.starts_on <= ${day}::date
                    AND (l.ends_on IS NULL OR l.ends_on > ${day}::date))`;
    return new Map(rows.map(({ key, sealed }) => [key, sealed]));
  }

  private async seats(day: string, reopening: readonly string[]): Promise<SeatRow[]> {
    return this.database.prisma.$queryRaw<SeatRow[]>`
      WITH held AS (
        SELECT DISTINCT ON (t.post_id) t.post_id, t.id, t.person_id, t.acting, t.starts_on
        FROM tenure t
        WHERE t.starts_on <= ${day}::date AND (t.ends_on IS NULL OR t.ends_on > ${day}::date)
        ORDER BY t.post_id, t.acting, t.starts_on DESC
      ), later AS (
        SELECT t.post_id, min(t.starts_on) AS starts_on FROM tenure t
        WHERE t.starts_on > ${day}::date AND NOT t.acting AND (t.ends_on IS NULL OR t.ends_on > t.starts_on)
        GROUP BY t.post_id
      ), listed AS (
        SELECT m.post_id, array_agg(g.name ORDER BY g.sort_order, g.name) AS names
        FROM group_member m JOIN recipient_group g ON g.id = m.group_id
        WHERE m.starts_on <= ${day}::date AND (m.ends_on IS NULL OR m.ends_on > ${day}::date)
        GROUP BY m.post_id
      )
      SELECT p.id AS "postId", u.id AS "unitId", u.name AS unit, u.kind AS "unitKind", p.title, p.seat, p.kind,
             p.protocol_order AS "order", p.level, p.tags, COALESCE(listed.names, '{}') AS groups,
             held.id AS "tenureId", held.person_id AS "personId", person.name AS "personName", held.acting,
             held.starts_on::text AS "startsOn", later.starts_on::text AS "nextStartsOn"
      FROM post p
      JOIN unit u ON u.id = p.unit_id
      LEFT JOIN held ON held.post_id = p.id
      LEFT JOIN person ON person.id = held.person_id
      LEFT JOIN later ON later.post_id = p.id
      LEFT JOIN listed ON listed.post_id = p.id
      WHERE p.closed_on IS NULL OR p.closed_on > ${day}::date OR p.id = ANY(${[...reopening]}::uuid[])
      ORDER BY p.protocol_order, p.id`;
  }

  private async addressesOfHolders(day: string): Promise<Map<string, Addresses>> {
    const rows = await this.database.prisma.$queryRaw<ContactRow[]>`
      SELECT c.person_id AS "personId",
             max(c.lookup_hash) FILTER (WHERE c.kind = 'sms') AS sms, max(c.masked) FILTER (WHERE c.kind = 'sms') AS "smsMasked",
             max(c.lookup_hash) FILTER (WHERE c.kind = 'email') AS email, max(c.masked) FILTER (WHERE c.kind = 'email') AS "emailMasked",
             max(c.lookup_hash) FILTER (WHERE c.kind = 'wecom') AS wecom, max(c.masked) FILTER (WHERE c.kind = 'wecom') AS "wecomMasked"
      FROM contact c
      WHERE EXISTS (SELECT 1 FROM tenure t WHERE t.person_id = c.person_id AND t.starts_on <= ${day}::date
                    AND (t.ends_on IS NULL OR t.ends_on > ${day}::date))
      GROUP BY c.person_id`;
    const known = (hash: string | null, masked: string | null) =>
      hash === null || masked === null ? null : { hash, masked };
    return new Map(
      rows.map((row) => [
        row.personId,
        {
          sms: known(row.sms, row.smsMasked),
          email: known(row.email, row.emailMasked),
          wecom: known(row.wecom, row.wecomMasked),
        },
      ]),
    );
  }

  private async owners(day: string, hashes: readonly string[]): Promise<Map<string, AddressOwner>> {
    const rows = await this.database.prisma.$queryRaw<(AddressOwner & { hash: string })[]>`
      WITH owned AS (
        SELECT c.lookup_hash AS hash, c.kind, c.person_id FROM unnest(${[...hashes]}::text[]) AS wanted(hash)
        JOIN contact c ON c.lookup_hash = wanted.hash
      ), holding AS (
        SELECT DISTINCT ON (t.person_id) t.person_id, u.name || ' ' || p.title || ' ' AS text
        FROM tenure t JOIN post p ON p.id = t.post_id JOIN unit u ON u.id = p.unit_id
        WHERE t.person_id IN (SELECT person_id FROM owned)
          AND t.starts_on <= ${day}::date AND (t.ends_on IS NULL OR t.ends_on > ${day}::date)
          AND (p.closed_on IS NULL OR p.closed_on > ${day}::date)
        ORDER BY t.person_id, p.protocol_order
      ), officers AS (
        SELECT DISTINCT l.person_id FROM liaison l
        WHERE l.starts_on <= ${day}::date AND (l.ends_on IS NULL OR l.ends_on > ${day}::date)
      )
      SELECT o.hash, o.kind, o.person_id AS "personId", person.name,
             COALESCE(holding.text, CASE WHEN officers.person_id IS NOT NULL THEN '联络员' END) AS holds
      FROM owned o
      JOIN person ON person.id = o.person_id
      LEFT JOIN holding ON holding.person_id = o.person_id
      LEFT JOIN officers ON officers.person_id = o.person_id`;
    return new Map(rows.map(({ hash, ...owner }) => [hash, owner]));
  }

  private async closed(day: string, reopening: readonly string[]): Promise<RosterState['closed']> {
    return this.database.prisma.$queryRaw<RosterState['closed'][number][]>`
      SELECT p.id AS "postId", u.name AS unit, p.title, p.seat FROM post p JOIN unit u ON u.id = p.unit_id
      WHERE p.closed_on <= ${day}::date AND NOT p.id = ANY(${[...reopening]}::uuid[]) ORDER BY p.id`;
  }

  private async units(): Promise<RosterState['units']> {
    return this.database.prisma.$queryRaw<RosterState['units'][number][]>`
      SELECT id, name, kind, closed_on IS NOT NULL AS closed FROM unit ORDER BY id`;
  }

  private async groups(): Promise<RosterState['groups']> {
    const select = { id: true, name: true, aliases: { select: { text: true } } };
    const rows = await this.database.prisma.group.findMany({ select, orderBy: { id: 'asc' } });
    return rows.map(({ aliases, ...group }) => ({ ...group, aliases: aliases.map(({ text }) => text) }));
  }
}

const none: Addresses = { sms: null, email: null, wecom: null };
