import type { LineFacts } from './line-facts.js';
import type { Look } from './lines.js';
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
  /** Few words in the middle of the page, or larger than the text, above plain type: a heading, of whatever kind. */
  'set apart above text': [
    ['section headline', 3],
    ['text item more', -3],
  ],
  /** The same above a line that is set apart in another way: a section above its first headline. */
  'set apart above another': [
    ['section', 9],
    ['headline text item more', -3],
  ],
  // What a person called the style of the paragraph.
  'styled as a masthead': [
    ['head', 8],
    ['headline section item text', -3],
  ],
  'styled as a section': [
    ['section', 13],
    ['headline item text more', -3],
  ],
  'styled as a headline': [
    ['headline', 8],
    ['section item text more', -3],
  ],
  'styled as a source': [
    ['credit', 6],
    ['text more', -2],
  ],
} as const satisfies Record<string, readonly Row[]>;

export type LookSign = keyof typeof LOOK_WEIGHTS;

/** Names that offices give their styles; 标题 1 and the like are headings, of which headings.ts judges. */
const STYLES: readonly [name: RegExp, sign: LookSign][] = [
  [/刊头|报头|刊名|报名|版头|红头|文件头|^masthead$/iu, 'styled as a masthead'],
  [/栏目|版块|板块|专栏/u, 'styled as a section'],
  [/(?:稿件|文章|新闻|信息|条目|单条|正文)(?:主|大)?标题|^(?:主|大)?标题$|^headline$/iu, 'styled as a headline'],
  [/来源|供稿|署名|落款|作者/u, 'styled as a source'],
];

const TOP_LINES = 12;
const LARGE = 1.5;
const LARGER = 1.15;
const LONGEST_HEADLINE = 60;
const FEW_WORDS = 12;

/** Looks that are the rule in a text tell nothing: where most of it is bold, bold type does not stand out. */
export interface LooksTell {
  bold: boolean;
  centred: boolean;
}

export function looksTell(facts: readonly LineFacts[]): LooksTell {
  const rare = (is: (look: Look) => boolean | undefined): boolean =>
    facts.filter(({ line }) => line.look && is(line.look)).length * 2 < facts.length;
  return { bold: rare(({ bold }) => bold), centred: rare(({ centred }) => centred) };
}

/** What the looks of a line show; nothing for a text, which has none (Markdown has its own signs). */
export function lookSigns(facts: readonly LineFacts[], at: number, bodyStart: number, tell: LooksTell): LookSign[] {
  const fact = facts[at];
  const look = fact?.line.look;
  if (!fact || look?.size === undefined) return [];
  if (at < TOP_LINES && at <= bodyStart && !fact.sentence && isLoud(look) && isOfHead(facts, at, bodyStart))
    return ['large or red at the top'];
  const styled = STYLES.find(([name]) => name.test(look.style ?? ''))?.[1];
  if (styled) return isPlaceOf(styled, at, bodyStart) && couldBeHeadline(fact, 2) ? [styled] : [];
  const next = facts[at + 1];
  if (at < bodyStart || !next || !couldBeHeadline(fact, 2)) return [];
  const isBold = tell.bold && look.bold;
  if (isBold && !next.line.look?.bold && couldBeHeadline(fact, SHORTEST_HEADLINE))
    return [fact.sentence ? 'bold line with a comma' : 'bold line'];
  if (fact.sentence || fact.core.length > FEW_WORDS || !(isBold || isApart(look, tell))) return [];
  const below = next.line.look;
  const isBelowApart = below !== undefined && ((tell.bold && below.bold) || isApart(below, tell));
  if (!isBelowApart) return ['set apart above text'];
  const isOther = below.size !== look.size || below.bold !== look.bold || below.centred !== look.centred;
  return isOther ? ['set apart above another'] : [];
}

/** Only the head is set so: where lines below are too, they are headlines. */
const isOfHead = (facts: readonly LineFacts[], at: number, bodyStart: number): boolean =>
  at < bodyStart || !facts.slice(at + 1).some(({ line }) => line.look && isLoud(line.look));

const isLoud = ({ size = 1, red }: Look): boolean => size >= LARGE || red === true;

const isPlaceOf = (sign: LookSign, at: number, bodyStart: number): boolean =>
  sign === 'styled as a masthead' ? at < TOP_LINES : at >= bodyStart;

const isApart = ({ centred, size = 1 }: Look, tell: LooksTell): boolean =>
  (tell.centred && centred === true) || size >= LARGER;

const SHORTEST_HEADLINE = 6;
/** 一是抓排查 is a point of a list in a text, 图为抢修现场 stands under a photograph. */
const NO_HEADING = /^(?:[一二三四五六七八九十]{1,2}[是要]|[（(]?图[为：:片\d一二三])/u;

const couldBeHeadline = (fact: LineFacts, shortest: number): boolean => {
  const { line, core, section, outline, numbered, scope, signOff, footLine, creditLine } = fact;
  return (
    core.length >= shortest &&
    core.length <= LONGEST_HEADLINE &&
    section === null &&
    numbered === null &&
    !(outline || signOff || footLine || creditLine) &&
    scope === 'none' &&
    !/[。；：，、]$/u.test(line.text) &&
    !NO_HEADING.test(core)
  );
};
