import { squash } from './glyphs.js';
import { itemMark } from './item-marks.js';
import {
  HEADLINE_FORMS,
  isTextTrait,
  LIST_TRAITS,
  NAME,
  NUMBER,
  type PaperLayout,
  showsItself,
  TEXT_TRAITS,
  type TextTrait,
  type Trait,
  UNIT_PLACES,
} from './paper-layout.js';

/** What a person writes about the layout of a paper. */

const LONGEST = 60;
const MOST_LINES = 60;
/** For a mark that is known not to be there. */
export const NO_MARK = '无';

export interface TraitFault {
  trait: Trait;
  message: string;
}

export type Written = { ok: true; layout: PaperLayout } | { ok: false; faults: TraitFault[] };

/** `typed`: a text for each trait, of lists one line each. What differs from `known` is held for the person's own. */
export function writtenLayout(typed: Readonly<Record<Trait, string>>, known: PaperLayout): Written {
  const faults: TraitFault[] = [];
  const layout: PaperLayout = { ...known };
  const changed = (trait: Trait): void => {
    if (!layout.byHand.includes(trait)) layout.byHand = [...layout.byHand, trait];
  };
  for (const trait of TEXT_TRAITS) {
    const text = typed[trait].trim();
    // The form shows full-width brackets.
    if (squash(text) === squash(writtenText(known, trait))) continue;
    const value = text === '' ? null : readText(trait, text);
    if (typeof value === 'object' && value !== null) faults.push({ trait, message: value.message });
    else {
      Object.assign(layout, { [trait]: value });
      changed(trait);
    }
  }
  for (const trait of LIST_TRAITS) {
    const lines = [...new Set(typed[trait].split(/\r?\n/u).map(squash).filter(Boolean))];
    if (lines.length > MOST_LINES || lines.some((line) => line.length > LONGEST))
      faults.push({ trait, message: `最多${MOST_LINES}行，每行不超过${LONGEST}个字。` });
    else if (lines.join('\n') !== known[trait].join('\n')) {
      Object.assign(layout, { [trait]: lines });
      changed(trait);
    }
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, layout };
}

/** A trait as a person reads and writes it. */
export function writtenText(layout: PaperLayout, trait: Trait): string {
  if (!isTextTrait(trait)) return layout[trait].join('\n');
  const value = layout[trait];
  if (trait === 'mark' || trait === 'contentsMark') return value === '' ? NO_MARK : (value ?? '');
  return value ?? '';
}

function readText(trait: TextTrait, text: string): string | { message: string } {
  if (text.length > LONGEST) return { message: `不能超过${LONGEST}个字。` };
  if (trait === 'mark' || trait === 'contentsMark') return readMark(text);
  if (trait === 'headline' || trait === 'unitPlace') {
    const known: readonly string[] = trait === 'headline' ? HEADLINE_FORMS : UNIT_PLACES;
    return known.includes(text) ? text : { message: '请从列出的选项中选择。' };
  }
  const form = squash(text);
  if ((trait === 'section' || trait === 'unit') && form.split(NAME).length !== 2)
    return { message: `请用一个${NAME}代表名称，例如：【${NAME}】。` };
  if (trait === 'section' && showsItself(form) && form.replace(NAME, '').length > 12)
    return { message: `${NAME}前后的符号太长，请只写栏目名前后的符号，例如：【${NAME}】。` };
  if (trait === 'number' && form.split(NUMBER).length !== 2)
    return { message: `请用一个${NUMBER}代表期号，例如：第${NUMBER}期。` };
  return form;
}

function readMark(text: string): string | { message: string } {
  if (text === NO_MARK) return '';
  const mark = itemMark(`${text} 标题文字`);
  return mark?.rest === '标题文字'
    ? mark.class
    : { message: `请写稿件前的符号，例如：● 或 1. 或 ①；没有符号，写“${NO_MARK}”。` };
}
