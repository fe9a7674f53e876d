import { Injectable } from '@nestjs/common';
import { Prisma } from '../generated/prisma/client.js';
import { Database } from '../platform/database.js';

const tables = ['unit', 'post', 'tenure', 'liaison', 'former_name', 'person'] as const;
export type ListTable = (typeof tables)[number];

export interface RowRef {
  table: ListTable;
  id: string;
}

/** A row as it was and as it became; null where there was none. */
export interface RowChange extends RowRef {
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

export interface ListChange {
  id: string;
  at: Date;
  actor: string;
  act: string;
  subject: string;
  summary: string;
  backTo: string;
  rows: RowChange[];
  undoneAt: Date | null;
}

/** The columns that an undo brings back; what is not here never changes. */
const columns: Readonly<Record<ListTable, readonly string[]>> = {
  unit: ['name', 'sort_order', 'kind', 'opened_on', 'closed_on'],
  post: ['title', 'kind', 'seat', 'protocol_order', 'opened_on', 'closed_on', 'level', 'tags'],
  tenure: ['post_id', 'person_id', 'starts_on', 'ends_on', 'acting', 'acting_kind'],
  liaison: ['unit_id', 'post_id', 'person_id', 'starts_on', 'ends_on'],
  former_name: ['unit_id', 'post_id', 'name', 'until_on'],
  person: ['name', 'initials'],
};
const versioned: readonly ListTable[] = ['unit', 'post', 'person'];
const key = ({ table, id }: RowRef): string => `${table} ${id}`;

/** Acts on the list with the rows they touched. */
@Injectable()
export class ListChangeRepository {
  constructor(private readonly database: Database) {}

  /** The rows as they are now, locked until the transaction ends. */
  async rows(refs: readonly RowRef[]): Promise<Map<string, Record<string, unknown>>> {
    const found = new Map<string, Record<string, unknown>>();
    for (const table of tables) {
      const ids = [...new Set(refs.filter((ref) => ref.table === table).map(({ id }) => id))];
      if (ids.length === 0) continue;
      const rows = await this.database.prisma.$queryRaw<{ id: string; row: Record<string, unknown> }[]>`
        SELECT t.id::text AS id, to_jsonb(t) AS row FROM ${Prisma.raw(`"${table}"`)} t
        WHERE t.id = ANY(${ids}::uuid[]) ORDER BY t.id FOR UPDATE`;
      for (const { id, row } of rows) found.set(key({ table, id }), row);
    }
    return found;
  }

  changesBetween(
    refs: readonly RowRef[],
    before: ReadonlyMap<string, Record<string, unknown>>,
    after: ReadonlyMap<string, Record<string, unknown>>,
  ): RowChange[] {
    const unique = new Map(refs.map((ref) => [key(ref), ref]));
    return [...unique].map(([name, ref]) => ({
      table: ref.table,
      id: ref.id,
      before: before.get(name) ?? null,
      after: after.get(name) ?? null,
    }));
  }

  async addChange(change: Omit<ListChange, 'id' | 'undoneAt'>): Promise<string> {
    const { rows, ...rest } = change;
    const data = { ...rest, rows: rows as unknown as Prisma.InputJsonArray };
    return (await this.database.prisma.listChange.create({ data, select: { id: true } })).id;
  }

  async loadChange(id: string): Promise<ListChange | null> {
    const change = await this.database.prisma.listChange.findUnique({ where: { id } });
    return change && { ...change, rows: change.rows as unknown as RowChange[] };
  }

  /** Compare-and-set, so that two who press at once undo once. */
  async markUndone(id: string, at: Date): Promise<boolean> {
    const where = { id, undoneAt: null };
    return (await this.database.prisma.listChange.updateMany({ where, data: { undoneAt: at } })).count === 1;
  }

  /** Brings rows back as they were; added ones go. Tenures that end are restored after those that began have gone. */
  async restore(changes: readonly RowChange[]): Promise<void> {
    const byTable = (wanted: readonly RowChange[], table: ListTable) => wanted.filter((row) => row.table === table);
    const added = changes.filter(({ before }) => before === null);
    const changed = changes.filter(({ before }) => before !== null);
    for (const table of [...tables].reverse()) {
      const ids = byTable(added, table).map(({ id }) => id);
      if (ids.length > 0)
        await this.database.prisma.$executeRaw`DELETE FROM ${Prisma.raw(`"${table}"`)} WHERE id = ANY(${ids}::uuid[])`;
    }
    for (const table of tables) {
      const rows = byTable(changed, table).map(({ before }) => before);
      if (rows.length > 0) await this.writeBack(table, rows);
    }
  }

  private async writeBack(table: ListTable, rows: readonly unknown[]): Promise<void> {
    const name = Prisma.raw(`"${table}"`);
    const set = columns[table].map((column) => `"${column}" = r."${column}"`);
    if (versioned.includes(table)) set.push('"version" = t."version" + 1');
    await this.database.prisma.$executeRaw`
      UPDATE ${name} t SET ${Prisma.raw(set.join(', '))}
      FROM jsonb_populate_recordset(null::${name}, ${JSON.stringify(rows)}::jsonb) r WHERE t.id = r.id`;
  }
}
