import { readFileSync } from 'node:fs';

/**
 * Stops the demo when the npm that started it was killed: a demo nobody can reach any more must not keep the folder and the
 * port. Only on Linux, where parents can be looked up.
 */
export function followParents(gone: () => void): void {
  if (process.platform !== 'linux') return;
  const family = () => {
    const parent = process.ppid;
    return `${parent} ${parentOf(parent)}`;
  };
  const before = family();
  if (before.split(' ').includes('1')) return; // started by the system itself, or in a container
  const timer = setInterval(() => {
    if (family() === before) return;
    clearInterval(timer);
    gone();
  }, 300);
  timer.unref();
}

function parentOf(pid: number): number {
  try {
    // Field 4; the name in brackets before it may hold spaces.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return 0;
  }
}
