// Do the migrations, the Prisma schema and prisma/functions say the same? Replays prisma/migrations on a throw-away PostgreSQL
// and compares.
//   node prisma/check.mjs            exit 1 and what is missing when they differ
//   node prisma/check.mjs --write    writes prisma/functions anew
// Uses Prisma's own schema engine as WebAssembly, because its binary would have to be downloaded.
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startEmbeddedPostgres } from '../dist/platform/embedded-postgres.js';
import { applyMigrations } from '../dist/platform/migrations.js';
import { differing, functionsOf, writeFunctions } from './functions.mjs';

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

const folder = mkdtempSync(join(tmpdir(), 'kuaibao-check-'));
const postgres = await startEmbeddedPostgres({ folder: join(folder, 'data'), durable: false }).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
let missing;
let changed;
try {
  await applyMigrations(postgres.url, join(here, 'migrations'));
  const files = readdirSync(join(here, 'schema')).map((path) => ({
    path,
    content: readFileSync(join(here, 'schema', path), 'utf8'),
  }));
  const engine = await loadEngine(postgres.url, files);
  const answer = await engine.diff({
    from: { tag: 'schemaDatasource', files, configDir: dirname(here) },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    shadowDatabaseUrl: null,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  missing = answer.exitCode === 2 ? answer.stdout : '';
  const functions = await functionsOf(postgres.url);
  if (process.argv.includes('--write')) writeFunctions(join(here, 'functions'), functions);
  changed = differing(join(here, 'functions'), functions);
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
if (missing) console.error(`The schema is ahead of the migrations; missing SQL:\n${missing}`);
if (changed.length)
  console.error(
    `prisma/functions is not what the migrations make (npm run migrate:check -- --write):\n${changed.join('\n')}`,
  );
const agree = !missing && changed.length === 0;
if (agree) console.log('schema, functions and migrations agree');
process.exit(agree ? 0 : 1); // the engine leaves a 10 s timer behind
