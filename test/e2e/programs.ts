import { existsSync } from 'node:fs';

/** `describe`, or where a program is missing `describe.skip` and a line that says what was skipped and how to have it. */
export function describeWith(program: string, debianPackage: string): { suite: typeof describe; path: string } {
  const path = (process.env.PATH ?? '')
    .split(':')
    .map((folder) => `${folder}/${program}`)
    .find(existsSync);
  if (path) return { suite: describe, path };
  process.stderr.write(`skipped: ${program} is not installed (apt-get install ${debianPackage})\n`);
  return { suite: describe.skip, path: '' };
}
