import { Injectable } from '@nestjs/common';
import { type GroupPost, type GroupRule, readRule } from '../../domain/scope/group.js';
import type { SeatsAsked } from '../../domain/scope/scope-asked.js';
import { type LearntName, type ScopeGroup, ScopeIndex, type ScopeUnit } from '../../domain/scope/indexed-names.js';
import type { Seat } from '../../domain/scope/scope-seat.js';
import { Prisma } from '../../generated/prisma/client.js';
import { mayContainOneOf } from '../../platform/alike.repository.js';
import { Database } from '../../platform/database.js';

/** A post as far as groups are concerned, and who holds it. */
export interface HeldPost extends GroupPost {
  personId: string | null;
}

/** Posts in one row of an answer: what 100,000 of them are said in is let go part by part while it is read. */
const SEATS_A_ROW = 1000;

type SeatFields = [
  postId: string,
  unitId: string,
  unitName: string,
  bodyKind: string,
  unitKind: string,
  postTitle: string,
  level: string,
  tags: string[],
  protocolOrder: number,
  groupIds: string[],
  liaison: string | null,
  holder: [personId: string, name: string, acting: boolean] | null,
];

/**
 * What a scope speaks of. Answers come as one JSON text each: thousands of rows with a dozen columns cost several times more
 * when they are read one by one.
 */
@Injectable()
export class ScopeRepository {
  constructor(private readonly database: Database) {}

  /** Names of the groups and units of that day. */
  async index(day: Date): Promise<ScopeIndex> {
    const [row] = await this.database.prisma.$queryRaw<{ groups: string; units: string; learnt: string }[]>`
      SELECT
        ${groupsSql(day)} AS groups,
        (SELECT COALESCE(json_agg(u ORDER BY u."sortOrder", u.id), '[]') FROM (
           SELECT u.id, u.name, u.sort_order AS "sortOrder",
             ARRAY(SELECT f.name FROM former_name f WHERE f.unit_id = u.id) AS "formerNames"
           FROM unit u WHERE u.closed_on IS NULL OR u.closed_on > ${day}::date) u)::text AS units,
        (SELECT COALESCE(json_agg(json_build_object('text', a.text, 'unitId', a.unit_id, 'postId', a.post_id)), '[]')
           FROM group_alias a WHERE a.group_id IS NULL)::text AS learnt`;
    return new ScopeIndex(
      readGroups(row!.groups),
      JSON.parse(row!.units) as ScopeUnit[],
      JSON.parse(row!.learnt) as LearntName[],
    );
  }

  /** Groups of that day, without the names of units. */
  async groups(day: Date): Promise<ScopeGroup[]> {
    const [row] = await this.database.prisma.$queryRaw<{ groups: string }[]>`SELECT ${groupsSql(day)} AS groups`;
    return readGroups(row!.groups);
  }

  /** What decides in which groups these posts are, of those that are open on the day. */
  async groupPosts(postIds: readonly string[], day: Date): Promise<GroupPost[]> {
    return this.database.prisma.$queryRaw<GroupPost[]>`
      SELECT p.id AS "postId", u.kind AS "bodyKind", p.kind AS "unitKind", p.level, p.tags,
             ARRAY(SELECT m.group_id FROM group_member m WHERE m.post_id = p.id AND m.starts_on <= ${day}::date
                   AND (m.ends_on IS NULL OR m.ends_on > ${day}::date)) AS "groupIds"
      FROM post p JOIN unit u ON u.id = p.unit_id
      WHERE p.id = ANY(${[...postIds]}::uuid[])
        AND (p.closed_on IS NULL OR p.closed_on > ${day}::date) AND (p.opened_on IS NULL OR p.opened_on <= ${day}::date)`;
  }

  /** Posts open on `day` that are listed in a group or that a rule may bring in, with no more than what counting them needs. */
  async heldPosts(rules: readonly GroupRule[], day: Date): Promise<HeldPost[]> {
    const [row] = await this.database.prisma.$queryRaw<{ posts: string }[]>`
      WITH listed AS (
        SELECT m.post_id, array_agg(m.group_id) AS groups FROM group_member m
        WHERE m.starts_on <= ${day}::date AND (m.ends_on IS NULL OR m.ends_on > ${day}::date) GROUP BY m.post_id
      ), holder AS (
        SELECT DISTINCT ON (t.post_id) t.post_id, t.person_id FROM tenure t
        WHERE t.starts_on <= ${day}::date AND (t.ends_on IS NULL OR t.ends_on > ${day}::date)
        ORDER BY t.post_id, t.acting, t.starts_on DESC
      )
      SELECT COALESCE(json_agg(json_build_array(p.id, u.kind, p.kind, p.level, p.tags, COALESCE(listed.groups, '{}'), holder.person_id)),
                      '[]')::text AS posts
      FROM post p JOIN unit u ON u.id = p.unit_id
      LEFT JOIN listed ON listed.post_id = p.id LEFT JOIN holder ON holder.post_id = p.id
      WHERE (p.closed_on IS NULL OR p.closed_on > ${day}::date) AND (p.opened_on IS NULL OR p.opened_on <= ${day}::date)
        AND (listed.post_id IS NOT NULL ${Prisma.join([Prisma.empty, ...rules.map(ruleSql)], ' OR ')})`;
    type Row = [string, string, string, string, string[], string[], string | null];
    return (JSON.parse(row!.posts) as Row[]).map(([postId, bodyKind, unitKind, level, tags, groupIds, personId]) => ({
      postId,
      bodyKind,
      unitKind,
      level,
      tags,
      groupIds,
      personId,
    }));
  }

  /**
   * Posts open on `day` with whoever holds them, in protocol order, as they were at one moment; an acting holder stands in only
   * where there is no other. A post's own liaison officers come before its unit's.
   */
  async seats(asked: SeatsAsked, rules: readonly GroupRule[], day: Date): Promise<Seat[]> {
    const { groupIds, unitIds, postIds, bodyKinds } = asked;
    const parts = await this.database.prisma.$queryRaw<{ seats: string }[]>`
      WITH officer AS (
        SELECT l.post_id, l.unit_id, string_agg(person.name, '、' ORDER BY l.starts_on, person.name) AS names
        FROM liaison l JOIN person ON person.id = l.person_id
        WHERE l.starts_on <= ${day}::date AND (l.ends_on IS NULL OR l.ends_on > ${day}::date)
        GROUP BY l.post_id, l.unit_id
      ), listed AS (
        SELECT m.post_id, array_agg(m.group_id) AS groups FROM group_member m
        WHERE m.group_id = ANY(${groupIds}::uuid[])
          AND m.starts_on <= ${day}::date AND (m.ends_on IS NULL OR m.ends_on > ${day}::date)
        GROUP BY m.post_id
      )
      SELECT json_agg(s.seat ORDER BY s.place)::text AS seats FROM (
        SELECT row_number() OVER (ORDER BY p.protocol_order, p.id) AS place,
               json_build_array(p.id, u.id, u.name, u.kind, p.kind, p.title, p.level, p.tags, p.protocol_order,
                                COALESCE(listed.groups, '{}'), COALESCE(own.names, of_unit.names),
                                CASE WHEN t.name IS NOT NULL THEN json_build_array(t.person_id, t.name, t.acting) END) AS seat
        FROM post p
        JOIN unit u ON u.id = p.unit_id
        LEFT JOIN listed ON listed.post_id = p.id
        LEFT JOIN officer own ON own.post_id = p.id
        LEFT JOIN officer of_unit ON of_unit.unit_id = p.unit_id
        LEFT JOIN LATERAL (
          SELECT t.person_id, t.acting, person.name FROM tenure t JOIN person ON person.id = t.person_id
          WHERE t.post_id = p.id AND t.starts_on <= ${day}::date AND (t.ends_on IS NULL OR t.ends_on > ${day}::date)
          ORDER BY t.acting, t.starts_on DESC LIMIT 1
        ) t ON true
        WHERE (p.closed_on IS NULL OR p.closed_on > ${day}::date) AND (p.opened_on IS NULL OR p.opened_on <= ${day}::date)
          AND (listed.post_id IS NOT NULL OR p.id = ANY(${postIds}::uuid[]) OR p.unit_id = ANY(${unitIds}::uuid[])
            OR u.kind = ANY(${bodyKinds}::text[]) OR p.kind = ANY(${bodyKinds}::text[])
            OR ${mayContainOneOf(Prisma.sql`p.title`, asked.titles)}
            ${Prisma.join([Prisma.empty, ...rules.map(ruleSql)], ' OR ')})
      ) s GROUP BY (s.place - 1) / ${SEATS_A_ROW}::int ORDER BY min(s.place)`;
    const [seats, seatOf] = [new Array<Seat>(), seatReader()];
    for (const part of parts) {
      for (const fields of JSON.parse(part.seats) as SeatFields[]) seats.push(seatOf(fields));
      part.seats = '';
    }
    return seats;
  }
}

/** Thousands of posts share some dozens of words and lists: each is kept once. */
function seatReader(): (fields: SeatFields) => Seat {
  const [words, lists] = [new Map<string, string>(), new Map<string, readonly string[]>()];
  const word = (text: string): string => {
    const known = words.get(text);
    if (known === undefined) words.set(text, text);
    return known ?? text;
  };
  const list = (texts: readonly string[]): readonly string[] => {
    const key = texts.join('\0'); // which no text of the database holds
    const known = lists.get(key) ?? texts.map(word);
    lists.set(key, known);
    return known;
  };
  return (fields) => {
    const [postId, unitId, unitName, bodyKind, unitKind, postTitle, level, ...others] = fields;
    const [tags, protocolOrder, groupIds, liaison, holder] = others;
    return {
      postId,
      unitId: word(unitId),
      unitName: word(unitName),
      bodyKind: word(bodyKind),
      unitKind: word(unitKind),
      postTitle: word(postTitle),
      level: word(level),
      tags: list(tags),
      protocolOrder,
      groupIds: list(groupIds),
      liaison: liaison === null ? null : word(liaison),
      holder: holder === null ? null : { personId: holder[0], name: holder[1], acting: holder[2] },
    };
  };
}

const groupsSql = (day: Date): Prisma.Sql => Prisma.sql`
        (SELECT COALESCE(json_agg(g ORDER BY g."sortOrder", g.id), '[]') FROM (
           SELECT g.id, g.name, g.sort_order AS "sortOrder", g.rule,
             ARRAY(SELECT a.text FROM group_alias a WHERE a.group_id = g.id ORDER BY a.alias) AS aliases,
             ARRAY(SELECT p.part_id FROM group_part p WHERE p.group_id = g.id AND NOT p.excluded) AS parts,
             ARRAY(SELECT p.part_id FROM group_part p WHERE p.group_id = g.id AND p.excluded) AS "excludedParts",
             ARRAY(SELECT e.post_id FROM group_exclusion e WHERE e.group_id = g.id) AS "excludedPosts"
           FROM recipient_group g WHERE g.closed_on IS NULL OR g.closed_on > ${day}::date) g)::text`;

const readGroups = (json: string): ScopeGroup[] =>
  (JSON.parse(json) as (Omit<ScopeGroup, 'rule'> & { rule: unknown })[]).map((group) => ({
    ...group,
    rule: readRule(group.rule),
  }));

/** Which posts a rule may bring in; group.ts says which of them it does. */
function ruleSql(rule: GroupRule): Prisma.Sql {
  const asks = (values: readonly string[], condition: Prisma.Sql) => (values.length === 0 ? [] : [condition]);
  const conditions = [
    ...asks(rule.unitKinds, Prisma.sql`u.kind = ANY(${rule.unitKinds}::text[])`),
    ...asks(rule.postKinds, Prisma.sql`p.kind = ANY(${rule.postKinds}::text[])`),
    ...asks(rule.levels, Prisma.sql`p.level = ANY(${rule.levels}::text[])`),
    ...asks(rule.tags, Prisma.sql`p.tags && ${rule.tags}::text[]`),
  ];
  return conditions.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join(conditions, ' AND ')})`;
}
