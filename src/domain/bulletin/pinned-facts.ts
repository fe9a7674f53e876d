import type { Foot } from './foot.js';
import type { Head } from './head.js';
import { isKindPin, type Pin } from './pins.js';

/** Head and foot with the values that are pinned; what was doubtful of them is so no more. */
export function withPinnedFacts(head: Head, foot: Foot, pins: readonly Pin[]): { head: Head; foot: Foot } {
  let [mine, below] = [head, foot];
  for (const pin of pins) {
    if (isKindPin(pin)) continue;
    const { fact, line, value } = pin;
    if (fact === 'series') mine = withSeries(mine, line, value);
    if (fact === 'issueNumber')
      mine = {
        ...mine,
        issueNumber: value === null ? null : Number(value),
        lastNumber: null,
        numberFrom: 'issue',
        numberLine: line,
      };
    if (fact === 'date') mine = { ...mine, date: value, dateFrom: null, badDate: null, dateLine: line };
    if (fact === 'date' && value === null) below = { ...below, printedOn: null };
    if (fact === 'issuer') mine = { ...mine, issuers: value === null ? [] : [value], issuerLine: line };
    if (fact === 'issuer' && value === null) below = { ...below, printedBy: null };
    if (fact === 'editor' || fact === 'reviewer' || fact === 'approver') below = withName(below, fact, value);
  }
  return { head: mine, foot: below };
}

/** The line that was taken for the name is one that is not understood, and the other way round. */
function withSeries(head: Head, line: number, value: string | null): Head {
  const warnings = head.warnings.filter(
    (warning) => warning.code !== 'series_guessed' && !(warning.code === 'unknown_head_line' && warning.line === line),
  );
  return { ...head, series: value, seriesIsNamed: value !== null, seriesLine: line, warnings };
}

function withName(foot: Foot, role: 'editor' | 'reviewer' | 'approver', value: string | null): Foot {
  const names = { ...foot.names };
  if (value === null) delete names[role];
  else names[role] = value;
  const settled = foot.doubts.filter(({ fact }) => fact === role);
  const isSettled = (warning: { line: number; code: string }): boolean =>
    settled.some(({ code, line }) => code === warning.code && line === warning.line);
  return {
    ...foot,
    names,
    doubts: foot.doubts.filter(({ fact }) => fact !== role),
    warnings: foot.warnings.filter((warning) => !isSettled(warning)),
  };
}
