import { Injectable } from '@nestjs/common';
import {
  addressKinds,
  type AddressOwner,
  type Addresses,
  type ClosedPost,
  type SeatMark,
  type StoredList,
  type StoredOfficer,
  type StoredSeat,
} from '../../domain/list-file/roster-state.js';
import { sameKey } from '../../domain/text/same-text.js';
import { Prisma } from '../../generated/prisma/client.js';
import { mayBeOneOf } from '../../platform/alike.repository.js';
import { Database } from '../../platform/database.js';
import { RosterOthersRepository } from './roster-others.repository.js';

interface SeatRow extends Omit<StoredSeat, 'holder'> {
  tenureId: string | null;
  personId: string | null;
  personName: string | null;
  acting: boolean | null;
  startsOn: string | null;
}

/** One row a person, not one an address: fewer objects where there are many of them. */
type ContactRow = { personId: string } & Record<'sms' | 'email' | 'wecom', string | null> &
  Record<'smsMasked' | 'emailMasked' | 'wecomMasked', string | null>;

type Mark = SeatMark & { unit: string; title: string };

/** Posts that one question brings. */
const page = 5000;

/** The list as it stands on a day: piece by piece for comparing a file with it, whole for an export. */
@Injectable()
export class RosterStateRepository {
  constructor(
    private readonly database: Database,
    private readonly others: RosterOthersRepository,
  ) {}

  /**
   * @param reopening closed posts that an import before has opened again, for a day up to the one asked for
   * @param seen gets every answer, for telling whether the list has changed
   */
  async listSeats(day: string, reopening: readonly string[], seen: (answer: unknown) => void): Promise<StoredList> {
    const noted = <T>(answer: T): T => {
      seen(answer);
      return answer;
    };
    const seats = async (ids: readonly string[]) =>
      ids.length === 0 ? [] : noted(await this.seats(day, reopening, ids));
    return {
      units: noted(await this.units()),
      groups: noted(await this.groups()),
      others: noted(await this.others.tenures(day)),
      officers: noted(await this.others.officers(day)),
      marks: () => this.marks(day, reopening, seen),
      seats,
      heldBy: async (personIds) => {
        const asked = new Set(personIds);
        const held = await seats(await this.postsOf(personIds, day));
        return held.filter(({ holder }) => holder !== null && asked.has(holder.personId));
      },
      owners: async (hashes) => {
        if (hashes.length === 0) return new Map();
        return new Map(noted(await this.owners(day, hashes)).map(({ hash, ...owner }) => [hash, owner]));
      },
      closed: async (posts) => (posts.length === 0 ? [] : noted(await this.closed(day, reopening, posts))),
      namesakes: async (names) => noted(await this.others.namesakes(day, names)),
    };
  }

  /** All of it at once. */
  async whole(day: string): Promise<{ seats: StoredSeat[]; officers: StoredOfficer[] }> {
    return { seats: await this.seats(day, [], null), officers: await this.others.officers(day) };
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

  private async *marks(
    day: string,
    reopening: readonly string[],
    seen: (answer: unknown) => void,
  ): AsyncIterable<Mark> {
    let after = { order: -(2 ** 31), postId: '00000000-0000-0000-0000-000000000000' };
    for (;;) {
      const marks = await this.marksAfter(day, reopening, after);
      seen(marks);
      yield* marks;
      if (marks.length < page) return;
      after = marks.at(-1)!;
    }
  }

  private async marksAfter(
    day: string,
    reopening: readonly string[],
    after: { order: number; postId: string },
  ): Promise<Mark[]> {
    return this.database.prisma.$queryRaw<Mark[]>`
      WITH shown AS (
        SELECT p.id, p.unit_id, p.title, p.seat, p.kind, p.protocol_order FROM post p
        WHERE ${open(day, reopening)} AND (p.protocol_order, p.id) > (${after.order}::int, ${after.postId}::uuid)
        ORDER BY p.protocol_order, p.id LIMIT ${page}
      ), held AS (
        SELECT DISTINCT ON (t.post_id) t.post_id, t.person_id FROM tenure t JOIN shown ON shown.id = t.post_id
        WHERE ${current('t', day)} ORDER BY t.post_id, t.acting, t.starts_on DESC
      )
      SELECT shown.id AS "postId", u.name AS unit, shown.title, shown.seat, shown.kind, shown.protocol_order AS "order",
             held.person_id AS "personId", person.name
      FROM shown JOIN unit u ON u.id = shown.unit_id
      LEFT JOIN held ON held.post_id = shown.id LEFT JOIN person ON person.id = held.person_id
      ORDER BY shown.protocol_order, shown.id`;
  }

  private async postsOf(personIds: readonly string[], day: string): Promise<string[]> {
    if (personIds.length === 0) return [];
    const rows = await this.database.prisma.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT t.post_id AS id FROM tenure t
      WHERE t.person_id = ANY(${[...personIds]}::uuid[]) AND ${current('t', day)} ORDER BY t.post_id`;
    return rows.map(({ id }) => id);
  }

  /** @param ids null: every open post */
  private async seats(day: string, reopening: readonly string[], ids: readonly string[] | null): Promise<StoredSeat[]> {
    const within = (column: string) =>
      ids === null ? Prisma.empty : Prisma.sql`AND ${Prisma.raw(column)} = ANY(${[...ids]}::uuid[])`;
    const rows = await this.database.prisma.$queryRaw<SeatRow[]>`
      WITH held AS (
        SELECT DISTINCT ON (t.post_id) t.post_id, t.id, t.person_id, t.acting, t.starts_on
        FROM tenure t WHERE ${current('t', day)} ${within('t.post_id')}
        ORDER BY t.post_id, t.acting, t.starts_on DESC
      ), later AS (
        SELECT t.post_id, min(t.starts_on) AS starts_on FROM tenure t
        WHERE t.starts_on > ${day}::date AND NOT t.acting AND (t.ends_on IS NULL OR t.ends_on > t.starts_on)
          ${within('t.post_id')}
        GROUP BY t.post_id
      ), listed AS (
        SELECT m.post_id, array_agg(g.name ORDER BY g.sort_order, g.name) AS names
        FROM group_member m JOIN recipient_group g ON g.id = m.group_id
        WHERE ${current('m', day)} ${within('m.post_id')}
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
      WHERE ${open(day, reopening)} ${within('p.id')}
      ORDER BY p.protocol_order, p.id`;
    const addresses = await this.addresses(rows.flatMap(({ personId }) => personId ?? []));
    return rows.map((row) => seatOf(row, addresses));
  }

  private async addresses(personIds: readonly string[]): Promise<Map<string, Addresses>> {
    if (personIds.length === 0) return new Map();
    const rows = await this.database.prisma.$queryRaw<ContactRow[]>`
      SELECT c.person_id AS "personId",
             max(c.lookup_hash) FILTER (WHERE c.kind = 'sms') AS sms, max(c.masked) FILTER (WHERE c.kind = 'sms') AS "smsMasked",
             max(c.lookup_hash) FILTER (WHERE c.kind = 'email') AS email, max(c.masked) FILTER (WHERE c.kind = 'email') AS "emailMasked",
             max(c.lookup_hash) FILTER (WHERE c.kind = 'wecom') AS wecom, max(c.masked) FILTER (WHERE c.kind = 'wecom') AS "wecomMasked"
      FROM contact c WHERE c.person_id = ANY(${[...personIds]}::uuid[])
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

  private async owners(day: string, hashes: readonly string[]): Promise<(AddressOwner & { hash: string })[]> {
    return this.database.prisma.$queryRaw<(AddressOwner & { hash: string })[]>`
      WITH owned AS (
        SELECT c.lookup_hash AS hash, c.kind, c.person_id FROM contact c
        WHERE c.kind = ANY(${[...addressKinds]}::text[]) AND c.lookup_hash = ANY(${[...hashes]}::text[])
      ), holding AS (
        SELECT DISTINCT ON (t.person_id) t.person_id, u.name || ' ' || p.title || ' ' AS text
        FROM tenure t JOIN post p ON p.id = t.post_id JOIN unit u ON u.id = p.unit_id
        WHERE t.person_id IN (SELECT person_id FROM owned)
          AND ${current('t', day)} AND (p.closed_on IS NULL OR p.closed_on > ${day}::date)
        ORDER BY t.person_id, p.protocol_order
      ), officers AS (
        SELECT DISTINCT l.person_id FROM liaison l WHERE ${current('l', day)}
      )
      SELECT o.hash, o.kind, o.person_id AS "personId", person.name,
             COALESCE(holding.text, CASE WHEN officers.person_id IS NOT NULL THEN '联络员' END) AS holds
      FROM owned o
      JOIN person ON person.id = o.person_id
      LEFT JOIN holding ON holding.person_id = o.person_id
      LEFT JOIN officers ON officers.person_id = o.person_id
      ORDER BY o.hash`;
  }

  private async closed(
    day: string,
    reopening: readonly string[],
    posts: readonly { unit: string; title: string }[],
  ): Promise<ClosedPost[]> {
    const asked = new Map(posts.map((post) => [keyOf(post), post]));
    const rows = await this.database.prisma.$queryRaw<ClosedPost[]>`
      SELECT DISTINCT p.id AS "postId", u.name AS unit, p.title, p.seat
      FROM unit u JOIN post p ON p.unit_id = u.id
      WHERE u.name = ANY(${posts.map(({ unit }) => unit)}::text[])
        AND ${mayBeOneOf(
          Prisma.sql`p.title`,
          posts.map(({ title }) => title),
        )}
        AND p.closed_on <= ${day}::date AND NOT p.id = ANY(${[...reopening]}::uuid[]) ORDER BY p.id`;
    return rows.flatMap((post) => {
      const title = asked.get(keyOf(post))?.title;
      return title === undefined ? [] : [{ ...post, title }];
    });
  }

  private async units(): Promise<StoredList['units']> {
    return this.database.prisma.$queryRaw<StoredList['units'][number][]>`
      SELECT id, name, kind, closed_on IS NOT NULL AS closed FROM unit ORDER BY id`;
  }

  private async groups(): Promise<StoredList['groups']> {
    const select = { id: true, name: true, aliases: { select: { text: true } } };
    const rows = await this.database.prisma.group.findMany({ select, orderBy: { id: 'asc' } });
    return rows.map(({ aliases, ...group }) => ({ ...group, aliases: aliases.map(({ text }) => text) }));
  }
}

/** The unit's name is the list's own, a title is as the file has it. */
const keyOf = ({ unit, title }: { unit: string; title: string }): string => JSON.stringify([unit, sameKey(title)]);

const none: Addresses = { sms: null, email: null, wecom: null };

/** Within its days. */
const current = (table: string, day: string): Prisma.Sql =>
  Prisma.sql`${Prisma.raw(table)}.starts_on <= ${day}::date AND (${Prisma.raw(table)}.ends_on IS NULL OR ${Prisma.raw(table)}.ends_on > ${day}::date)`;

const open = (day: string, reopening: readonly string[]): Prisma.Sql =>
  Prisma.sql`(p.closed_on IS NULL OR p.closed_on > ${day}::date OR p.id = ANY(${[...reopening]}::uuid[]))`;

function seatOf(
  { tenureId, personId, personName, acting, startsOn, ...seat }: SeatRow,
  addresses: ReadonlyMap<string, Addresses>,
): StoredSeat {
  if (tenureId === null || personId === null) return { ...seat, holder: null };
  const known = addresses.get(personId) ?? none;
  const holder = { tenureId, personId, name: personName!, acting: acting!, startsOn: startsOn!, addresses: known };
  return { ...seat, holder };
}
