import type { BodyLine } from './body.js';
import { confidenceOf } from './doubts.js';
import type { FootLine } from './foot.js';
import { begin, type Kind, KINDS, kindIndex, step } from './kinds.js';
import type { SourceLine } from './lines.js';
import type { PaperLayout } from './paper-layout.js';
import { bestPath } from './path.js';
import type { PinKind } from './pins.js';
import { judgeLines } from './signs.js';
import { weightsOf } from './weights.js';

/** The lines of a text by the part of a bulletin they belong to. */
export interface Arranged {
  head: SourceLine[];
  contents: SourceLine[];
  note: SourceLine[];
  body: BodyLine[];
  foot: FootLine[];
  firstBelowHead: SourceLine | null;
  belowHead: SourceLine[];
  /** What stands below the head and the list of contents. */
  belowContents: SourceLine[];
  all: JudgedLine[];
}

/** How a line was judged; `second` is the kind that came next, whatever is alike left aside. */
export interface JudgedLine {
  line: SourceLine;
  kind: Kind;
  confidence: number;
  second: Kind;
}

/** Kinds that come to the same where the other one is chosen: nobody would call it another reading. */
const ALIKE: Partial<Record<Kind, readonly Kind[]>> = {
  text: ['more'],
  more: ['text'],
  foot: ['sign', 'scopeMore'],
};

/** Judges every line and finds the best path through the kinds that the lines may be. */
export function arrange(lines: readonly SourceLine[], paper: PaperLayout | null = null): Arranged {
  const { facts, signs } = judgeLines(lines, paper);
  const weights = new Float64Array(lines.length * KINDS.length);
  lines.forEach((_line, at) => {
    for (const sign of signs(at))
      for (const [kind, weight] of weightsOf[sign]) {
        const index = at * KINDS.length + kindIndex[kind];
        weights[index] = (weights[index] ?? 0) + weight;
      }
    for (const kind of excluded(lines[at]?.pin, lines[at - 1]?.pin))
      weights[at * KINDS.length + kindIndex[kind]] = EXCLUDED;
  });
  const path = bestPath({
    length: lines.length,
    kinds: KINDS.length,
    weight: (at, kind) => weights[at * KINDS.length + kind] ?? 0,
    step: (from, to) => step(KINDS[from] as Kind, KINDS[to] as Kind),
    first: (kind) => begin(KINDS[kind] as Kind),
  });
  const arranged: Arranged = {
    ...{ head: [], contents: [], note: [], body: [], foot: [] },
    ...{ firstBelowHead: null, belowHead: [], belowContents: [], all: [] },
  };
  lines.forEach((line, at) => {
    const kind = KINDS[path.kinds[at] ?? 0] as Kind;
    const fact = facts[at];
    const judged = judge(line, kind, (other) => path.loss(at, kindIndex[other]));
    arranged.all.push(judged);
    if (kind === 'head') arranged.head.push(line);
    else {
      arranged.firstBelowHead ??= line;
      arranged.belowHead.push(line);
      if (kind !== 'contents') arranged.belowContents.push(line);
    }
    if (kind === 'contents') arranged.contents.push(line);
    else if (kind === 'note') arranged.note.push(line);
    else if (kind === 'scope' || kind === 'scopeMore' || kind === 'sign' || kind === 'foot')
      arranged.foot.push({ line, kind });
    else if (kind !== 'head' && kind !== 'tail' && fact)
      arranged.body.push({ facts: fact, kind, confidence: judged.confidence, second: judged.second });
  });
  return arranged;
}

/** Whoever says that a line is one of these says that it ends there, however its text looks. */
const WHOLE: ReadonlySet<PinKind> = new Set(['head', 'contents', 'note', 'section', 'credit']);

/** Less than any way through kinds that are possible. */
const EXCLUDED = -1e6;

/** What a line cannot be by what is pinned on it and on the one before. */
function excluded(own: SourceLine['pin'], before: SourceLine['pin']): readonly Kind[] {
  if (own !== undefined && own !== 'none') return KINDS.filter((kind) => kind !== own);
  return before !== undefined && WHOLE.has(before) ? ['more'] : [];
}

function judge(line: SourceLine, kind: Kind, loss: (other: Kind) => number): JudgedLine {
  let [second, margin]: [Kind, number] = ['text', Infinity];
  for (const other of KINDS) {
    if (other === kind || ALIKE[kind]?.includes(other)) continue;
    const less = loss(other);
    if (less < margin) [second, margin] = [other, less];
  }
  return { line, kind, confidence: confidenceOf(margin), second };
}
