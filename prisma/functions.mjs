// The current text of every function of the database, with the triggers that call it: a migration holds only what it changed.
import pg from 'pg';
import { note } from './kept-files.mjs';

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
      files.set(file, (files.get(file) ?? `${note}\n`) + `\n${statements.join('\n')}`);
    }
    return files;
  } finally {
    await client.end();
  }
}
