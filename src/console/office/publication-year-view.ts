import type { NumberedIssue } from '../../issues/publication.repository.js';
import { stateTag, type Tag } from '../tags.js';

export interface YearIssue {
  id: string;
  name: string;
  /** `4月3日` */
  day: string;
  state: Tag;
}

export interface YearView {
  months: { name: string; issues: YearIssue[] }[];
  /** Without a date yet. */
  undated: YearIssue[];
  /** Numbers of the regular issues that nobody has taken, as runs: `3`, `7至9`. */
  missing: string[];
  taken: number;
  next: number;
}

const kindText: Readonly<Record<string, string>> = { regular: '', supplement: '增刊', special: '专刊' };

/** A year of a publication: its issues by month, and the numbers that were left out. */
export function yearView(issues: readonly NumberedIssue[]): YearView {
  const shown = issues.map((issue) => ({
    issue,
    month: issue.issuedOn === null ? 0 : Number(issue.issuedOn.slice(5, 7)),
  }));
  const taken = issues.filter(({ kind, taken: isTaken }) => kind === 'regular' && isTaken).map(({ number }) => number!);
  const highest = Math.max(0, ...taken);
  return {
    months: Array.from({ length: 12 }, (_, i) => ({
      name: `${i + 1}月`,
      issues: shown.filter(({ month }) => month === i + 1).map(({ issue }) => yearIssue(issue)),
    })),
    undated: shown.filter(({ month }) => month === 0).map(({ issue }) => yearIssue(issue)),
    missing: runsMissing(new Set(taken), highest),
    taken: taken.length,
    next: highest + 1,
  };
}

function yearIssue({ id, kind, number, issuedOn, state }: NumberedIssue): YearIssue {
  const [, month, day] = issuedOn?.split('-') ?? [];
  return {
    id,
    name: `${kindText[kind] ?? kind}${number === null ? '期号待定' : `第${number}期`}`,
    day: issuedOn === null ? '' : `${Number(month)}月${Number(day)}日`,
    state: stateTag(state),
  };
}

/** More runs than this would say nothing any more: somebody began in the middle. */
const mostRuns = 20;

function runsMissing(taken: ReadonlySet<number>, highest: number): string[] {
  const runs: string[] = [];
  let from = 1;
  for (const number of [...taken].sort((a, b) => a - b)) {
    if (number > from) runs.push(number - 1 === from ? String(from) : `${from}至${number - 1}`);
    from = number + 1;
  }
  // A year that is taken over in the middle has nothing missing before its first issue here.
  return (highest > 0 && !taken.has(1) ? runs.slice(1) : runs).slice(0, mostRuns);
}
