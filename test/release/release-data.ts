import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

/** The newest release: what its database was made by, and a filled one of it as rows. */
export interface Release {
  /** The day on which it was made. */
  release: string;
  /** Name → SHA-256 of migration.sql; all migrations up to the release. */
  migrations: Record<string, string>;
}

type Query = <T extends object>(sql: string) => Promise<T[]>;

const prisma = join(import.meta.dirname, '..', '..', 'prisma');
export const migrationFolder = join(prisma, 'migrations');
const releaseFile = join(prisma, 'released.json');
const dataFile = join(import.meta.dirname, '..', 'fixtures', 'release.sql.gz');

export function migrationHashes(): Record<string, string> {
  const names = readdirSync(migrationFolder).filter((name) => /^\d/.test(name));
  const hash = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(migrationFolder, name, 'migration.sql')))
      .digest('hex');
  return Object.fromEntries(names.sort().map((name) => [name, hash(name)]));
}

export const release = (): Release => JSON.parse(readFileSync(releaseFile, 'utf8')) as Release;
export const sizeOfData = (): number => statSync(dataFile).size;
export const releaseData = (): string => gunzipSync(readFileSync(dataFile)).toString('utf8');

/** Which release the rows are of: its data says so itself, so that the two files cannot part. */
export function releaseOf(data: string): Release {
  const [first, ...lines] = data.slice(0, data.indexOf('\n\n')).split('\n');
  return {
    release: first!.replace('-- Rows of a filled database, release ', ''),
    migrations: Object.fromEntries(lines.map((line) => line.replace('-- ', '').split(' ') as [string, string])),
  };
}

/** Makes what the database holds the data of a release. @param name its day, e.g. 2026-11-30 */
export async function writeRelease(name: string, query: Query): Promise<void> {
  const made: Release = { release: name, migrations: migrationHashes() };
  const head = [`-- Rows of a filled database, release ${name}`];
  for (const [migration, hash] of Object.entries(made.migrations)) head.push(`-- ${migration} ${hash}`);
  const data = `${head.join('\n')}\n\n${await rowsOf(query)}`;
  writeFileSync(dataFile, gzipSync(data, { level: 9 }));
  writeFileSync(releaseFile, `${JSON.stringify(made, null, 2)}\n`);
}

/** Every table but the runner's own notes. */
export async function tablesOf(query: Query): Promise<Map<string, string[]>> {
  const rows = await query<{ name: string; columns: string[] }>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
     GROUP BY 1 ORDER BY 1`,
  );
  return new Map(rows.map(({ name, columns }) => [name, columns]));
}

/** As SQL that puts exactly these rows into a migrated database, whatever the migrations have put into it. */
async function rowsOf(query: Query): Promise<string> {
  const tables = await tablesOf(query);
  await query(`SET timezone = 'UTC'`);
  await query(`SET datestyle = 'ISO, YMD'`);
  // Rows that were checked when they were written; triggers have written theirs too.
  const parts = [
    `SET LOCAL session_replication_role = replica;\nTRUNCATE ${[...tables.keys()].map((name) => `"${name}"`).join(', ')};`,
  ];
  for (const [name, columns] of tables) {
    const values = columns.map((column) => `quote_nullable("${column}"::text)`).join(', ');
    const rows = await query<{ row: string }>(`SELECT concat_ws(', ', ${values}) AS row FROM "${name}" ORDER BY 1`);
    if (rows.length === 0) continue;
    const names = columns.map((column) => `"${column}"`).join(', ');
    parts.push(`INSERT INTO "${name}" (${names}) VALUES\n${rows.map(({ row }) => `(${row})`).join(',\n')};`);
  }
  const sequences = await query<{ statement: string }>(
    `SELECT format('SELECT setval(%L, %s);', quote_ident(sequencename), last_value) AS statement FROM pg_sequences
     WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY sequencename`,
  );
  return `${[...parts, ...sequences.map(({ statement }) => statement)].join('\n\n')}\n`;
}
