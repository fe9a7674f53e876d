import type { SecretLevel } from './bulletin.js';
import { cells } from './glyphs.js';
import { type SourceLine, toLines, withNewlines } from './lines.js';

/*
 * The secrecy gate: 秘密, 机密 and 绝密 on a line of their own or at a line's head, in the head zone. Every disguise seen on
 * paper or in files is folded away first: blanks, invisible characters, full-width and traditional forms, ㊙, marks in
 * brackets, a copy number or an urgency mark on the same line. Running text (保密局, 商业秘密) must not trip it.
 */

const LEVEL = '(?:绝密|机密|秘密)';
const TERM = '(?:[★☆⭐✩✭※*·-]?(?:长期|永久|启用前|公布前|[\\d一二三四五六七八九十]{1,3}(?:年|个?月|天|日))?)';

/** Phrases in which 秘密 is no mark. */
const SHIELDS = /(?:工\s*作|商\s*业|个\s*人|技\s*术)\s*秘\s*密/gu;

/** Folds width, traditional forms and interposed signs, keeping blanks; the shields are taken out. */
function plain(text: string): string {
  return text
    .replace(/㊙\s*密?/gu, '秘密')
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Mn}]/gu, '')
    .replace(/祕/gu, '秘')
    .replace(/機/gu, '机')
    .replace(/絕/gu, '绝')
    .replace(SHIELDS, '〓')
    .replace(/([绝机秘])[^\p{L}\p{N}\n]{1,8}密(?![\p{L}])/gu, '$1密')
    .replace(/^([^\p{L}\p{N}]*[绝机秘])[^\p{L}\p{N}\n]{1,8}密/u, '$1密');
}

const bare = (text: string): string => text.replace(/\s+/gu, '');

// The alternatives share no first character, so that a hostile line cannot make the match backtrack without end.
const PREFIX =
  '(?:[^\\p{L}〓]|[编份文序第号]|No|特急|加急|急件|平急|紧急|本件|本期|本刊|本文件|此件|属|为|是|系' +
  '|密级|密别|保密等级|保密级别|秘密等级|涉密等级|涉密级别|定密)*';
const ENDING =
  '(?:$|[^\\p{L}\\p{N}]|\\d|级|长期|永久|启用前|公布前|[一二三四五六七八九十]+年|编号|份号|No|第\\d|特急|加急|急件|保密期|注意保|妥善保|不得|严禁' +
  '|(?:文件|资料|材料|信息|事项|刊物|件)(?:$|[^\\p{L}\\p{N}]|\\d|注意|妥善|不得|严禁|阅后|编号|份号|No))';

const STRICT = new RegExp(`^${PREFIX}(?:国家)?(${LEVEL})${ENDING}`, 'iu');
const WHOLE = new RegExp(`^[^\\p{L}\\p{N}]*(?:国家)?(${LEVEL})级?(?:文件|资料|件)?${TERM}[^\\p{L}\\p{N}]*$`, 'u');
const STARRED = new RegExp(`(${LEVEL})级?[★☆⭐✩✭※*]`, 'u');
const BRACKETED = new RegExp(
  `[(【\\[〔〈《<「『{](?:国家)?(${LEVEL})级?(?:文件|资料|件)?${TERM}[)】\\]〕〉》>」』}]`,
  'u',
);
const LABELLED = new RegExp(`(?:密级|密别)[^\\p{L}\\p{N}]*(?:为|是|定为)?[^\\p{L}\\p{N}]*(?:国家)?(${LEVEL})`, 'u');
const LINE_HEAD = new RegExp(`^${PREFIX}(${LEVEL})`, 'iu');

const RANK: readonly SecretLevel[] = ['秘密', '机密', '绝密'];

function highest(found: (string | undefined)[]): SecretLevel | null {
  return RANK.filter((level) => found.includes(level)).at(-1) ?? null;
}

/** Single characters set apart by one blank are one word: 秘 密. */
function words(text: string): string[] {
  const result: string[] = [];
  let run = '';
  for (const piece of text.split(/\s+/u)) {
    if ([...piece].length === 1) run += piece;
    else {
      if (run) result.push(run);
      run = '';
      result.push(piece);
    }
  }
  return run ? [...result, run] : result;
}

/** The level a line states as a mark: alone, at the head before more marks, or as a cell of its own. */
export function statedLevel(text: string): SecretLevel | null {
  const folded = plain(text);
  const key = bare(folded);
  if (!/[绝机秘]密/u.test(key)) return null;
  const parts = [
    ...cells(folded).map(bare),
    ...folded.split(/[|/,，、;；]/u).map(bare),
    ...words(folded.replace(/国家\s*秘密/gu, '〓')),
  ];
  return highest([
    STRICT.exec(key)?.[1],
    STARRED.exec(key)?.[1],
    BRACKETED.exec(key)?.[1],
    LABELLED.exec(key)?.[1],
    ...parts.map((part) => WHOLE.exec(part)?.[1]),
  ]);
}

/** The level a head line begins with, whatever follows: before the masthead even 秘密青陵政务要情 is a mark. */
function leadingLevel(text: string): SecretLevel | null {
  return highest([LINE_HEAD.exec(bare(plain(text)))?.[1]]);
}

/** Puts marks set one character to a line (秘 / 密) back on one line. */
export function mendVerticalMarks(lines: readonly SourceLine[]): SourceLine[] {
  const mended: SourceLine[] = [];
  for (const line of lines) {
    const last = mended.at(-1);
    const isHalf =
      last !== undefined && last.text.length <= 4 && /^[^\p{L}\p{N}]*[绝机秘]$/u.test(bare(plain(last.text)));
    if (last && isHalf && /^[^\p{L}\p{N}]*密/u.test(bare(plain(line.text.slice(0, 40)))))
      mended[mended.length - 1] = { ...last, text: last.text + line.text, also: [...(last.also ?? []), line.number] };
    else mended.push(line);
  }
  return mended;
}

/** A line that is nothing but a mark with its label; a longer one, or one with a comma, is running text. */
const LABEL_ALONE = new RegExp(
  `^(?:[本此该]?(?:文件|件|期|刊|文|稿|简报)?的?(?:密级|密别|定密(?:级别)?|(?:保密|秘密|涉密)(?:等级|级别))[^\\p{L}\\p{N}]*(?:定?为|是)?|[本此](?:文件|件|期|刊)(?:属于?|为|是|系))(?:国家)?(${LEVEL})级?${TERM}[^\\p{L}\\p{N}]*$`,
  'u',
);
const LONGEST_MARK = 40;

/** The level of a line that cannot be anything but a mark, wherever it stands: 机密★5年, 密级：秘密, 绝密 alone. */
function unmistakableLevel(text: string): SecretLevel | null {
  const folded = plain(text);
  const key = bare(folded);
  if (!/[绝机秘]密/u.test(key)) return null;
  const starred = STARRED.exec(key.replace(/[.·_-]/gu, ''))?.[1];
  const line = key.replace(/[。.!！]$/u, '');
  if (line.length > LONGEST_MARK || /[，,。；;、]/u.test(line)) return highest([starred]);
  const closed = line.replace(/[()[\]【】〔〕]/gu, '');
  const parts = [line, closed, ...line.split(/[·|/]/u), ...cells(folded).map(bare), ...words(folded)];
  return highest([starred, LABEL_ALONE.exec(closed)?.[1], ...parts.map((part) => WHOLE.exec(part)?.[1])]);
}

/**
 * A text as the gate sees it. `head`: up to the first section or item; `edge`: contents list and section headings before the
 * first item; `body`: everything else.
 */
export interface GatedText {
  head: readonly string[];
  edge: readonly string[];
  body: readonly string[];
}

/**
 * The gate itself, for a file that is imported as for what somebody types: the highest level marked, or null. In the head a
 * line's beginning is enough; elsewhere only what cannot be anything but a mark is one, so that running text passes.
 */
export function classifiedLevel({ head, edge, body }: GatedText): SecretLevel | null {
  return highest([
    ...linesOf(head).map((line) => leadingLevel(line) ?? undefined),
    ...[...linesOf(head), ...linesOf(edge)].map((line) => statedLevel(line) ?? undefined),
    ...linesOf(body).map((line) => unmistakableLevel(line) ?? undefined),
  ]);
}

const linesOf = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => mendVerticalMarks(toLines(withNewlines(text))).map((line) => line.text));
