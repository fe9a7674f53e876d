import { type Css, isRedColour, readCss, sizeOf } from './css.js';

/** Elements that begin and end a line. */
export const blocks = new Set(
  (
    'address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hr html legend li main nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);
/** Elements without an end. */
export const empty = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
/** What is no text of the page, nor words that anybody wrote for it. */
export const dropped = new Set('script style noscript svg math object iframe canvas audio video xml'.split(' '));
/** Words of the page that are no part of its text. */
export const asides = new Set('head title template nav select button textarea del rp rt datalist'.split(' '));

const headings = /^h([1-6])$/;
/** As browsers set them (HTML, 15.3.7). */
const headingSizes = [2, 1.5, 1.17, 1, 0.83, 0.67];

export const headingOf = (name: string): number | null => Number(headings.exec(name)?.[1] ?? 0) || null;

type Attributes = Readonly<Record<string, string>>;

/** What an element says by its name and its attributes, before any style sheet. */
export function ownCss(name: string, attributes: Attributes): Css {
  const css: Css = {};
  const heading = headingOf(name);
  if (name === 'b' || name === 'strong' || name === 'th' || heading !== null) css.bold = true;
  if (heading !== null) css.size = { times: headingSizes[heading - 1]! };
  if (name === 'big') css.size = { times: 1.2 };
  if (name === 'small') css.size = { times: 0.83 };
  if (name === 'center' || name === 'th') css.centred = true;
  if (name === 'pre') css.keepsBlanks = true;
  if (blocks.has(name) || name === 'td') {
    const align = attributes.align?.toLowerCase();
    if (align !== undefined) css.centred = align === 'center' || align === 'middle';
  }
  if (name === 'font') {
    if (attributes.color !== undefined) css.red = isRedColour(attributes.color.trim().toLowerCase());
    if (attributes.size !== undefined) css.size = sizeOf(attributes.size.trim()) ?? { times: 1 };
  }
  if ('hidden' in attributes) css.hidden = 'surely';
  return css;
}

export const inlineCss = (attributes: Attributes): Css =>
  attributes.style === undefined ? {} : readCss(attributes.style);

/** Where programs of web sites put the text of an article: WeChat, and systems that government sites are made with. */
const holders =
  /^(?:js_content|rich_media_content|zoom|ucap-content|trs_editor|trs_ueditor|view|article|article-content|article_content|news_content|pages_content|content-text|vsb_content)$/;

export const isHolder = (name: string, { id = '', class: classes = '' }: Attributes): boolean =>
  name === 'article' ||
  `${id} ${classes}`
    .toLowerCase()
    .split(/\s+/, 20)
    .some((word) => holders.test(word));
