import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

const root = join(import.meta.dirname, '..');
/** What is made, installed or kept by a running program is no part of the project. */
const notOurs = ['node_modules', 'dist', '.git', 'generated', 'data', 'coverage'];

export interface Document {
  /** From the root of the project. */
  path: string;
  text: string;
}

function pathsUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (notOurs.includes(entry.name)) return [];
    return entry.isDirectory() ? [path, ...pathsUnder(path)] : [path];
  });
}

/** Every file and folder of the project, from its root. */
export const paths: readonly string[] = pathsUnder('');

export const contentOf = (path: string): string => readFileSync(join(root, path), 'utf8');

export const documents: readonly Document[] = paths
  .filter((path) => path.endsWith('.md'))
  .map((path) => ({ path, text: contentOf(path) }));

export function documentAt(path: string): Document {
  return { path, text: contentOf(path) };
}

const fence = /^```.*?^```/gms;
const withoutBlocks = (text: string) => text.replace(fence, '');

/** The blocks between fences, fences left out. */
export const blocksIn = (text: string): string[] =>
  (text.match(fence) ?? []).map((block) => block.split('\n').slice(1, -1).join('\n'));

/** What stands in backticks within a line. */
export const spansIn = (text: string): string[] =>
  [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map(([, span]) => span!);

/** Targets of links and sources of pictures, addresses elsewhere left out. */
export function linksIn(text: string): string[] {
  const plain = withoutBlocks(text).replace(/`[^`\n]+`/g, '');
  const found = [...plain.matchAll(/\]\(([^)\s]+)\)|<img[^>]* src="([^"]+)"/g)].map(
    ([, link, picture]) => link ?? picture!,
  );
  return found.filter((target) => !/^[a-z]+:/.test(target));
}

/** As the places that host code make an anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');

const anchorsIn = (text: string): string[] =>
  [...withoutBlocks(text).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading!));

/** Whether the link of a document leads to something: a file or folder, and a heading where one is named. */
export function leadsSomewhere({ path, text }: Document, target: string): boolean {
  const [file = '', anchor] = decodeURI(target).split('#');
  const full = file === '' ? path : posix.join(dirname(path), file);
  if (!paths.includes(full.replace(/\/$/, ''))) return false;
  return anchor === undefined || anchorsIn(full === path ? text : contentOf(full)).includes(anchor);
}

const ending = /\.(?:ts|mjs|js|md|hbs|sql|json|prisma|csv|txt|css|png)$/;
const tops = new Set(paths.map((path) => path.split('/')[0]!));

/** Words in backticks that name a file or folder of the project, so far as their form tells. */
export function pathsNamedIn(text: string): string[] {
  const words = spansIn(text).flatMap((span) => span.split(/\s+/));
  return words.filter((word) => {
    if (!/^[.\w…-]+(?:\/[.\w…-]*)*$/u.test(word)) return false;
    return ending.test(word) || (word.includes('/') && tops.has(word.split('/')[0]!));
  });
}

/** Whether there is such a file or folder. Capitals and … stand for whatever is in their place; a bare name may stand anywhere. */
export function isThere(name: string): boolean {
  const wanted = name.replace(/\/$/, '');
  if (paths.includes(wanted)) return true;
  const pattern = wanted.replace(/[.]/g, '\\.').replace(/…|[A-Z]{4,}/g, '[^/]+');
  const form = new RegExp(wanted.includes('/') ? `^${pattern}$` : `(?:^|/)${pattern}$`);
  return paths.some((path) => form.test(path));
}
