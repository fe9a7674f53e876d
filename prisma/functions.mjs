// The current text of every function of the database, with the triggers that call it: a migration holds only what it changed.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

const note =
  '-- Written by `npm run migrate:check -- --write` from the migrated database. To change it, write a migration.\n';

/** @returns {Promise<Map<string, string>>} file name → content, of a database that is migrated */
export async function functionsOf(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(`
      SELECT p.proname AS name, pg_get_functiondef(p.oid) AS text,
             (SELECT coalesce(array_agg(pg_get_triggerdef(t.oid, true) ORDER BY t.tgrelid::regclass::text, t.tgname), '{}')
              FROM pg_trigger t WHERE t.tgfoid = p.oid AND NOT t.tgisinternal) AS triggers
      FROM pg_proc p
      WHERE p.pronamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
      ORDER BY p.proname, pg_get_function_identity_arguments(p.oid)`);
    const files = new Map();
    for (const { name, text, triggers } of rows) {
      const file = `${name}.sql`;
      const statements = [text.trimEnd(), ...triggers].map((statement) => `${statement};\n`);
      files.set(file, (files.get(file) ?? note) + `\n${statements.join('\n')}`);
    }
    return files;
  } finally {
    await client.end();
  }
}

/** @returns {string[]} names of files that say something else than the database, are missing, or belong to nothing any more */
export function differing(folder, files) {
  const there = existsSync(folder) ? readdirSync(folder) : [];
  const same = (file) => there.includes(file) && readFileSync(join(folder, file), 'utf8') === files.get(file);
  return [...new Set([...files.keys(), ...there])].filter((file) => !same(file)).sort();
}

export function writeFunctions(folder, files) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [file, text] of files) writeFileSync(join(folder, file), text);
}
