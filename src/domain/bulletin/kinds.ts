/** What a line of a bulletin may be, and how one follows another: the grammar as a table. */

export const KINDS = [
  // Masthead, number, date, issuer, marks, and whatever else is printed above the first item.
  'head',
  // A list of what comes below.
  'contents',
  // A note of the editors (编者按).
  'note',
  // The heading of a section.
  'section',
  // A headline on a line of its own.
  'headline',
  // The first line of an item's text, its headline before it on the line or none at all.
  'item',
  // The first line of a further paragraph.
  'text',
  // A line that goes on with the paragraph before it.
  'more',
  // The unit that sent the item, on a line of its own.
  'credit',
  // A line of recipients with its label.
  'scope',
  // A line that goes on with the recipients.
  'scopeMore',
  // Who edited, checked and signed.
  'sign',
  // Any other matter of the foot: 主题词, telephone, copies, and what nobody knows.
  'foot',
  // What a web page prints under a text.
  'tail',
] as const;

export type Kind = (typeof KINDS)[number];
export const kindIndex = Object.fromEntries(KINDS.map((kind, index) => [kind, index])) as Record<Kind, number>;

const ZONE: Record<Kind, number> = {
  head: 0,
  contents: 1,
  note: 1,
  section: 2,
  headline: 2,
  item: 2,
  text: 2,
  more: 2,
  credit: 2,
  scope: 3,
  scopeMore: 3,
  sign: 3,
  foot: 3,
  tail: 4,
};

const AGAIN = -9;
const NEVER = -40;

/** Steps that differ from the rule of `step`, with the reason. */
const STEPS: readonly [from: string, to: string, weight: number, reason: string][] = [
  ['head', 'text', -4, 'text begins an item, and an item begins with `item` or `headline`'],
  ['head', 'more', -12, 'a paragraph must have begun'],
  ['head', 'credit', -8, 'somebody must have sent something'],
  ['head', 'scope sign foot', -3, 'a bulletin has a body; lines of the foot in the head are lines of the head'],
  ['note', 'contents', 0, 'either may stand first'],
  ['head contents', 'note', -7, 'a note has a label; without one nothing is a note'],
  ['note', 'note', 5, 'a note begins with its label and goes on without'],
  ['contents', 'head', -4, 'a number is printed again under a list of contents in some papers'],
  ['contents note', 'text', -4, 'as behind the head'],
  ['contents note', 'more credit', -12, 'as behind the head'],
  ['section', 'section', -2, 'an empty section is rare'],
  ['section', 'text', -6, 'text begins an item'],
  ['section', 'more credit', -9, 'a heading is whole'],
  ['headline', 'headline', -5, 'a title of two lines is rare'],
  ['headline', 'item more', -7, 'a headline is followed by its text'],
  ['headline', 'section credit', -5, 'a headline is followed by its text'],
  ['headline', 'scope sign foot', -4, 'a headline is followed by its text'],
  ['credit', 'text', -5, 'the item is over'],
  ['credit', 'more', -9, 'the item is over'],
  ['credit', 'credit', -4, 'one line says who sent it'],
  ['head contents note section headline item text more credit', 'scopeMore', NEVER, 'recipients begin with a label'],
  ['sign', 'scopeMore', -6, 'recipients stand together'],
  ['foot', 'scopeMore', -5, 'recipients stand together'],
  ['head contents note', 'tail', -8, 'a bulletin has a body'],
];

const special = new Map(
  STEPS.flatMap(([froms, tos, weight]) =>
    froms.split(' ').flatMap((from) => tos.split(' ').map((to) => [`${from} ${to}`, weight] as const)),
  ),
);

/** Within a part every step is free, on to a later part it costs little; what went before never comes back, except a body. */
export function step(from: Kind, to: Kind): number {
  const known = special.get(`${from} ${to}`);
  if (known !== undefined) return known;
  if (ZONE[from] === ZONE[to]) return 0;
  if (ZONE[to] > ZONE[from]) return -1;
  return ZONE[from] === 3 && ZONE[to] === 2 && to !== 'more' && to !== 'text' && to !== 'credit' ? AGAIN : NEVER;
}

/** How well a bulletin begins with a kind. */
export const begin = (kind: Kind): number =>
  kind === 'head' ? 0 : ZONE[kind] === 1 ? -2 : ZONE[kind] === 2 ? -4 : -12;
