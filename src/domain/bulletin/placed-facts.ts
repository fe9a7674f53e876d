import { squash } from './glyphs.js';
import type { SourceLine } from './lines.js';

/** Where the facts of a structure stand in the lines it was read from, found by their words alone: whoever corrected them. */

/** What an issue says, as it was read or as a person corrected it. */
export interface IssueFacts {
  series: string | null;
  issueNumber: number | null;
  totalNumber: number | null;
  date: string | null;
  issuer: string | null;
  sections: readonly {
    name: string | null;
    items: readonly { headline: string | null; body: string; unit: string | null }[];
  }[];
  distribution: readonly string[];
  editor: string | null;
  reviewer: string | null;
  approver: string | null;
}

/** All numbers are those of lines, from 0; texts are squashed. */
export interface PlacedItem {
  first: number;
  /** What stands before the headline, or before the text where there is none. */
  before: string;
  headline: number | null;
  /** Behind the headline on its line; between headline and text. */
  beside: string;
  between: string;
  body: number;
  end: number;
  /** Behind the text on its last line, and the line below. */
  behind: string;
  unit: string | null;
}

export interface PlacedSection {
  name: string;
  line: number;
}

export interface Placed {
  /** Each line without its blanks, in compatibility form. */
  texts: readonly string[];
  items: PlacedItem[];
  sections: PlacedSection[];
}

const START = 14;
const SHORTEST = 4;
/** Page marks and the unit between headline and text. */
const APART = 60;
const HEADING = 14;

export function placeFacts(lines: readonly SourceLine[], facts: Pick<IssueFacts, 'sections'>): Placed {
  const texts = lines.map(({ text }) => squash(text));
  const starts: number[] = [];
  let length = 0;
  for (const text of texts) {
    starts.push(length);
    length += text.length;
  }
  const whole = texts.join('');
  const lineAt = (place: number): number => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const placed: Placed = { texts, items: [], sections: [] };
  let from = 0;
  for (const { name, items } of facts.sections) {
    const startOfSection = from;
    let isFirst = true;
    for (const item of items) {
      const body = squash(item.body);
      const at = body.length < SHORTEST ? -1 : whole.indexOf(body.slice(0, START), from);
      if (at < 0) continue;
      const title = squash(item.headline ?? '');
      const headed = title === '' ? -1 : whole.lastIndexOf(title, at - title.length);
      const isHeaded = headed >= from && at - headed - title.length <= APART;
      if (title !== '' && !isHeaded) continue;
      const begin = isHeaded ? headed : at;
      const line = lineAt(begin);
      const tail = body.slice(-START);
      const ended = whole.indexOf(tail, at + body.length - tail.length);
      const end = ended < 0 ? at + body.length : ended + tail.length;
      const last = lineAt(end - 1);
      const bodyLine = lineAt(at);
      placed.items.push({
        first: line,
        before: whole.slice(starts[line], begin),
        headline: isHeaded ? line : null,
        beside: isHeaded
          ? whole.slice(headed + title.length, Math.min(at, (starts[line] ?? 0) + (texts[line] ?? '').length))
          : '',
        between: isHeaded ? whole.slice(headed + title.length, at) : '',
        body: bodyLine,
        end: last,
        behind: whole.slice(end, (starts[last] ?? 0) + (texts[last] ?? '').length),
        unit: item.unit === null ? null : squash(item.unit),
      });
      if (name !== null && isFirst) {
        const heading = sectionLine(texts, squash(name), lineAt(startOfSection), line);
        if (heading !== null) placed.sections.push({ name: squash(name), line: heading });
      }
      isFirst = false;
      from = end;
    }
  }
  return placed;
}

function sectionLine(texts: readonly string[], name: string, from: number, to: number): number | null {
  for (let at = to - 1; at >= from; at -= 1) {
    const text = texts[at] ?? '';
    if (text.includes(name) && text.length <= name.length + HEADING) return at;
  }
  return null;
}
