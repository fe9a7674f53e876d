import type { Doubt } from '../../domain/bulletin/bulletin.js';
import type { Place } from '../../domain/bulletin/original.js';
import { SURE } from '../../domain/bulletin/doubts.js';
import type { CurrentReading } from '../../issues/reading.service.js';
import { type OriginalLinks, originalLinks } from './original-links.js';
import type { IssueDraft } from './issue-form.js';
import { kindText, lineChoices, pinText, secondText, takeText, undoText } from './reading-words.js';

/** A button and what it sends. */
export interface Act {
  step: string;
  text: string;
}

interface LineNote {
  text: string;
  act: Act | null;
  /** A person said so; nothing is unsure about it. */
  decided: boolean;
}

export interface OriginalLine {
  number: number;
  text: string;
  /** What it was read as; null for a blank line. */
  kind: string | null;
  /** Where that stands in the form. */
  href: string | null;
  unsure: boolean;
  /** A person wants to say what it is. */
  asked: boolean;
  /** Said of it: warnings, second readings, what a person decided. */
  notes: readonly LineNote[];
}

/** Beside a field of the form: the lines it was read from, and what it may be as well. */
export interface FieldSource {
  lines: string;
  href: string;
  doubt: { text: string; act: Act } | null;
}

export interface OriginalView {
  lines: readonly OriginalLine[];
  /** Lines of this page of the form before and behind those shown. */
  earlier: string | null;
  later: string | null;
  choices: readonly string[];
  series: string;
  /** By the name of the field, or the id of the part. */
  sources: Readonly<Record<string, FieldSource>>;
  /** Lines with something unsure, wherever they are. */
  unsure: readonly { number: number; href: string }[];
}

/** A page is sent on slow lines: so many bytes of the original at once, the marks of a line counted in. */
const mostBytes = 36_000;
const lineOverhead = 700;
const mostUnsure = 30;

/** Of the form. */
export interface OriginalPlace {
  id: string;
  /** From 1. */
  page: number;
  publication: string;
  /** The line of the original that is to be seen, and whether a person wants to say what it is. */
  line?: number | null;
  asks?: boolean;
}

/**
 * The lines of the original that belong to a page of the form, each with what it was read as, and for each field where it was
 * read.
 */
export function originalView(
  current: CurrentReading,
  draft: IssueDraft,
  { id, page, publication, line = null, asks = false }: OriginalPlace,
): OriginalView {
  const texts = current.text.replace(/\n+$/u, '').split('\n');
  const links = originalLinks(current, draft, id, page);
  const from = links.firstLine(page);
  const to = Math.min(links.firstLine(page + 1) - 1, texts.length);
  const { doubts, original } = current.reading;
  const unsure = new Set([
    ...doubts.map(({ line }) => line),
    ...original.lines.flatMap(({ number, second }) => (second === null ? [] : [number])),
  ]);
  const [first, last] = windowOf(texts, { from, to, line });
  const lines = texts
    .slice(first - 1, last)
    .map((text, at) => lineView(current, links, text, first + at))
    .map((one) => ({ ...one, asked: asks && one.number === line }));
  const shownAt = (number: number): string =>
    number >= first && number <= last ? `#line-${number}` : links.ofLine(number);
  return {
    lines,
    earlier: first > from ? links.ofLine(from) : null,
    later: last < to ? links.ofLine(last + 1) : null,
    choices: lineChoices,
    series: publication,
    sources: Object.fromEntries(sourcesOf(current, links, shownAt)),
    unsure: [...unsure]
      .sort((one, other) => one - other)
      .slice(0, mostUnsure)
      .map((number) => ({ number, href: shownAt(number) })),
  };
}

/** The lines that fit, among them the one that is asked for. */
function windowOf(
  texts: readonly string[],
  { from, to, line }: { from: number; to: number; line: number | null },
): [first: number, last: number] {
  const fits = (first: number): number => {
    let [last, bytes] = [first - 1, 0];
    while (last < to && (bytes += lineOverhead + Buffer.byteLength(texts[last] ?? '')) <= mostBytes) last += 1;
    return Math.max(last, Math.min(first, to));
  };
  const last = fits(from);
  return line === null || line <= last || line > to ? [from, last] : [line, fits(line)];
}

function lineView(current: CurrentReading, links: OriginalLinks, text: string, number: number): OriginalLine {
  const { reading, pins, warnings } = current;
  const read = reading.original.lines.find((line) => line.number === number);
  const doubts = reading.doubts.flatMap((doubt, at) => (doubt.line === number ? [{ doubt, at }] : []));
  const said = warnings.filter(({ line }) => line === number || (line < 1 && number === 1));
  const second = read?.second && doubts.length === 0 ? read.second : null;
  const isJoined = read?.kind === 'more' && !read.joined && wasJoined(current, number);
  return {
    number,
    text,
    kind: read === undefined ? null : kindText[read.kind],
    href: read === undefined ? null : links.ofFact(links.factOn(number)),
    asked: false,
    unsure: doubts.length > 0 || second !== null || said.length > 0,
    notes: [
      ...said.map(({ message }) => note(message)),
      ...doubts.map(({ doubt, at }) => note(`也可能是${secondText(doubt)}。`, takeAct(doubt, at))),
      ...(second === null
        ? []
        : [note(`也可能是${kindText[second]}。`, { step: `second:${number}`, text: `改为${kindText[second]}` })]),
      ...(isJoined && second !== 'text'
        ? [note('与上一行接成一句。', { step: `apart:${number}`, text: '分开，另起一段' })]
        : []),
      ...pins.flatMap((pin, at) =>
        pin.line === number ? [note(`${pinText(pin)}。`, { step: `undo:${at}`, text: undoText(pin) }, true)] : [],
      ),
    ],
  };
}

const note = (text: string, act: Act | null = null, decided = false): LineNote => ({ text, act, decided });
const takeAct = (doubt: Doubt, at: number): Act => ({ step: `take:${at}`, text: takeText(doubt) });

/** The second readings of a line, for pages that show the original without the form. */
export const takesOn = ({ reading }: CurrentReading, number: number): Act[] =>
  reading.doubts.flatMap((doubt, at) => (doubt.line === number ? [takeAct(doubt, at)] : []));

/** Lines that a page break or the end of a line parted, and that were put together; said at the line before. */
const JOINED: ReadonlySet<string> = new Set(['page_join', 'headline_joined', 'line_join']);

function wasJoined({ reading, warnings }: CurrentReading, number: number): boolean {
  const before = reading.original.lines.findLast((line) => line.number < number && line.kind !== 'none');
  return warnings.some(({ code, line }) => line === before?.number && JOINED.has(code));
}

function* sourcesOf(
  { reading }: CurrentReading,
  links: OriginalLinks,
  shownAt: (line: number) => string,
): Iterable<[string, FieldSource]> {
  for (const place of reading.original.places) {
    const [first] = place.lines;
    const field = links.fieldOf(place.fact);
    if (first === undefined || field === null) continue;
    const at = reading.doubts.findIndex(({ fact, confidence }) => fact === place.fact && confidence < SURE);
    const doubt = reading.doubts[at];
    yield [
      field,
      {
        lines: rangeText(place),
        href: shownAt(first),
        doubt: doubt ? { text: `也可能是${secondText(doubt)}`, act: takeAct(doubt, at) } : null,
      },
    ];
  }
  for (const [at, doubt] of reading.doubts.entries()) {
    const field = links.fieldOf(doubt.fact);
    if (field === null || reading.original.places.some(({ fact }) => fact === doubt.fact)) continue;
    const [lines, href] = [`第${doubt.line}行`, shownAt(doubt.line)];
    yield [field, { lines, href, doubt: { text: `也可能是${secondText(doubt)}`, act: takeAct(doubt, at) } }];
  }
}

/** 第12行, 第12—18行. */
function rangeText({ lines }: Place): string {
  const [first, last] = [Math.min(...lines), Math.max(...lines)];
  return first === last ? `第${first}行` : `第${first}—${last}行`;
}
