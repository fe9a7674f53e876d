// The text of the migrated database as it is kept beside the migrations: prisma/schema.sql and prisma/functions.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const note =
  '-- Written by `npm run migrate:check -- --write` from the migrated database. To change it, write a migration.';

/** @returns {Map<string, string>} file name → content */
export function keptIn(folder) {
  const functions = existsSync(join(folder, 'functions')) ? readdirSync(join(folder, 'functions')) : [];
  const names = ['schema.sql', ...functions.map((name) => `functions/${name}`)];
  const there = names.filter((name) => existsSync(join(folder, name)));
  return new Map(there.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

export function writeKept(folder, files) {
  rmSync(join(folder, 'functions'), { recursive: true, force: true });
  mkdirSync(join(folder, 'functions'));
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
}

/**
 * What two sets of files do not have in common. Both are written in a fixed order: a part (what stands between two empty lines)
 * is compared with the part of the other file that begins with the same line.
 *
 * @returns {string[]} for each file that differs: its name, then lines that only the first has (-) and only the second has (+),
 *   below the first line of their part
 */
export function differences(first, second) {
  const names = [...new Set([...first.keys(), ...second.keys()])].sort();
  return names
    .filter((name) => first.get(name) !== second.get(name))
    .map((name) => {
      const [before, after] = [partsOf(first.get(name)), partsOf(second.get(name))];
      const heads = [...new Set([...before.keys(), ...after.keys()])];
      return [name, ...heads.flatMap((head) => changed(head, before.get(head) ?? [], after.get(head) ?? []))].join(
        '\n',
      );
    });
}

const partsOf = (text = '') => new Map(text.split('\n\n').map((part) => [part.split('\n')[0], part.split('\n')]));

function changed(head, before, after) {
  const gone = before.filter((line) => !after.includes(line)).map((line) => `  - ${line}`);
  const came = after.filter((line) => !before.includes(line)).map((line) => `  + ${line}`);
  return gone.length + came.length > 0 ? [head, ...gone, ...came] : [];
}
