import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';

/**
 * The demo list as rows: most worlds begin with it, and a file read in a thread of its own takes several times as long as all
 * that a test then does. The first world of a run imports it as an office does and keeps what that wrote; the others get it
 * as a copy, into tables that still are as they were.
 */

type Query = <T extends pg.QueryResultRow>(sql: string, values?: unknown[]) => Promise<T[]>;

interface WrittenTable {
  table: string;
  /** Rows that the table has in an empty installation. */
  before: number;
  rows: object[];
}

interface WrittenList {
  tables: WrittenTable[];
  sequences: { name: string; value: string }[];
}

/** @param place a folder of this run of the tests, and what else the rows depend on */
export async function withDemoList(query: Query, place: string, importList: () => Promise<void>): Promise<void> {
  const known = read(place);
  if (known && (await isAsBefore(query, known))) return copy(query, known);
  if (known) return importList();
  const before = await contents(query);
  await importList();
  const written = await difference(query, before);
  if (written) keep(place, written);
}

function read(place: string): WrittenList | null {
  try {
    return JSON.parse(readFileSync(place, 'utf8')) as WrittenList;
  } catch {
    return null; // nobody has written it yet
  }
}

function keep(place: string, list: WrittenList): void {
  mkdirSync(join(place, '..'), { recursive: true });
  const draft = `${place}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(list));
  renameSync(draft, place);
}

type Contents = Map<string, string[]>;

async function contents(query: Query): Promise<Contents> {
  const tables = await query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  const parts = tables.map(({ name }) => `SELECT '${name}' AS name, to_jsonb(t)::text AS row FROM "${name}" t`);
  const all: Contents = new Map(tables.map(({ name }) => [name, []]));
  for (const { name, row } of await query<{ name: string; row: string }>(parts.join(' UNION ALL ')))
    all.get(name)!.push(row);
  return all;
}

/** Null where a row that was there before was changed or deleted: that cannot be had again by adding rows. */
async function difference(query: Query, before: Contents): Promise<WrittenList | null> {
  const tables: WrittenTable[] = [];
  for (const [table, rows] of await contents(query)) {
    const old = new Set(before.get(table));
    const added = rows.filter((row) => !old.has(row));
    if (rows.length - added.length < old.size) return null;
    if (added.length > 0) tables.push({ table, before: old.size, rows: added.map((row) => JSON.parse(row) as object) });
  }
  const sequences = await query<{ name: string; value: string }>(
    `SELECT quote_ident(sequencename) AS name, last_value::text AS value FROM pg_sequences
     WHERE schemaname = 'public' AND last_value IS NOT NULL`,
  );
  return { tables, sequences };
}

async function isAsBefore(query: Query, { tables }: WrittenList): Promise<boolean> {
  const counts = tables.map(({ table, before }) => `(SELECT count(*) = ${before} FROM "${table}")`);
  const [row] = await query<{ all: boolean }>(`SELECT ${counts.join(' AND ')} AS all`);
  return row!.all;
}

async function copy(query: Query, { tables, sequences }: WrittenList): Promise<void> {
  await query('BEGIN');
  // Rows that were checked when they were written; triggers have written theirs too.
  await query('SET LOCAL session_replication_role = replica');
  for (const { table, rows } of tables)
    await query(`INSERT INTO "${table}" SELECT * FROM jsonb_populate_recordset(NULL::"${table}", $1)`, [
      JSON.stringify(rows),
    ]);
  for (const { name, value } of sequences) await query('SELECT setval($1, $2)', [name, value]);
  await query('COMMIT');
}
