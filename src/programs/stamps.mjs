// What generated and compiled code was made from: it is made again when that has changed.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

/** One hash over names and contents, so that a checkout with other times does not rebuild for nothing. */
function hashOf(folder, wanted) {
  const hash = createHash('sha256');
  const walk = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const full = join(path, entry.name);
      if (entry.isDirectory()) {
        if (entry.name !== 'generated') walk(full);
      } else if (wanted(entry.name)) hash.update(full.slice(root.length)).update(readFileSync(full));
    }
  };
  walk(folder);
  return hash.digest('hex');
}

export const stampIs = (file, value) => existsSync(file) && readFileSync(file, 'utf8') === value;

export const builtStamp = join(root, 'dist', '.source');

export const schemaHash = () => hashOf(join(root, 'prisma', 'schema'), () => true);

/** The database client is compiled with the sources, and follows from the schema. */
export const sourcesHash = () =>
  schemaHash() + hashOf(join(root, 'src'), (name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));

/** Tests of the built program must never pass on an older one. @throws Error */
export function mustBeBuilt() {
  if (!stampIs(builtStamp, sourcesHash())) throw new Error('dist/ was made from other sources: npm run build');
}
