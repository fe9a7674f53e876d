import { Injectable } from '@nestjs/common';
import { canonicalJson } from '../../domain/text/canonical-json.js';
import { Prisma } from '../../generated/prisma/client.js';
import { Database, jsonColumn } from '../../platform/database.js';

/** Tables that say what a group is, with the columns that tell their rows apart. */
const keys = {
  recipient_group: ['id'],
  group_member: ['group_id', 'post_id', 'starts_on'],
  group_part: ['group_id', 'part_id'],
  group_exclusion: ['group_id', 'post_id'],
  group_alias: ['alias'],
} as const;
type GroupTable = keyof typeof keys;
const tables = Object.keys(keys) as GroupTable[];

type Row = Record<string, unknown>;

/** A row as it was and as it became; null where there was none. */
export interface GroupRowChange {
  table: GroupTable;
  before: Row | null;
  after: Row | null;
}

export interface GroupChange {
  id: string;
  at: Date;
  actor: string;
  act: string;
  subject: string;
  summary: string;
  rows: GroupRowChange[];
  undoneAt: Date | null;
}

export type GroupRows = ReadonlyMap<string, { table: GroupTable; row: Row }>;

/** What an act on groups changed, row by row, so that it can be taken back. */
@Injectable()
export class GroupChangeRepository {
  constructor(private readonly database: Database) {}

  /** Everything that the groups are, locked until the transaction ends. */
  async rows(groupIds: readonly string[]): Promise<GroupRows> {
    const { prisma } = this.database;
    await prisma.$queryRaw`SELECT id FROM recipient_group WHERE id = ANY(${groupIds}::uuid[]) ORDER BY id FOR UPDATE`;
    const found = new Map<string, { table: GroupTable; row: Row }>();
    for (const table of tables) {
      const column = Prisma.raw(table === 'recipient_group' ? 'id' : 'group_id');
      const [answer] = await prisma.$queryRaw<{ rows: string }[]>`
        SELECT COALESCE(json_agg(t), '[]')::text AS rows FROM ${Prisma.raw(table)} t WHERE t.${column} = ANY(${groupIds}::uuid[])`;
      for (const row of JSON.parse(answer!.rows) as Row[]) {
        // The count of changes changes with every act, the undo included.
        delete row.version;
        found.set(keyOf(table, row), { table, row });
      }
    }
    return found;
  }

  async addChange(change: Omit<GroupChange, 'id' | 'undoneAt'> & { backTo: string }): Promise<string> {
    const data = { ...change, rows: jsonColumn(change.rows) };
    return (await this.database.prisma.listChange.create({ data, select: { id: true } })).id;
  }

  async loadChange(id: string): Promise<GroupChange | null> {
    const change = await this.database.prisma.listChange.findUnique({ where: { id } });
    return change && { ...change, rows: change.rows as unknown as GroupRowChange[] };
  }

  /** The newest act on the group that still stands. */
  async last(groupId: string): Promise<Pick<GroupChange, 'id' | 'at' | 'summary'> | null> {
    return this.database.prisma.listChange.findFirst({
      where: { subject: `group:${groupId}`, undoneAt: null },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      select: { id: true, at: true, summary: true },
    });
  }

  /** Compare-and-set, so that two who press at once undo once. */
  async markUndone(id: string, at: Date): Promise<boolean> {
    const where = { id, undoneAt: null };
    return (await this.database.prisma.listChange.updateMany({ where, data: { undoneAt: at } })).count === 1;
  }

  /** Brings rows back as they were; added ones go, a group that was added with all of it. */
  async restore(changes: readonly GroupRowChange[]): Promise<void> {
    const { prisma } = this.database;
    for (const table of [...tables].reverse()) {
      const name = Prisma.raw(table);
      const same = Prisma.raw(keys[table].map((column) => `t.${column} = r.${column}`).join(' AND '));
      const of = (wanted: (change: GroupRowChange) => Row | null) =>
        JSON.stringify(changes.filter((change) => change.table === table).flatMap((change) => wanted(change) ?? []));
      // A group that stays is changed in place: deleting it would take its members along.
      const gone = of(({ before, after }) => (table !== 'recipient_group' || before === null ? after : null));
      await prisma.$executeRaw`
        DELETE FROM ${name} t USING json_populate_recordset(null::${name}, ${gone}::json) r WHERE ${same}`;
    }
    for (const table of tables) {
      const back = JSON.stringify(changes.filter((c) => c.table === table).flatMap(({ before }) => before ?? []));
      const name = Prisma.raw(table);
      if (table === 'recipient_group') {
        await prisma.$executeRaw`
          UPDATE recipient_group t SET name = r.name, sort_order = r.sort_order, rule = r.rule, closed_on = r.closed_on,
                 version = t.version + 1
          FROM json_populate_recordset(null::recipient_group, ${back}::json) r WHERE t.id = r.id`;
      } else {
        await prisma.$executeRaw`
          INSERT INTO ${name} SELECT * FROM json_populate_recordset(null::${name}, ${back}::json)`;
      }
    }
  }
}

const keyOf = (table: GroupTable, row: Row): string =>
  canonicalJson([table, ...keys[table].map((column) => row[column])]);

/** Rows that came, went or changed. */
export function changedRows(before: GroupRows, after: GroupRows): GroupRowChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [old, young] = [before.get(key), after.get(key)];
    if (old && young && canonicalJson(old.row) === canonicalJson(young.row)) return [];
    return [{ table: (old ?? young)!.table, before: old?.row ?? null, after: young?.row ?? null }];
  });
}

/** Whether the rows are still as the act left them. */
export function stillAs(changes: readonly GroupRowChange[], now: GroupRows): boolean {
  return changes.every(({ table, before, after }) => {
    const row = now.get(keyOf(table, (after ?? before)!))?.row ?? null;
    return canonicalJson(row) === canonicalJson(after);
  });
}
