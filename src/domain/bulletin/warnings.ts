import type { BulletinWarning } from './bulletin.js';

const MAX_PER_CODE = 20;

/** Line order; at most 20 warnings of one code are shown, the last of them says how many more there are. */
export function arrangeWarnings(warnings: readonly BulletinWarning[]): BulletinWarning[] {
  const ordered = [...warnings].sort((a, b) => a.line - b.line);
  const seen = new Map<string, number>();
  for (const { code } of ordered) seen.set(code, (seen.get(code) ?? 0) + 1);
  const shown = new Map<string, number>();
  return ordered.flatMap((warning) => {
    const rank = (shown.get(warning.code) ?? 0) + 1;
    shown.set(warning.code, rank);
    if (rank > MAX_PER_CODE) return [];
    const hidden = (seen.get(warning.code) ?? 0) - MAX_PER_CODE;
    const more = rank === MAX_PER_CODE && hidden > 0 ? `（其后同类提示还有 ${hidden} 处，未逐条列出。）` : '';
    return [{ ...warning, message: warning.message + more }];
  });
}

const SHORT = 18;

/** A few characters of the text for a message: the end of what comes before, or the start of what comes after. */
export function quoteStart(text: string): string {
  return text.length > SHORT ? `${text.slice(0, SHORT)}…` : text;
}
export function quoteEnd(text: string): string {
  return text.length > SHORT ? `…${text.slice(-SHORT)}` : text;
}
