import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { reviewedWriters, tablesByModel, tablesWritten, writersOf } from './table-writers.js';

/** Left to right: a folder may import only itself and what stands to its left. */
const order = [
  'domain',
  'settings',
  'platform',
  'accounts',
  'organisation',
  'distribution',
  'issues',
  'rendering',
  'channels',
  'dispatch',
  'reading',
  'console',
  'api',
  'sandbox',
  'programs',
];

/**
 * The same inside a folder, from left to right: its rooms by name, `.` for the files that stand beside them. A file named here
 * is a room of its own.
 */
const rooms: Readonly<Record<string, readonly string[]>> = {
  domain: [
    '.',
    'text',
    'errors',
    'roles.ts',
    'people',
    'scope',
    'bulletin',
    'list-file',
    'issue',
    'reading',
    'sending',
  ],
  distribution: ['groups', 'list-file', 'subscriptions'],
  channels: [
    '.',
    'email',
    'sms',
    'wecom',
    'wechat',
    'account-text.ts',
    'callback-addresses.ts',
    'pushing-vendor.ts',
    'open-channels.ts',
    'storable-providers.ts',
    'stored-accounts.ts',
    'callback.repository.ts',
    'report-inbox.ts',
    'report.controller.ts',
  ],
  dispatch: ['rows', 'when', 'plan', 'send', 'after', 'acts', '.'],
  console: ['.', 'scope', 'groups', 'issue-head', 'sending', 'issues', 'list', 'people', 'office', 'workbench'],
};
const root = join(import.meta.dirname, '..', 'src');

interface SourceFile {
  path: string;
  text: string;
  imports: string[];
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : filesUnder(full);
    return /\.(ts|mjs)$/.test(entry.name) ? [full] : [];
  });
}

function readSource(full: string): SourceFile {
  const text = readFileSync(full, 'utf8');
  const imports = [...text.matchAll(/(?<![.\w])(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]!);
  return { path: relative(root, full), text, imports };
}

const files = filesUnder(root)
  .filter((full) => full.endsWith('.ts') && !full.endsWith('.spec.ts'))
  .map(readSource);
const folderOf = (path: string) => (path.includes('/') ? path.split('/')[0]! : '');
const roomOf = (path: string) => {
  if (path.endsWith('.module.ts')) return Infinity; // names what its folder has
  const [folder, next, ...deeper] = path.split('/');
  const known = rooms[folder!] ?? [];
  return known.indexOf(deeper.length > 0 || known.includes(next!) ? next! : '.');
};
const targetOf = (file: SourceFile, specifier: string) =>
  normalize(join(dirname(file.path), specifier)).replace(/\.js$/, '.ts');
const relativeImports = (file: SourceFile) =>
  file.imports.filter((i) => i.startsWith('.')).map((i) => targetOf(file, i));
const offenders = (wrong: (file: SourceFile) => boolean) => files.filter(wrong).map(({ path }) => path);

/** What reads or writes a moment in the zone of the machine; `number.toLocaleString` writes a number. */
const localTime = [
  /\.(?:get|set)(?:Hours|Minutes|Seconds|Date|Day|Month|FullYear|Year|TimezoneOffset)\(/g,
  /\.to(?:Locale)?(?:Date|Time)String\(|(?<!\bnumber)\.toLocaleString\(/g,
  /DateTimeFormat\((?![^;]*timeZone)/g,
  /new Date\([^()]*,/g,
  /(?:new Date|Date\.parse)\((['`])[^'`]*T[^'`]*(?<!Z|[+-]\d\d:?\d\d)\1\)/g,
];
const localTimes = (text: string) =>
  localTime.flatMap((form) => [...text.replace(/\/\*.*?\*\/|\/\/ .*$/gms, '').matchAll(form)].map(([found]) => found));

describe('architecture', () => {
  it('reads the whole tree', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(order.filter((folder) => !files.some(({ path }) => folderOf(path) === folder))).toEqual([]);
  });

  it('imports only to the left', () => {
    const wrong = files.flatMap((file) => {
      const mine = order.indexOf(folderOf(file.path));
      return relativeImports(file)
        .filter((target) => folderOf(target) !== 'generated')
        .filter((target) => order.indexOf(folderOf(target)) < 0 || order.indexOf(folderOf(target)) > mine)
        .map((target) => `${file.path} -> ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it('imports only to the left among the rooms of a folder, and knows each room', () => {
    const divided = files.filter(({ path }) => folderOf(path) in rooms);
    expect(divided.filter(({ path }) => roomOf(path) < 0).map(({ path }) => path)).toEqual([]);
    const wrong = divided.flatMap((file) =>
      relativeImports(file)
        .filter((target) => folderOf(target) === folderOf(file.path) && roomOf(target) > roomOf(file.path))
        .map((target) => `${file.path} -> ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has no import cycle', () => {
    const graph = new Map(files.map((file) => [file.path, relativeImports(file)]));
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (path: string, trail: string[]) => {
      if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      else if (!done.has(path)) {
        for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
        done.add(path);
      }
    };
    for (const path of graph.keys()) visit(path, []);
    expect(cycles).toEqual([]);
  });

  it('keeps the domain free of frameworks, I/O and the clock', () => {
    const outside = files
      .filter(({ path }) => folderOf(path) === 'domain')
      .flatMap((file) => file.imports.filter((i) => !i.startsWith('.')).map((i) => `${file.path} -> ${i}`));
    expect(outside).toEqual([]);
    expect(
      offenders(
        ({ path, text }) => folderOf(path) === 'domain' && /Date\.now\(|new Date\(\)|Math\.random\(/.test(text),
      ),
    ).toEqual([]);
  });

  it('reads the environment only in settings/read.ts', () => {
    expect(offenders(({ path, text }) => path !== 'settings/read.ts' && text.includes('process.env'))).toEqual([]);
  });

  // Vendors of SMS run mail servers too, whose words stand in channels/email.
  it('names a vendor of SMS only in its folder, in the list of vendors, and where it is stood in for', () => {
    const vendors = readdirSync(join(root, 'channels/sms'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(vendors.length).toBeGreaterThan(1);
    const known = (path: string, vendor: string) =>
      path.startsWith(`channels/sms/${vendor}/`) ||
      path === 'channels/sms/sms-providers.ts' ||
      /^(?:sandbox|programs\/demo|channels\/email)[./]/.test(path);
    const wrong = vendors.flatMap((vendor) =>
      files
        .filter(({ path, text }) => !known(path, vendor) && new RegExp(vendor, 'i').test(text))
        .map(({ path }) => `${path}: ${vendor}`),
    );
    expect(wrong).toEqual([]);
  });

  it('touches Prisma only in repositories', () => {
    const allowed = /\.repository\.ts$|^platform\/(database|audit)\.ts$/;
    expect(offenders(({ path, text }) => !allowed.test(path) && /\.prisma\b|generated\/prisma/.test(text))).toEqual([]);
  });

  it('reads what a publication asks of its readers only where its settings are kept: an edition has its own copy', () => {
    const live = /asks_acknowledgement|max_reminders|(?:asksAcknowledgement|maxReminders): true/;
    expect(offenders(({ path, text }) => path.endsWith('.repository.ts') && live.test(text))).toEqual([
      'issues/publication.repository.ts',
    ]);
  });

  it('asks in one place what a class lets through, and which mail domains are our own', () => {
    const asks = /\bmayCarry\(|\bownMailDomains\b/;
    const wrong = offenders(({ path, text }) => folderOf(path) !== 'domain' && asks.test(text));
    expect(wrong.sort()).toEqual([
      'issues/class-gate.ts',
      'programs/settings.ts',
      'settings/email.ts',
      'settings/settings.ts',
    ]);
  });

  it('has each table written by the rooms that the reviewed list names', () => {
    const written = (text: string) => tablesWritten(text, tablesByModel());
    expect(
      [
        'UPDATE delivery d SET x = 1',
        'insert into "delivery" (id)',
        'DELETE FROM delivery\n WHERE',
        'prisma.delivery.updateMany({',
        'const { delivery } = prisma; await delivery\n  .create({',
      ].map(written),
    ).toEqual(Array(5).fill(['delivery']));
    const reads = [
      'SELECT 1 FROM delivery FOR UPDATE',
      'delivery.findMany({',
      'UPDATE delivery_rung SET',
      'deliveryUpdate(',
    ];
    expect(reads.flatMap(written)).toEqual(['delivery_rung']);
    expect(
      writersOf(
        files.map(({ path, text }) => ({ room: path.startsWith('dispatch/') ? dirname(path) : folderOf(path), text })),
      ),
    ).toEqual(reviewedWriters);
  });

  it('says in one place which messages outlive a withdrawal', () => {
    const rule = /purpose\s*(?:=|<>|!=)\s*'withdrawal'|not: 'withdrawal'/;
    expect(offenders(({ text }) => rule.test(text))).toEqual(['issues/still-wanted.repository.ts']);
  });

  it('opens no connection to PostgreSQL but those that count in UTC', () => {
    const driver = /^import (?!type)[^;]*from '(?:pg|@prisma\/adapter-pg)'/m;
    expect(offenders(({ text }) => driver.test(text))).toEqual(['platform/database.ts', 'platform/postgres-client.ts']);
  });

  it('never asks what time it is where this machine stands', () => {
    const wrong = [
      'at.getHours()',
      "at.toLocaleString('zh-CN')",
      'new Date(2026, 1, 1)',
      'at.toDateString()',
      'new Date(`${day}T08:00`)',
    ];
    expect(wrong.filter((text) => localTimes(text).length !== 1)).toEqual([]);
    const right = [
      'at.getUTCHours()',
      'number.toLocaleString()',
      'new Date(Date.UTC(2026, 1))',
      'new Date(`${day}T08:00:00+08:00`)',
    ];
    expect(right.flatMap(localTimes)).toEqual([]);
    expect(files.flatMap(({ path, text }) => localTimes(text).map((found) => `${path}: ${found}`))).toEqual([]);
  });

  it('has no barrels, forwardRef or string tokens', () => {
    expect(
      offenders(
        ({ path, text }) => path.endsWith('index.ts') || text.includes('forwardRef(') || /@Inject\(['"]/.test(text),
      ),
    ).toEqual([]);
  });

  it('keeps files under 300 lines', () => {
    const long = [...filesUnder(root), ...filesUnder(import.meta.dirname)].filter(
      (full) => readFileSync(full, 'utf8').split('\n').length > 300,
    );
    expect(long).toEqual([]);
  });
});
