import { squash } from './glyphs.js';
import type { LineFacts } from './line-facts.js';
import { isNote, isNoteAlone } from './notes.js';
import { NAME, type PaperLayout, showsItself } from './paper-layout.js';

/** What stands between head and items of a paper that is known: a note of the editors, a list of contents. */

export const ENDS = /[。！？；;]["”’」』）)]?$/u;
export const LONGEST_HEADLINE = 60;
/** A section that nothing marks is no longer. */
export const LONGEST_BARE = 10;
const MOST_OF_NOTE = 6;

/** A note of the editors, to the end of its sentence. */
export function noteOf(lines: readonly LineFacts[]): boolean[] {
  const noted = lines.map(() => false);
  const label = lines.findIndex(({ line }) => isNote(line.text));
  for (let at = label; label >= 0 && at < Math.min(lines.length, label + MOST_OF_NOTE); at += 1) {
    const { line, section } = lines[at] as LineFacts;
    if (at > label && section !== null) break;
    noted[at] = true;
    if (ENDS.test(line.text) && !isNoteAlone(line.text)) break;
  }
  return noted;
}

/** The list of contents below the label that this paper gives it, to where the body shows itself. */
export function contentsOf(
  lines: readonly LineFacts[],
  { again, before }: { again: readonly boolean[]; before: readonly boolean[] },
  paper: PaperLayout,
): boolean[] {
  const listed = lines.map(() => false);
  const label = lines.findIndex(
    ({ line }) => paper.contentsLabel !== null && squash(line.text) === paper.contentsLabel,
  );
  if (label < 0) return listed;
  listed[label] = true;
  const isMarked = paper.contentsMark !== null && paper.contentsMark !== '';
  // Two headlines of a list may be the same.
  const showsBody =
    (paper.section !== null && showsItself(paper.section)) ||
    (paper.mark !== null && paper.mark !== '' && paper.mark !== paper.contentsMark);
  const isShort = (fact: LineFacts | undefined): boolean => fact !== undefined && fact.core.length <= LONGEST_BARE;
  for (let at = label + 1; at < lines.length; at += 1) {
    const { line, mark, sentence, tag, section, scope } = lines[at] as LineFacts;
    const isItem = paper.mark !== '' && paper.mark !== paper.contentsMark && mark?.class === paper.mark;
    const isSection = section !== null && paper.section !== null && showsItself(paper.section);
    const isLong = line.text.length > LONGEST_HEADLINE || (sentence && !again[at]);
    const isUnmarked = isMarked && mark?.class !== paper.contentsMark && !again[at];
    if (
      (before[at] && !showsBody) ||
      isItem ||
      isSection ||
      isLong ||
      isUnmarked ||
      scope !== 'none' ||
      (tag !== null && !again[at])
    ) {
      // Its headline is the last line before the first text, its section the one before the first headline.
      const isName = paper.section === NAME && isShort(lines[at - 1]);
      const isTitle = isName || (isLong && paper.headline === 'line');
      if (isTitle && at - 1 > label && !again[at - 1]) listed[at - 1] = false;
      break;
    }
    listed[at] = true;
  }
  return listed;
}
