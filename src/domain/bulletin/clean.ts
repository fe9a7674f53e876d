import type { Gap, Look, SourceLine } from './lines.js';

/*
 * What a line says without what its way here left on it: signs of Markdown, a blank after every letter, a stray dot on a line
 * of its own. Line numbers stay those of the file.
 */

const STRAY = /^[.。·,，、;；:：'"`~_|丨*#>\\]{1,2}$/u;
const MAX_LETTERS = 4000;
/** Fewer letters set apart may be a name or a figure, unless the whole text is set so. */
const FEWEST_LETTERS = 5;
const LEAD = /^(\*\*|__)([^*_]{2,80}?)\1\s*(?=\S)/u;
const MARK_BEFORE = /^(?:[-*+•·●■◆▲○]\s*|\d{1,2}[.、．]\s*)(?=\*\*|__)/u;

const PICTURES = /^(?:[\u{1F000}-\u{1FAFF}]\uFE0F?\s*)+/u;

/**
 * 📌 before several lines marks items, as ◆ does; alone, or before a label (👉报：), it says nothing.
 */
function withoutPictures(lines: readonly SourceLine[]): SourceLine[] {
  const of = (text: string): string => PICTURES.exec(text.slice(0, 40))?.[0].trim() ?? '';
  const times = new Map<string, number>();
  for (const { text } of lines) times.set(of(text), (times.get(of(text)) ?? 0) + 1);
  return lines.map((line) => {
    const picture = of(line.text);
    if (picture === '') return line;
    const rest = line.text.replace(PICTURES, '');
    const marks = (times.get(picture) ?? 0) > 1 && !/^.{1,6}[：:]/u.test(rest);
    return { ...line, text: marks ? `◆${rest}` : rest };
  });
}

/** Lines without Markdown and letter-spacing; lines of a stray mark are dropped, the gap they stood in is kept. */
export function cleanLines(all: readonly SourceLine[]): SourceLine[] {
  const lines = withoutPictures(all);
  const kept: SourceLine[] = [];
  const spaced = lines.filter(({ text }) => text.length > 8 && closeLetters(text) !== text).length;
  const fewest = spaced * 2 > lines.length ? 2 : FEWEST_LETTERS;
  let gap: Gap = 'none';
  for (const line of lines) {
    if (STRAY.test(line.text) && (line.pin === undefined || line.pin === 'none')) {
      gap = wider(gap, line.gap);
      continue;
    }
    const plain = withoutMarkdown(closeLetters(line.text, fewest));
    const { text } = plain;
    if (text === '') continue;
    kept.push({ ...line, text, gap: wider(gap, line.gap), ...(plain.look ? { look: plain.look } : {}) });
    gap = 'none';
  }
  return kept;
}

const PADDED = /^0[1-9]$/u;
const LONGEST_NUMBERED = 60;

/** 01 on a line of its own over a headline, as papers for the telephone have it: one line with it. */
export function joinPaddedNumbers(lines: readonly SourceLine[]): SourceLine[] {
  const at = lines.flatMap(({ text, pin }, index) => (PADDED.test(text) && pin === undefined ? [index] : []));
  const isRun = at.length > 1 && at.every((index, place) => Number(lines[index]?.text) === place + 1);
  if (!isRun || at.some((index) => (lines[index + 1]?.text.length ?? Infinity) > LONGEST_NUMBERED)) return [...lines];
  return lines.flatMap((line, index) => {
    if (at.includes(index - 1)) return [];
    const next = lines[index + 1];
    if (!at.includes(index) || !next || next.pin !== undefined) return [line];
    return [{ ...line, text: `${line.text}\u3000${next.text}`, also: [next.number, ...(next.also ?? [])] }];
  });
}

const WIDTH: Record<Gap, number> = { none: 0, blank: 1, page: 2 };
const wider = (one: Gap, other: Gap): Gap => (WIDTH[one] >= WIDTH[other] ? one : other);

function withoutMarkdown(raw: string): { text: string; look: Look | null } {
  if (!/[*_#>|&\\]/u.test(raw)) return { text: raw, look: null };
  const heading = /^(#{1,6})\s*(?=[^\s#\d])/u.exec(raw);
  const row = /^\|(.{1,2000})\|$/u.exec(raw);
  let text = raw
    .slice(heading?.[0].length ?? 0)
    .replace(/\s+#{1,6}$/u, '')
    .replace(/^(?:>\s?){1,4}(?!.*<$)/u, '')
    .replace(/&nbsp;/gu, ' ')
    .replace(/\\([*_#[\]()-])/gu, '$1')
    .trim();
  if (row) text = (row[1] ?? '').split('|').join('\t').trim();
  const bold = /^(\*\*|__)([^*_]{1,400})\1$/u.exec(text);
  const before = MARK_BEFORE.exec(text)?.[0] ?? '';
  const lead = bold ? null : LEAD.exec(text.slice(before.length));
  if (bold) text = bold[2]?.trim() ?? '';
  else if (lead) {
    const words = (lead[2] ?? '').trim();
    const parted = /[。：:！？】]$/u.test(words) ? words : `${words}\u3000`;
    text = before + parted + text.slice(before.length + lead[0].length);
  }
  text = text.replaceAll('**', '').replace(/^(?:__|\*)(?=\p{L})|(?<=\p{L})__$/gu, '');
  const isPlain = !heading && !bold && !lead;
  return {
    text: text.trim(),
    look: isPlain
      ? null
      : { heading: heading?.[1]?.length ?? null, bold: bold !== null, lead: lead?.[2]?.trim() ?? null },
  };
}

/** 县 应 急 管 理 局: closes single blanks where nearly every word is one letter; wider ones part words and stay as one. */
export function closeLetters(text: string, fewest = FEWEST_LETTERS): string {
  if (text.length > MAX_LETTERS) return text;
  const pieces = text.split(/(\s+)/u);
  const words = pieces.filter((_piece, index) => index % 2 === 0);
  if (words.length < fewest) return text;
  const letters = words.filter((word) => [...word].length === 1);
  if (letters.length < words.length * 0.8) return text;
  const notFigures = letters.filter((word) => /[\p{Script=Han}\p{P}]/u.test(word)).length;
  if (notFigures < Math.min(3, fewest) && notFigures * 2 < letters.length) return text;
  const blanks = pieces.filter((_piece, index) => index % 2 === 1);
  const narrow = Math.min(...blanks.map((blank) => blank.length));
  if (blanks.some((blank) => blank.includes('\t'))) return text;
  return pieces.map((piece, index) => (index % 2 === 0 ? piece : piece.length > narrow ? '\u3000' : '')).join('');
}
