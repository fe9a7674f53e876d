// Do the migrations, the Prisma schema, prisma/schema.sql and prisma/functions say the same? Replays prisma/migrations on a
// throw-away PostgreSQL and compares.
//   node prisma/check.mjs                      exit 1 and what is missing when they differ
//   node prisma/check.mjs --write              writes prisma/schema.sql and prisma/functions anew
//   node prisma/check.mjs --against FOLDER     do the migrations of another folder make the same database?
// Uses Prisma's own schema engine as WebAssembly, because its binary would have to be downloaded.
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../dist/platform/embedded-postgres.js';
import { applyMigrations } from '../dist/platform/migrations.js';
import { functionsOf } from './functions.mjs';
import { differences, keptIn, writeKept } from './kept-files.mjs';
import { schemaOf } from './schema-dump.mjs';

const here = import.meta.dirname;
const CHAR_OID = 18;
const TEXT_OID = 25;

/** adapter-pg has no mapping for PostgreSQL's internal "char" type, which catalogue introspection reads. */
class IntrospectablePg extends PrismaPg {
  async connect() {
    const adapter = await super.connect();
    const performIO = adapter.performIO.bind(adapter);
    const queryRaw = adapter.queryRaw.bind(adapter);
    const charColumns = new WeakMap();
    adapter.performIO = async (query) => {
      const result = await performIO(query);
      const columns = (result.fields ?? []).flatMap((field, i) => (field.dataTypeID === CHAR_OID ? [i] : []));
      for (const i of columns) result.fields[i].dataTypeID = TEXT_OID;
      charColumns.set(query, columns);
      return result;
    };
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      for (const i of charColumns.get(query) ?? []) result.columnTypes[i] = ColumnTypeEnum.Character;
      return result;
    };
    return adapter;
  }
}

async function loadEngine(url, files) {
  const base = import.meta.resolve('@prisma/schema-engine-wasm');
  const bindings = await import(new URL('schema_engine_bg.js', base).href);
  const wasm = readFileSync(new URL('schema_engine_bg.wasm', base));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
  const adapter = bindMigrationAwareSqlAdapterFactory(new IntrospectablePg({ connectionString: url, max: 2 }));
  return bindings.SchemaEngine.new({ datamodels: files.map((f) => [f.path, f.content]) }, () => {}, adapter);
}

const comparesFolders = process.argv[2] === '--against';
const otherFolder = process.argv[3];
if (comparesFolders && !otherFolder) {
  console.error('Which folder? node prisma/check.mjs --against FOLDER');
  process.exit(2);
}

/** What Prisma's schema has and the database has not, or the other way round, as SQL; empty when they agree. */
async function missingIn(url) {
  const files = readdirSync(join(here, 'schema')).map((path) => ({
    path,
    content: readFileSync(join(here, 'schema', path), 'utf8'),
  }));
  const engine = await loadEngine(url, files);
  const answer = await engine.diff({
    from: { tag: 'schemaDatasource', files, configDir: dirname(here) },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    shadowDatabaseUrl: null,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  return answer.exitCode === 2 ? answer.stdout : '';
}

/** A database of its own, made by the migrations of a folder, as text: file name → content, as they are kept in prisma/. */
async function madeBy(server, name, migrations) {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query(`CREATE DATABASE ${name} TEMPLATE template0`);
  await client.end();
  const url = Object.assign(new URL(server.url), { pathname: `/${name}` }).href;
  await applyMigrations(url, migrations);
  const files = new Map([['schema.sql', await schemaOf(url)]]);
  for (const [file, text] of await functionsOf(url)) files.set(`functions/${file}`, text);
  return { url, files };
}

async function check(server) {
  const { url, files } = await madeBy(server, 'migrated', join(here, 'migrations'));
  if (comparesFolders) {
    const other = await madeBy(server, 'other', otherFolder);
    return differences(other.files, files).map((lines) => `The two folders make different databases.\n${lines}`);
  }
  if (process.argv.includes('--write')) writeKept(here, files);
  const missing = await missingIn(url);
  return [
    ...(missing ? [`The schema is ahead of the migrations; missing SQL:\n${missing}`] : []),
    ...differences(keptIn(here), files).map(
      (lines) => `Not what the migrations make (npm run migrate:check -- --write):\n${lines}`,
    ),
  ];
}

const folder = mkdtempSync(join(tmpdir(), 'kuaibao-check-'));
const server = await startEmbeddedPostgres({ folder: join(folder, 'data'), durable: false }).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
let faults;
try {
  faults = await check(server);
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
for (const fault of faults) console.error(fault);
if (faults.length === 0)
  console.log(
    comparesFolders ? 'both folders make the same database' : 'schema, schema.sql, functions and migrations agree',
  );
process.exit(faults.length ? 1 : 0); // the engine leaves a 10 s timer behind
