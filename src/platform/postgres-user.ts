import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartError } from '../settings/start-error.js';

/** How to start a PostgreSQL program: as which user, and through which wrapper. */
export interface RunAs {
  uid?: number;
  gid?: number;
  wrap(command: string, args: string[]): [command: string, args: string[]];
}

const asIs = (command: string, args: string[]): [string, string[]] => [command, args];

/**
 * PostgreSQL refuses to run as root. An ordinary user runs it as himself; root hands it to the system user `postgres`
 * (made when missing), or, where a folder above is closed to other users, to a user namespace in which root has
 * another number.
 *
 * @param paths what the user must be able to reach
 */
export function whoRunsPostgres(paths: readonly string[]): RunAs {
  if (process.getuid?.() !== 0) return { wrap: asIs };
  if (paths.every(othersMayPass)) {
    const user = systemUser();
    if (user) return { ...user, wrap: asIs };
  }
  const wrapper = ['--user', '--map-user=1000', '--map-group=1000', '--'];
  try {
    execFileSync('unshare', [...wrapper, 'true'], { stdio: 'ignore' });
  } catch {
    throw new StartError(
      'PostgreSQL 不能以 root 身份运行，而其他用户无法进入本目录。',
      '请用普通用户运行 kuaibao，或把它放到其他用户可以进入的目录（例如 /opt/kuaibao）。',
    );
  }
  return { wrap: (command, args) => ['unshare', [...wrapper, command, ...args]] };
}

function othersMayPass(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function systemUser(): { uid: number; gid: number } | null {
  const number = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: number('-u'), gid: number('-g') };
  } catch {
    // not there yet
  }
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'ignore' });
    return { uid: number('-u'), gid: number('-g') };
  } catch {
    return null;
  }
}
