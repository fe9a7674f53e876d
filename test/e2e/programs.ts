import { existsSync } from 'node:fs';

interface Found {
  suite: typeof describe;
  path: string;
}

/** `describe`, or where a program is missing `describe.skip` and a line that says what was skipped and how to have it. */
export function describeWith(program: string, debianPackage: string): Found {
  return foundOrSkipped(whereIs(program), program, debianPackage);
}

/** The same for a browser. Chromium without its windows draws the same pages at half the work, and is taken where there is one. */
export function describeWithBrowser(): Found {
  const path = whereIs('chromium-headless-shell') ?? whereIs('chromium');
  return foundOrSkipped(path, 'chromium', 'chromium-headless-shell fonts-noto-cjk');
}

/** The same for real mail servers. Only root may start Postfix. */
export function describeWithMailServers() {
  const paths = {
    postfix: whereIs('master', ['/usr/lib/postfix/sbin']),
    opendkim: whereIs('opendkim', ['/usr/sbin']),
    dovecot: whereIs('dovecot', ['/usr/sbin']),
  };
  const all = Object.values(paths).every(Boolean) && process.getuid?.() === 0;
  const { suite } = foundOrSkipped(all ? '/' : undefined, 'a mail server, or root,', 'postfix opendkim dovecot-imapd');
  return { suite, paths: paths as Record<keyof typeof paths, string> };
}

function foundOrSkipped(path: string | undefined, program: string, debianPackages: string): Found {
  if (path) return { suite: describe, path };
  process.stderr.write(`skipped: ${program} is not installed (apt-get install ${debianPackages})\n`);
  return { suite: describe.skip, path: '' };
}

function whereIs(program: string, folders = (process.env.PATH ?? '').split(':')): string | undefined {
  return folders.map((folder) => `${folder}/${program}`).find(existsSync);
}
