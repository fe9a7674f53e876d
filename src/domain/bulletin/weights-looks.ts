import type { LineFacts } from './line-facts.js';
import type { Row } from './weights-body.js';

/** The part of the table of weights.ts that is about what a Word file or a PDF says of the looks of a line. */
export const LOOK_WEIGHTS = {
  /** Large or red above the text: offices set the masthead and the number so, and nothing else. */
  'large or red at the top': [
    ['head', 6],
    ['headline item text', -3],
  ],
  /** Bold all through, with plain type below: a headline on a line of its own. */
  'bold line': [
    ['headline', 4],
    ['text item more', -3],
  ],
  /** The same with a comma in it, which a line of text would speak of: 县委召开会议，部署防汛工作. */
  'bold line with a comma': [
    ['headline', 12],
    ['text item more', -3],
  ],
} as const satisfies Record<string, readonly Row[]>;

export type LookSign = keyof typeof LOOK_WEIGHTS;

const TOP_LINES = 12;
const LARGE = 1.5;
const LONGEST_HEADLINE = 60;

/** Bold type tells something only where most of a text is plain. */
export const boldTells = (facts: readonly LineFacts[]): boolean =>
  facts.filter(({ line }) => line.look?.bold).length * 2 < facts.length;

/** What the looks of a line show; nothing for a text, which has none (Markdown has its own signs). */
export function lookSigns(facts: readonly LineFacts[], at: number, bodyStart: number, tells: boolean): LookSign[] {
  const fact = facts[at];
  const look = fact?.line.look;
  if (!fact || look?.size === undefined) return [];
  if (at < TOP_LINES && at <= bodyStart && !fact.sentence && (look.size >= LARGE || look.red))
    return ['large or red at the top'];
  if (!tells || !look.bold || at < bodyStart || !couldBeHeadline(fact)) return [];
  const next = facts[at + 1];
  if (!next || next.line.look?.bold) return [];
  return [fact.sentence ? 'bold line with a comma' : 'bold line'];
}

const couldBeHeadline = ({
  line,
  core,
  section,
  outline,
  numbered,
  scope,
  signOff,
  footLine,
  creditLine,
}: LineFacts): boolean =>
  core.length >= 6 &&
  core.length <= LONGEST_HEADLINE &&
  section === null &&
  numbered === null &&
  !(outline || signOff || footLine || creditLine) &&
  scope === 'none' &&
  !/[。；：，、]$/u.test(line.text);
