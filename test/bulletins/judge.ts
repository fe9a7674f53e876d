import type { Bulletin, BulletinItem, BulletinWarning } from '../../src/domain/bulletin/bulletin.js';
import type { ParseResult } from '../../src/domain/bulletin/bulletin.js';
import type { GeneratedBulletin } from './bulletin.js';
import type { TrueItem, Truth } from './truth.js';

/** Compares what was read with what was written, fact by fact. */

export type Verdict = 'right' | 'warned' | 'silent';
export interface Judged {
  fact: string;
  verdict: Verdict;
  wanted: unknown;
  found: unknown;
}

/** Two readings are equal when they are equal after NFKC and without white space. */
const squash = (value: string): string => value.normalize('NFKC').replace(/\s+/gu, '');
/** `wanted` may name several readings, `one|other`, of which `-` is none at all. */
const same = (wanted: unknown, found: unknown): boolean =>
  typeof wanted === 'string'
    ? wanted.split('|').some((one) => (typeof found === 'string' ? squash(one) === squash(found) : one === '-'))
    : wanted === found;

const HEAD = {
  series: /series|head_line/,
  issueNumber: /number|combined|head_line/,
  totalNumber: /number|total|combined|head_line/,
  date: /date|head_line|web_page/,
  issuer: /issuer|head_line/,
  editor: /sign_off|foot_line/,
  reviewer: /sign_off|foot_line/,
  approver: /sign_off|foot_line/,
} as const;
const ITEM = /headline|item|section|attribution|unit|contents|body_line|addendum|note|join|mark|stray|paragraph/;
const SCOPE = /distribution|foot_line|bracket|join|copies/;

/** A warning at the lines of a fact says that it may be wrong. */
class Places {
  private readonly text: string;
  private readonly lineAt: number[] = [];

  constructor(text: string) {
    let squashed = '';
    text.split('\n').forEach((line, index) => {
      for (const char of squash(line)) {
        squashed += char;
        for (let unit = 0; unit < char.length; unit += 1) this.lineAt.push(index + 1);
      }
    });
    this.text = squashed;
  }

  /** First and last line of a value, as far as it can be found. */
  linesOf(...values: (string | null | undefined)[]): [number, number] | null {
    const lines = values.flatMap((value) => {
      const wanted = value ? squash(value) : '';
      const found = [...wanted.slice(0, 10)].length > 3 ? this.text.lastIndexOf(wanted.slice(0, 10)) : -1;
      if (found < 0) return [];
      const end = Math.min(found + wanted.length, this.lineAt.length - 1);
      return [this.lineAt[found] ?? 1, this.lineAt[end] ?? 1];
    });
    return lines.length > 0 ? [Math.min(...lines), Math.max(...lines)] : null;
  }
}

function near(warnings: readonly BulletinWarning[], codes: RegExp, lines: [number, number] | null): boolean {
  return warnings.some(
    ({ line, code }) => codes.test(code) && (lines === null || (line >= lines[0] - 2 && line <= lines[1] + 2)),
  );
}

const flat = (sections: readonly { name: string | null; items: readonly (TrueItem | BulletinItem)[] }[]) =>
  sections.flatMap(({ name, items }) => items.map((item) => ({ ...item, section: name })));
type Flat = ReturnType<typeof flat>[number];

const start = (text: string): string => [...squash(text)].slice(0, 14).join('');
const end = (text: string): string => [...squash(text)].slice(-14).join('');

/** How sure it is that the two are the same item. */
function likeness(one: Flat, other: Flat): number {
  const [body, text] = [squash(one.body), squash(`${other.headline ?? ''}${other.body}`)];
  if (same(start(one.body), start(other.body))) return 3;
  if (one.headline !== null && same(one.headline, other.headline)) return 2;
  return text.includes(body.slice(0, 14)) || (text.length > 13 && body.includes(text.slice(0, 14))) ? 1 : 0;
}

/** The best pairing in order, as in comparing two texts. */
function pairs(wanted: readonly Flat[], found: readonly Flat[]): Map<number, number> {
  const best: number[][] = Array.from({ length: wanted.length + 1 }, () => new Array<number>(found.length + 1).fill(0));
  const score = (i: number, j: number): number => likeness(wanted[i]!, found[j]!);
  for (let i = wanted.length - 1; i >= 0; i -= 1)
    for (let j = found.length - 1; j >= 0; j -= 1)
      best[i]![j] = Math.max(
        best[i + 1]![j]!,
        best[i]![j + 1]!,
        score(i, j) > 0 ? score(i, j) + best[i + 1]![j + 1]! : 0,
      );
  const paired = new Map<number, number>();
  for (let i = 0, j = 0; i < wanted.length && j < found.length;) {
    if (score(i, j) > 0 && best[i]![j] === score(i, j) + best[i + 1]![j + 1]!) paired.set(i++, j++);
    else if (best[i]![j] === best[i + 1]![j]) i += 1;
    else j += 1;
  }
  return paired;
}

const bodyIs = (wanted: string, found: string): boolean =>
  same(start(wanted), start(found)) &&
  same(end(wanted), end(found)) &&
  Math.abs(squash(wanted).length - squash(found).length) <= 3;

/** The body with what may stand in it or not taken out of both. */
function bodyOf(item: Flat, found: string): boolean {
  const loose = 'loose' in item && item.loose ? squash(item.loose) : '';
  return bodyIs(item.body, loose ? squash(found).replace(loose, '') : found);
}

export function judge({ truth, text }: Pick<GeneratedBulletin, 'truth' | 'text'>, result: ParseResult): Judged[] {
  if (result.kind !== 'bulletin') return refused(truth, result.kind);
  const { bulletin } = result;
  const places = new Places(text.replace(/\*\*|^#+ /gmu, ''));
  const judged: Judged[] = [];
  const add = (fact: string, right: boolean, warned: boolean, wanted: unknown, found: unknown): void =>
    void judged.push({ fact, verdict: right ? 'right' : warned ? 'warned' : 'silent', wanted, found });
  for (const [key, codes] of Object.entries(HEAD)) {
    const [wanted, found] = [truth[key as keyof Truth], bulletin[key as keyof Bulletin]];
    add(key, same(wanted, found), near(bulletin.warnings, codes, null), wanted, found);
  }
  if (truth.also) judgeFurther(truth.also, bulletin, add);
  judgeItems(truth, bulletin, places, add);
  judgeScope(truth, bulletin, add);
  return judged;
}

type Add = (fact: string, right: boolean, warned: boolean, wanted: unknown, found: unknown) => void;

function judgeFurther(also: NonNullable<Truth['also']>, bulletin: Bulletin, add: Add): void {
  const found = { ...bulletin.extra, classification: bulletin.classification, urgency: bulletin.urgency };
  const warned = near(bulletin.warnings, /head_line|sign_off|foot_line|copies/, null);
  for (const key of ['classification', 'urgency', 'proofreader', 'copies'] as const)
    add(key, same(also[key], found[key]), warned, also[key], found[key]);
}

function judgeItems(truth: Truth, bulletin: Bulletin, places: Places, add: Add): void {
  const [wanted, found] = [flat(truth.sections), flat(bulletin.sections)];
  const paired = pairs(wanted, found);
  const warnedAt = (item: Flat): boolean => near(bulletin.warnings, ITEM, places.linesOf(item.headline, item.body));
  wanted.forEach((item, index) => {
    const other = found[paired.get(index) ?? -1];
    const warned = warnedAt(item) || (other !== undefined && warnedAt(other));
    add(
      'section of an item',
      other !== undefined && same(item.section, other.section),
      warned,
      item.section,
      other?.section,
    );
    add('headline', other !== undefined && same(item.headline, other.headline), warned, item.headline, other?.headline);
    add('body', other !== undefined && bodyOf(item, other.body), warned, item.body, other?.body);
    add('unit', other !== undefined && same(item.unit, other.unit), warned, item.unit, other?.unit);
    if (item.author !== undefined)
      add('author', other !== undefined && same(item.author, other.author), warned, item.author, other?.author);
  });
  const used = new Set(paired.values());
  found.forEach((item, index) => {
    if (!used.has(index)) add('invented item', false, warnedAt(item), null, item.headline ?? item.body);
  });
  const names = bulletin.sections.map(({ name }) => name);
  const extra = names.filter((name) => name !== null && !truth.sections.some((section) => same(section.name, name)));
  extra.forEach((name) =>
    add('invented section', false, near(bulletin.warnings, ITEM, places.linesOf(name)), null, name),
  );
}

function judgeScope(truth: Truth, bulletin: Bulletin, add: Add): void {
  const warned = near(bulletin.warnings, SCOPE, null);
  const left = bulletin.distribution.map(squash);
  for (const group of truth.distribution) {
    const at = left.indexOf(squash(group));
    if (at >= 0) left.splice(at, 1);
    add('recipient', at >= 0, warned, group, at >= 0 ? group : null);
  }
  left.forEach((group) => add('invented recipient', false, warned, null, group));
}

function refused(truth: Truth, kind: string): Judged[] {
  const facts = 8 + flat(truth.sections).length * 4 + truth.distribution.length;
  return Array.from({ length: facts }, () => ({ fact: 'refused', verdict: 'warned', wanted: null, found: kind }));
}
