import type { Kind } from './kinds.js';

/** What stands between a line and the one kept before it. `page` is an explicit page break: form feed, page number, header. */
export type Gap = 'none' | 'blank' | 'page';

/** What a file says of the looks of a line: a heading of this level (1 is the highest), bold all through, a bold beginning. */
export interface Look {
  heading: number | null;
  bold: boolean;
  lead: string | null;
  /** Set in the middle of the page. */
  centred?: boolean;
  red?: boolean;
  /** Height of its letters against those of the text: 2 is twice as high. */
  size?: number;
  /** Name of the style that the paragraph is set in, where it is not the usual one: `heading 1`, `刊头`. */
  style?: string;
}

/** A non-blank line. `number` is 1-based in the original; `text` is trimmed; `indent` counts half-width columns. */
export interface SourceLine {
  number: number;
  text: string;
  indent: number;
  gap: Gap;
  look?: Look;
  /** What a person says it is. */
  pin?: Kind | 'none';
  /** Numbers of lines that were put on the end of this one. */
  also?: readonly number[];
}

/** One form of line ends, so that a line number means the same here and on the screen. */
export function withNewlines(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

// Invisible format characters (zero-width space, direction marks, soft hyphen) would split words and hide marks.
const INVISIBLE = /\p{Cf}/gu;
const IN_LINE_BREAK = /([\f\v\u0085\u2028\u2029])/u;
// NEL and the line separators also end a line for `trim`, so only real blanks are counted as indentation.
const INDENT = /^[ \t\u3000\u00a0]*/u;

// Layout needs to tell one blank from several, never hundreds; a bound keeps every later pattern linear.
const LONG_BLANK = /[^\S\f\v\u0085\u2028\u2029]{9,}/gu;
const BLANKS_KEPT = 8;

function columns(blank: string): number {
  return [...blank].reduce((sum, char) => sum + (char === '\t' ? 4 : char === '\u3000' ? 2 : 1), 0);
}

/** Cuts text with '\n' line ends into its non-blank lines. A form feed inside a line cuts it in two of the same number. */
export function toLines(text: string): SourceLine[] {
  const lines: SourceLine[] = [];
  let gap: Gap = 'none';
  const add = (raw: string, number: number): boolean => {
    const visible = raw.replace(INVISIBLE, '');
    const trimmed = visible.trim().replace(LONG_BLANK, (run) => run.slice(0, BLANKS_KEPT));
    if (!trimmed) return false;
    lines.push({ number, text: trimmed, indent: columns(INDENT.exec(visible)?.[0] ?? ''), gap });
    gap = 'none';
    return true;
  };
  text.split('\n').forEach((row, index) => {
    let kept = false;
    for (const piece of row.split(IN_LINE_BREAK)) {
      if (piece === '\f') gap = 'page';
      else if (add(piece, index + 1)) kept = true;
    }
    if (!kept && gap === 'none') gap = 'blank';
  });
  return lines;
}
