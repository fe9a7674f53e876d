import { visible } from '../text/same-text.js';

/** A scope as printed at the foot of an issue, taken apart into labels. What the labels mean is scope-reading.ts. */

/** 报 to superiors, 送 to peers, 发 to subordinates. */
export type Addressing = 'up' | 'across' | 'down';
export const addressingText: Record<Addressing, string> = { up: '报', across: '送', down: '发' };

export interface ScopeLabel {
  label: string;
  /** Null where the text has no verb, as in 发送范围：…. */
  addressing: Addressing | null;
}

export interface ScopeTextReading {
  labels: ScopeLabel[];
  /** Parts that stand in the same place but are nobody. */
  ignored: { text: string; reason: string }[];
}

const verb =
  /(?:本期)?(?:发送范围|发送对象|主送|主报|上报|抄送|抄报|分送|分发|发送|印发|报送|呈报|呈送|发至|报|送|发|呈)[：:]/u;
const leadingVerb = new RegExp(`^${verb.source}`, 'u');
const innerVerb = new RegExp(`(?<=\\s)(?=${verb.source})`, 'gu');

// Blanks are single by now: no pattern looks at more than one in a row.
const copies = /（?\s?共印[^，；。（）\n]*）?/gu;
const filed = /(?:存档|归档|备案)(?:（[^（）\n]*）|\s?\d{1,9}\s?份?)?/gu;
const note = /^(?:存|联系|联系人|电话|联系电话|传真|邮箱|地址)(?:[：:].*)?$/u;

/** Longer than any foot that was ever printed; the work of resolving names grows with it. In UTF-16 units. */
export const longestScope = 10_000;
/** A label longer than this is no name, and is not taken apart. */
export const longestLabel = 200;

/** A run of blanks is one: its first, or a line end where it holds one. */
const singleBlanks = (text: string): string =>
  text.replace(/\s+/gu, (run) => (/[\r\n]/u.test(run) ? '\n' : run.charAt(0)));

/**
 * Splits at ， ； , ; 。 and line ends outside brackets, never at 、 (县人大常委会主任、副主任 is one label); a label that comes
 * twice is taken once. Half-width brackets become full-width. 本期发：, 报：, 主送： and the like say how what follows is addressed.
 */
export function readScopeText(text: string): ScopeTextReading {
  const ignored: ScopeTextReading['ignored'] = [];
  const ignore = (reason: string) => (found: string) => {
    ignored.push({ text: found.trim(), reason });
    return '';
  };
  const fullWidth = singleBlanks(visible(text))
    .replaceAll('(', '（')
    .replaceAll(')', '）')
    .replace(copies, ignore('印数，不是发送对象'))
    .replace(filed, ignore('存档备案的份数，不是发送对象'))
    .replace(/（\s*）/gu, '')
    .replace(innerVerb, '\n');
  const labels = new Map<string, ScopeLabel>();
  let addressing: Addressing | null = null;
  for (const part of splitOutsideBrackets(fullWidth, /[，；,;。\r\n]/u)) {
    const printed = part.trim();
    const prefix = leadingVerb.exec(printed)?.[0];
    if (prefix !== undefined) addressing = addressingOf(prefix);
    const label = printed.slice(prefix?.length ?? 0).trim();
    if (label === '') continue;
    if (note.test(label)) ignored.push({ text: label, reason: '联系方式等说明，不是发送对象' });
    else if (labels.has(label)) ignored.push({ text: label, reason: '前面已经写过' });
    else labels.set(label, { label, addressing });
  }
  return { labels: [...labels.values()], ignored };
}

/** The labels alone. */
export function splitScopeText(text: string): string[] {
  return readScopeText(text).labels.map(({ label }) => label);
}

/** Labels in printed order, those under one verb together. */
export interface ScopeRun {
  addressing: Addressing | null;
  labels: string[];
}

export function scopeRuns(scope: readonly string[], addressing: readonly (Addressing | null)[] = []): ScopeRun[] {
  const runs: ScopeRun[] = [];
  scope.forEach((label, at) => {
    const how = addressing[at] ?? null;
    const last = runs.at(-1);
    if (last?.addressing === how) last.labels.push(label);
    else runs.push({ addressing: how, labels: [label] });
  });
  return runs;
}

/** A label on each line, as somebody may edit it; read again it gives the same. */
export function scopeAsText(scope: readonly string[], addressing: readonly (Addressing | null)[]): string {
  return scopeRuns(scope, addressing)
    .map(({ addressing: how, labels }, at) => {
      const verbs = how === null ? (at === 0 ? '' : '本期发：') : `${addressingText[how]}：`;
      return `${verbs}${labels.join('\n')}`;
    })
    .join('\n');
}

/** 报, 送 or 发 by label; empty where the scope has no verbs. */
export const addressingWords = (
  scope: readonly string[],
  addressing: readonly (Addressing | null)[] = [],
): ReadonlyMap<string, string> =>
  new Map(scope.flatMap((label, at) => (addressing[at] ? [[label, addressingText[addressing[at]]] as const] : [])));

/** 本期发 and 发送范围 stand before the whole scope and say nothing of rank. */
export function addressingOf(prefix: string): Addressing | null {
  if (/^本期|范围|对象/u.test(prefix)) return null;
  if (/^(?:主报|上报|抄报|报送|呈)|^报/u.test(prefix)) return 'up';
  if (/^(?:主送|抄送|分送|送)/u.test(prefix)) return 'across';
  return 'down';
}

/** Splits at every separator that stands outside brackets; a bracket that is never closed swallows nothing. */
export function splitOutsideBrackets(text: string, separator: RegExp): string[] {
  const balanced = text.split('（').length === text.split('）').length;
  const parts: string[] = [];
  let [start, depth] = [0, 0];
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (balanced && character === '（') depth += 1;
    else if (character === '）') depth = Math.max(depth - 1, 0);
    else if (depth === 0 && separator.test(character)) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, text.slice(start)];
}
