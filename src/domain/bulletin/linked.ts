import type { JudgedLine } from './arrange.js';
import { SURE } from './doubts.js';
import type { Foot } from './foot.js';
import type { Head } from './head.js';
import type { BodyReading } from './items.js';
import type { SourceLine } from './lines.js';
import type { Original, Place, ReadLine } from './original.js';

/** Links the lines of the original with what was read from them. */
export function originalOf(
  source: readonly SourceLine[],
  judged: readonly JudgedLine[],
  parts: { head: Head; foot: Foot; body: BodyReading },
): Original {
  const { head, foot, body } = parts;
  const byNumber = new Map(judged.map((one) => [one.line.number, one]));
  const joined = new Set([...source, ...judged.map(({ line }) => line)].flatMap(({ also = [] }) => also));
  const lines = new Map<number, ReadLine>();
  for (const { number } of source) {
    const one = byNumber.get(number);
    const isFoot = one !== undefined && one.kind !== 'head' && one.line.pin === undefined;
    const kind = body.kinds.get(number) ?? (isFoot ? foot.kinds.get(number) : undefined) ?? one?.kind ?? 'none';
    const second = one !== undefined && one.confidence < SURE && one.second !== kind ? one.second : null;
    lines.set(number, { number, kind, second, joined: false });
  }
  for (const number of joined) lines.set(number, { number, kind: 'more', second: null, joined: true });
  return {
    lines: [...lines.values()].sort((one, other) => one.number - other.number),
    places: [...headPlaces(head, foot), ...body.places, ...together(foot.places)],
  };
}

function headPlaces(head: Head, foot: Foot): Place[] {
  const at = (fact: string, line: number | null): Place[] => (line === null ? [] : [{ fact, lines: [line] }]);
  return [
    ...at('series', head.series === null ? null : head.seriesLine),
    ...at('issueNumber', head.issueNumber === null ? null : head.numberLine),
    ...at('totalNumber', head.totalNumber === null ? null : head.numberLine),
    ...at('date', head.date === null ? (foot.printedOn === null ? null : foot.lastLine) : head.dateLine),
    ...at('issuer', head.issuers.length === 0 ? (foot.printedBy === null ? null : foot.lastLine) : head.issuerLine),
  ];
}

function together(places: readonly Place[]): Place[] {
  const found = new Map<string, Set<number>>();
  for (const { fact, lines } of places) {
    const known = found.get(fact) ?? new Set<number>();
    for (const line of lines) known.add(line);
    found.set(fact, known);
  }
  return [...found].map(([fact, lines]) => ({ fact, lines: [...lines] }));
}
