import { Injectable } from '@nestjs/common';
import { type GroupPost, type GroupRule, readRule } from '../domain/group.js';
import type { SeatsAsked } from '../domain/scope-asked.js';
import { type LearntName, type ScopeGroup, ScopeIndex, type ScopeUnit } from '../domain/indexed-names.js';
import type { Seat } from '../domain/scope-seat.js';
import { Prisma } from '../generated/prisma/client.js';
import { Database } from '../platform/database.js';

/** A post as far as groups are concerned, and who holds it. */
export interface HeldPost extends GroupPost {
  personId: string | null;
}

type SeatRow = Omit<Seat, 'holder'> & { personId: string | null; name: string | null; acting: boolean | null };

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
   * Posts open on `day` with whoever holds them, in protocol order; an acting holder stands in only where there is no other.
   * A post's own liaison officers come before its unit's.
   */
  async seats(asked: SeatsAsked, rules: readonly GroupRule[], day: Date): Promise<Seat[]> {
    const { groupIds, unitIds, postIds, bodyKinds } = asked;
    const likes = asked.titles.map((title) => `%${title.replace(/[\\%_]/g, '\\$&')}%`);
    const [row] = await this.database.prisma.$queryRaw<{ seats: string }[]>`
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
      SELECT COALESCE(json_agg(s), '[]')::text AS seats FROM (
        SELECT p.id AS "postId", u.id AS "unitId", u.name AS "unitName", u.kind AS "bodyKind", p.kind AS "unitKind",
               p.title AS "postTitle", p.level, p.tags, p.protocol_order AS "protocolOrder",
               COALESCE(listed.groups, '{}') AS "groupIds",
               COALESCE(own.names, of_unit.names) AS liaison, t.person_id AS "personId", t.name, t.acting
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
            OR p.title LIKE ANY(${likes}::text[])
            ${Prisma.join([Prisma.empty, ...rules.map(ruleSql)], ' OR ')})
        ORDER BY p.protocol_order, p.id
      ) s`;
    return (JSON.parse(row!.seats) as SeatRow[]).map(({ personId, name, acting, ...seat }) => ({
      ...seat,
      holder: personId !== null && name !== null ? { personId, name, acting: acting ?? false } : null,
    }));
  }
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
