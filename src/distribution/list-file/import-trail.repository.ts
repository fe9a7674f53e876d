import { Injectable } from '@nestjs/common';
import type { RosterWrites } from '../../domain/list-file/roster-writes.js';
import { Prisma } from '../../generated/prisma/client.js';
import { Database } from '../../platform/database.js';
import { knownKeys, newKeys, type TrailKeys } from './import-trail-keys.js';

/** How a row of a table is found again, which columns an undo puts back, and which change by themselves. */
interface Relation {
  name: string;
  /** Joins `t` with `c.key`. */
  join: string;
  columns: readonly string[];
  /** Compared as well: an edit of these alone is an edit. */
  watched?: readonly string[];
  /** Not compared: deliveries and proofs touch them without anybody editing the list. */
  volatile?: readonly string[];
  versioned?: boolean;
  /** Two rows may have swapped what must be unique: taken out and put in again rather than changed. */
  replaced?: boolean;
}

const byId = 't.id = c.key::uuid';

/** Parents before children. */
const relations: readonly Relation[] = [
  { name: 'unit', join: byId, columns: ['name', 'sort_order', 'kind', 'opened_on', 'closed_on'], versioned: true },
  { name: 'recipient_group', join: byId, columns: ['name', 'sort_order'], watched: ['rule', 'closed_on', 'version'] },
  {
    name: 'post',
    join: byId,
    columns: ['unit_id', 'title', 'seat', 'kind', 'protocol_order', 'level', 'tags', 'opened_on', 'closed_on'],
    versioned: true,
  },
  { name: 'person', join: byId, columns: ['name', 'initials'], watched: ['wiped_at'], versioned: true },
  { name: 'tenure', join: byId, columns: ['post_id', 'person_id', 'starts_on', 'ends_on', 'acting', 'acting_kind'] },
  { name: 'liaison', join: byId, columns: ['unit_id', 'post_id', 'person_id', 'starts_on', 'ends_on'] },
  {
    name: 'group_member',
    join: `t.group_id = split_part(c.key, ' ', 1)::uuid AND t.post_id = split_part(c.key, ' ', 2)::uuid AND t.starts_on = split_part(c.key, ' ', 3)::date`,
    columns: ['group_id', 'post_id', 'starts_on', 'ends_on'],
  },
  {
    name: 'contact',
    join: `t.person_id = split_part(c.key, ' ', 1)::uuid AND t.kind = split_part(c.key, ' ', 2)`,
    columns: ['id', 'person_id', 'kind', 'sealed', 'key_id', 'lookup_hash', 'mail_domain', 'masked'],
    volatile: ['bad_since', 'bad_reason', 'verified_at', 'last_delivered_at'],
    replaced: true,
  },
];

const batch = 5000;

/** Of what somebody could have edited; named one by one, so that a column added later makes nothing look edited. */
function hashOf({ columns, watched = [], versioned = false }: Relation): string {
  const compared = [...columns, ...watched, ...(versioned ? ['version'] : [])];
  return `md5(ROW(${compared.map((column) => `t."${column}"`).join(', ')})::text)`;
}

/** Before of every row that an import touches, and a hash of what became of it; `undo` puts it all back. */
@Injectable()
export class ImportTrailRepository {
  constructor(private readonly database: Database) {}

  /** Before the writes: rows as they are, null for those that are not there yet. */
  async before(importId: string, writes: RosterWrites, day: string): Promise<void> {
    await this.keepMemberships(
      importId,
      writes.endedMemberships.map((m) => `${m.groupId} ${m.postId}`),
      day,
    );
    await this.each(knownKeys(writes, day), ({ name, join }, keys) =>
      this.run(
        `INSERT INTO list_import_change (import_id, relation, key, before)
         SELECT $1::uuid, '${name}', c.key, to_jsonb(t) FROM unnest($2::text[]) AS c(key) LEFT JOIN ${name} t ON ${join}
         ON CONFLICT DO NOTHING`,
        importId,
        keys,
      ),
    );
  }

  /** Before writes that come later than the import itself: what nobody has edited since is hashed anew afterwards. */
  async again(importId: string, writes: RosterWrites, day: string): Promise<void> {
    await this.each(knownKeys(writes, day), (relation, keys) =>
      this.run(
        `UPDATE list_import_change c SET after_hash = NULL FROM ${relation.name} t
         WHERE c.import_id = $1::uuid AND c.relation = '${relation.name}' AND c.key = ANY($2::text[])
           AND ${relation.join} AND c.after_hash = ${hashOf(relation)}`,
        importId,
        keys,
      ),
    );
    await this.before(importId, writes, day);
  }

  /** After some writes, before those that follow: new rows get their line, with what became of them as a hash. */
  async made(importId: string, writes: RosterWrites, day: string): Promise<void> {
    await this.each(newKeys(writes, day), (relation, keys) =>
      this.run(
        `INSERT INTO list_import_change (import_id, relation, key, after_hash)
         SELECT $1::uuid, '${relation.name}', c.key, ${hashOf(relation)}
         FROM unnest($2::text[]) AS c(key) JOIN ${relation.name} t ON ${relation.join} ON CONFLICT DO NOTHING`,
        importId,
        keys,
      ),
    );
  }

  /** After all writes: what became of every other row, only as a hash. */
  async close(importId: string): Promise<void> {
    // Few where many are new, and few are new where these are many: fresh counts tell the planner which it is.
    await this.run('ANALYZE list_import_change');
    for (const relation of relations)
      await this.run(
        `UPDATE list_import_change c SET after_hash = ${hashOf(relation)} FROM ${relation.name} t
         WHERE c.import_id = $1::uuid AND c.relation = '${relation.name}' AND c.after_hash IS NULL AND ${relation.join}`,
        importId,
      );
  }

  /** How many rows are no longer what the import made of them. */
  async touchedSince(importId: string): Promise<number> {
    let touched = 0;
    for (const relation of relations) {
      const rows = await this.database.prisma.$queryRawUnsafe<{ n: number }[]>(
        `SELECT count(*)::int AS n FROM list_import_change c LEFT JOIN ${relation.name} t ON ${relation.join}
         WHERE c.import_id = $1::uuid AND c.relation = '${relation.name}'
           AND c.after_hash IS DISTINCT FROM CASE WHEN t.tableoid IS NOT NULL THEN ${hashOf(relation)} END`,
        importId,
      );
      touched += rows[0]?.n ?? 0;
    }
    return touched;
  }

  /** New people and posts of the import that something else speaks of by now: bulletins, officers, wishes, exceptions. */
  async usedSince(importId: string): Promise<number> {
    const rows = await this.database.prisma.$queryRaw<{ n: number }[]>`
      WITH made AS (
        SELECT c.relation, c.key::uuid AS id FROM list_import_change c
        WHERE c.import_id = ${importId}::uuid AND c.before IS NULL AND c.relation IN ('post', 'person', 'liaison')
      ), foreign_liaison AS (
        SELECT l.post_id, l.person_id FROM liaison l
        WHERE NOT EXISTS (SELECT 1 FROM made o WHERE o.relation = 'liaison' AND o.id = l.id)
      )
      SELECT count(*)::int AS n FROM made m
      WHERE (m.relation = 'post' AND (EXISTS (SELECT 1 FROM copy x WHERE x.post_id = m.id)
              OR EXISTS (SELECT 1 FROM foreign_liaison x WHERE x.post_id = m.id)
              OR EXISTS (SELECT 1 FROM group_exclusion x WHERE x.post_id = m.id)))
         OR (m.relation = 'person' AND (EXISTS (SELECT 1 FROM copy x WHERE x.person_id = m.id)
              OR EXISTS (SELECT 1 FROM foreign_liaison x WHERE x.person_id = m.id)
              OR EXISTS (SELECT 1 FROM preference x WHERE x.person_id = m.id)))`;
    return rows[0]?.n ?? 0;
  }

  /** Children first out, parents first in. */
  async undo(importId: string): Promise<void> {
    await this.run(
      `UPDATE recipient_group t SET version = t.version + 1
       WHERE t.id IN (SELECT split_part(c.key, ' ', 1)::uuid FROM list_import_change c
                      WHERE c.import_id = $1::uuid AND c.relation = 'group_member')`,
      importId,
    );
    for (const { name, join, replaced } of [...relations].reverse()) {
      const unused = name === 'recipient_group' ? groupIsUnused : name === 'unit' ? unitIsUnused : '';
      await this.run(
        `DELETE FROM ${name} t USING list_import_change c
         WHERE c.import_id = $1::uuid AND c.relation = '${name}' AND ${join}${replaced ? '' : ' AND c.before IS NULL'}${unused}`,
        importId,
      );
    }
    for (const relation of relations) {
      if (!relation.replaced) await this.putBack(importId, relation);
      await this.putIn(importId, relation);
    }
  }

  private async putBack(importId: string, { name, join, columns, versioned }: Relation): Promise<void> {
    const assignments = columns.map((column) => `"${column}" = r."${column}"`);
    if (versioned) assignments.push('version = t.version + 1');
    await this.run(
      `UPDATE ${name} t SET ${assignments.join(', ')}
       FROM list_import_change c CROSS JOIN LATERAL jsonb_populate_record(NULL::${name}, c.before) r
       WHERE c.import_id = $1::uuid AND c.relation = '${name}' AND c.before IS NOT NULL AND ${join}`,
      importId,
    );
  }

  private async putIn(importId: string, { name, join, columns, volatile }: Relation): Promise<void> {
    const list = [...columns, ...(volatile ?? [])];
    await this.run(
      `INSERT INTO ${name} (${list.map((column) => `"${column}"`).join(', ')})
       SELECT ${list.map((column) => `r."${column}"`).join(', ')}
       FROM list_import_change c CROSS JOIN LATERAL jsonb_populate_record(NULL::${name}, c.before) r
       WHERE c.import_id = $1::uuid AND c.relation = '${name}' AND c.before IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM ${name} t WHERE ${join})`,
      importId,
    );
  }

  /** Only the newest import can be undone, and not for ever: what others touched, and whom they named, need not be kept. */
  async forget(exceptImportId: string | null): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE list_import SET counts = counts - 'changes' WHERE counts ? 'changes' AND id IS DISTINCT FROM ${exceptImportId}::uuid`;
    await this.database.prisma.listImportChange.deleteMany({
      where: exceptImportId === null ? {} : { importId: { not: exceptImportId } },
    });
  }

  private async each(
    keysOf: TrailKeys,
    statement: (relation: Relation, keys: readonly string[]) => Promise<void>,
  ): Promise<void> {
    for (const relation of relations) {
      let part: string[] = [];
      for (const key of keysOf[relation.name] ?? []) {
        if (part.push(key) < batch) continue;
        await statement(relation, part);
        part = [];
      }
      if (part.length > 0) await statement(relation, part);
    }
  }

  private async keepMemberships(importId: string, pairs: readonly string[], day: string): Promise<void> {
    for (let from = 0; from < pairs.length; from += batch)
      await this.database.prisma.$executeRaw(Prisma.sql`
        INSERT INTO list_import_change (import_id, relation, key, before)
        SELECT ${importId}::uuid, 'group_member', p.pair || ' ' || t.starts_on, to_jsonb(t)
        FROM unnest(${pairs.slice(from, from + batch)}::text[]) AS p(pair)
        JOIN group_member t ON t.group_id = split_part(p.pair, ' ', 1)::uuid AND t.post_id = split_part(p.pair, ' ', 2)::uuid
        WHERE t.starts_on <= ${day}::date AND (t.ends_on IS NULL OR t.ends_on > ${day}::date)
        ON CONFLICT DO NOTHING`);
  }

  /** Names of tables and columns are constants of this file; values are always parameters. */
  private async run(sql: string, ...values: unknown[]): Promise<void> {
    await this.database.prisma.$executeRawUnsafe(sql, ...values);
  }
}

/** A group that somebody has used since stays, empty if need be. */
const groupIsUnused = ` AND NOT EXISTS (SELECT 1 FROM group_member x WHERE x.group_id = t.id)
  AND NOT EXISTS (SELECT 1 FROM group_alias x WHERE x.group_id = t.id)
  AND NOT EXISTS (SELECT 1 FROM group_part x WHERE x.group_id = t.id OR x.part_id = t.id)`;
const unitIsUnused = ` AND NOT EXISTS (SELECT 1 FROM post x WHERE x.unit_id = t.id)
  AND NOT EXISTS (SELECT 1 FROM liaison x WHERE x.unit_id = t.id)`;
