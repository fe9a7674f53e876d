import { mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const GIGABYTE = 2 ** 30;

/** A new folder in memory where there is room for it: a database of tests spends most of its time on a disk it does not need. */
export function temporaryFolder(prefix, wantedGigabytes) {
  return mkdtempSync(join(hasRoom('/dev/shm', wantedGigabytes) ? '/dev/shm' : tmpdir(), prefix));
}

function hasRoom(folder, gigabytes) {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= gigabytes * GIGABYTE;
  } catch {
    return false; // no such folder outside Linux
  }
}
