/** One entry of the table of weights.ts: the kinds, parted by blanks, and what the sign adds to each. */
export type Row = readonly [kinds: string, weight: number];

/** The part of the table of weights.ts that is about sections, items and the line before. */
export const BODY_WEIGHTS = {
  // Sections.
  /** 【X】 alone, or a name framed by ornaments. */
  section: [
    ['section', 13],
    ['head', -6],
    ['headline item text more foot', -3],
    ['contents', -1],
  ],
  /** What stands in the brackets says who does what. */
  'section like a headline': [
    ['section', -6],
    ['headline', 7],
  ],
  /** 一、X in a text whose sections are numbered so. */
  'numbered section': [
    ['section', 11],
    ['text item headline', -3],
    ['head', -6],
  ],
  /** ■ X in a text whose sections are marked so. */
  'marked section': [
    ['section', 12],
    ['item headline text', -3],
    ['head', -4],
  ],
  /** A heading above items, or above headings of a lower level, in the file's own marking. */
  'section heading': [
    ['section', 13],
    ['headline', -2],
    ['head', -1],
  ],
  /** A heading above running text in the file's own marking. */
  'headline heading': [
    ['headline', 5],
    ['head', -2],
  ],
  /** A heading of a still lower level: a part of an article. */
  'heading within an article': [
    ['text more', 5],
    ['headline item section', -4],
  ],
  /** A bare short line that names a field of work, before something that begins an item. */
  'bare section': [
    ['section', 8.5],
    ['headline', -1],
  ],

  /** The same over a text, where others stand over headlines. */
  'bare section over a text': [
    ['section', 12],
    ['headline', -3],
  ],

  // Items.
  /** A mark that items of this text begin with. */
  'item mark': [
    ['item', 4.5],
    ['headline', 3.5],
    ['text', -3],
    ['more', -5],
    ['head', -4],
    ['foot', -1],
  ],
  /** 【X】 before running text. */
  tag: [
    ['item', 4],
    ['text', -2],
    ['more', -1],
    ['head', -4],
  ],
  /** Could be a headline on a line of its own. */
  title: [['headline', 2]],
  /** The line below is running text. */
  'before text': [['headline', 1.5]],
  /** The line below begins an item of its own, or is a heading, or a foot. */
  'before a beginning': [['headline', -5]],
  /** A numbered paragraph of an article. */
  outline: [
    ['text', 3],
    ['headline', -6],
    ['item', -3],
    ['more', -2],
    ['head', -3],
  ],
  /** Starts like news (近日, 4月2日). */
  news: [
    ['item', 0.5],
    ['headline more', -2],
    ['head', -2],
  ],
  /** Holds a headline and its text. */
  'headline inside': [['item', 1]],
  /** Its first words are bold, as a headline on the line of its text is. */
  'bold beginning': [
    ['item', 4],
    ['text', -2],
  ],
  /** Items of this text have no unit behind them, and a blank parts a headline from the text of this line. */
  'headline before a blank, nobody credited': [
    ['item', 4],
    ['text', -1],
  ],
  /** A unit in brackets ends the line. */
  'ends with a credit': [
    ['item text more', 1],
    ['headline head section', -6],
  ],
  /** A unit in brackets ends a headline, the text below it. */
  'unit behind a headline': [
    ['headline', 3],
    ['item text', -2],
  ],
  /** Nothing but the unit. */
  'credit line': [
    ['credit', 16],
    ['head', -2],
    ['text item more', -2],
  ],
  /** The unit stands between this headline and its text. */
  'headline before its unit': [['headline', 9]],
  /** The unit or the date under the text of one item. */
  'closes the item': [
    ['credit', 8],
    ['text item more', -3],
  ],
  /** The unit or the date under the last text, the foot below. */
  'closes the issue': [
    ['foot', 16],
    ['text item more headline', -3],
    ['scopeMore', -6],
  ],
  /** ［县水利局］标题, the text below it. */
  'unit before a title': [['headline', 5]],
  /** A row of a table. */
  row: [
    ['text', 2],
    ['headline section', -4],
  ],
  /** Texts of this paper mostly begin with a headline of its own line. */
  'headlines on lines': [['headline', 1]],
  /** … on the line of the text. */
  'headlines inside lines': [['headline', -2]],

  // The line before.
  'after a credit': [
    ['item headline', 3],
    ['section', 2],
    ['text', -5],
    ['more', -8],
    ['credit', -6],
    ['scopeMore', -4],
  ],
  /** A full sentence ends it. */
  'after a stop': [
    ['text', 1.5],
    ['more', -3],
    ['item', -2],
    ['headline', -1],
    ['scopeMore', -5],
    ['note', -2],
  ],
  /** Items of this text have no unit behind them, so that nothing but a headline parts them. */
  'after a stop, nobody credited': [['headline', 2]],
  /** It is cut in the middle of a sentence. */
  'after an open end': [
    ['more', 4],
    ['text item', -3],
    ['headline section', -3],
    ['scopeMore', 2],
    ['note', 6],
    ['foot', -1],
  ],
  /** It could be a headline. */
  'after a title': [
    ['text', 2],
    ['more', -1],
    ['headline', -1],
  ],
  /** It could be the heading of a section, and this one a headline. */
  'after a bare section': [
    ['headline', 1],
    ['text', -1],
    ['more', -3],
  ],
  /** It is a headline that a page end cut in two. */
  'goes on with a headline': [
    ['more', 8],
    ['text headline item', -4],
  ],
  /** Its second half stands below it. */
  'first half of a title': [
    ['headline', 5],
    ['head', -2],
    ['text', -1],
  ],
  /** It could be the first half of a title on two lines. */
  'title goes on': [
    ['headline', 6],
    ['text', -1],
  ],
  /** Begins with a mark that no line begins with, or closes what the line before left open. */
  continues: [
    ['more', 6],
    ['text item headline section', -4],
    ['scopeMore', 4],
  ],
  /** It fills the whole width of a narrow column. */
  'after a full line': [
    ['more', 2],
    ['text item headline', -1],
    ['note scopeMore', 2],
  ],
  'after a section': [
    ['item headline', 1],
    ['more text', -3],
  ],
} as const satisfies Record<string, readonly Row[]>;
