import { type PaperLayout, type Trait } from '../../domain/bulletin/paper-layout.js';
import { writtenText } from '../../domain/bulletin/written-layout.js';

/** The layout of a publication in words, and as a form. */

const headlineText = {
  line: '单独一行，正文在下一行',
  stop: '在正文前，用句号隔开',
  blank: '在正文前，用空格隔开',
  dash: '在正文前，用破折号隔开',
  bracket: '在正文前，放在括号里',
  none: '没有标题，直接是正文',
} as const;

const placeText = {
  before: '标题前面',
  behind: '标题后面，同一行',
  between: '标题和正文之间，单独一行',
  end: '正文末尾',
  below: '正文下面，单独一行',
  none: '不写报送单位',
} as const;

/** In words a form has examples for what differs. */
const inWords = (form: string, name: string): string =>
  form
    .replaceAll('{名}', name)
    .replaceAll('{总期号}', 'M')
    .replaceAll('{期号}', 'N')
    .replaceAll('{年}', 'YYYY')
    .replaceAll('{数}', 'N')
    .replaceAll('(', '（')
    .replaceAll(')', '）')
    .replaceAll(':', '：');

const quoted = (texts: readonly string[]): string => texts.map((text) => `“${inWords(text, '')}”`).join('、');
const markText = (mark: string): string => (mark === '' ? '没有符号' : `“${mark}”`);

interface TraitWords {
  label: string;
  hint: string;
  words: (layout: PaperLayout) => string;
}

const traits: Record<Trait, TraitWords> = {
  series: { label: '刊头', hint: '文首印的刊名。', words: ({ series }) => series ?? '' },
  number: {
    label: '期号写作',
    hint: '{期号}代表期号，{总期号}代表总期号，{年}代表年份，例如：第{期号}期（总第{总期号}期）。',
    words: ({ number }) => inWords(number ?? '', ''),
  },
  issuer: { label: '编发单位', hint: '文首印的编发单位。', words: ({ issuer }) => inWords(issuer ?? '', '') },
  headLines: {
    label: '文首的固定行',
    hint: '每期都印、不作为内容的行，一行一条；{数}代表任何数字。',
    words: ({ headLines }) => quoted(headLines),
  },
  contentsLabel: {
    label: '目录的标题',
    hint: '例如：本期导读。',
    words: ({ contentsLabel }) => inWords(contentsLabel ?? '', ''),
  },
  contentsMark: {
    label: '目录各条前的符号',
    hint: '例如：◎。没有符号，写“无”。',
    words: ({ contentsMark }) => (contentsMark === null ? '' : markText(contentsMark)),
  },
  section: {
    label: '栏目写作',
    hint: '{名}代表栏目名，例如：【{名}】。',
    words: ({ section }) => inWords(section ?? '', '栏目名'),
  },
  sectionNames: {
    label: '用过的栏目',
    hint: '一行一个。',
    words: ({ sectionNames }) => sectionNames.join('、'),
  },
  mark: {
    label: '每篇稿件前的符号',
    hint: '例如：● 或 1. 或 ①。没有符号，写“无”。',
    words: ({ mark }) => (mark === null ? '' : markText(mark)),
  },
  headline: {
    label: '标题的位置',
    hint: '稿件的标题印在哪里。',
    words: ({ headline }) => (headline === null ? '' : headlineText[headline]),
  },
  unitPlace: {
    label: '报送单位的位置',
    hint: '稿件的报送单位印在哪里。',
    words: ({ unitPlace }) => (unitPlace === null ? '' : placeText[unitPlace]),
  },
  unit: {
    label: '报送单位写作',
    hint: '{名}代表单位名，例如：（{名}）。',
    words: ({ unit }) => inWords(unit ?? '', '单位名'),
  },
  units: { label: '报送过的单位', hint: '一行一个。', words: ({ units }) => units.join('、') },
  scopeLabels: {
    label: '发送范围前的字样',
    hint: '一行一个，不写冒号，例如：本期发。',
    words: ({ scopeLabels }) => quoted(scopeLabels),
  },
  editorLabels: {
    label: '责任编辑前的字样',
    hint: '一行一个，不写冒号，例如：责任编辑。',
    words: ({ editorLabels }) => quoted(editorLabels),
  },
  reviewerLabels: {
    label: '审核人前的字样',
    hint: '一行一个，不写冒号，例如：审核。',
    words: ({ reviewerLabels }) => quoted(reviewerLabels),
  },
  approverLabels: {
    label: '签发人前的字样',
    hint: '一行一个，不写冒号，例如：签发。',
    words: ({ approverLabels }) => quoted(approverLabels),
  },
  footLines: {
    label: '文末的固定行',
    hint: '每期都印、不作为内容的行，一行一条；{数}代表任何数字。',
    words: ({ footLines }) => quoted(footLines),
  },
};

/** As they stand on paper, from top to foot. */
export const traitOrder = Object.keys(traits) as Trait[];

/** What is known, a line for each; nothing of what is not. */
export function layoutWords(layout: PaperLayout | null): { label: string; text: string; byHand: boolean }[] {
  if (layout === null) return [];
  return traitOrder
    .map((trait) => ({
      label: traits[trait].label,
      text: traits[trait].words(layout),
      byHand: layout.byHand.includes(trait),
    }))
    .filter(({ text, byHand }) => text !== '' || byHand)
    .map((line) => (line.text === '' ? { ...line, text: '不使用' } : line));
}

export interface TraitField {
  name: Trait;
  label: string;
  hint: string;
  value: string;
  rows: number | null;
  options: { value: string; text: string; chosen: boolean }[] | null;
  error: string;
}

const choices: Partial<Record<Trait, Readonly<Record<string, string>>>> = {
  headline: headlineText,
  unitPlace: placeText,
};

/** The fields of the form; `typed`: what a person has typed already. */
export function layoutFields(
  layout: PaperLayout,
  typed: Partial<Record<Trait, string>> = {},
  faults: readonly { trait: Trait; message: string }[] = [],
): TraitField[] {
  return traitOrder.map((name) => {
    const value = typed[name] ?? fullWidth(writtenText(layout, name));
    const choice = choices[name];
    return {
      ...{ name, label: traits[name].label, hint: traits[name].hint, value },
      rows: Array.isArray(layout[name]) ? Math.min(8, Math.max(2, value.split('\n').length)) : null,
      options: choice
        ? [['', '不知道'], ...Object.entries(choice)].map(([option = '', text = '']) => ({
            ...{ value: option, text, chosen: option === value },
          }))
        : null,
      error: faults.find(({ trait }) => trait === name)?.message ?? '',
    };
  });
}

const fullWidth = (text: string): string => text.replaceAll('(', '（').replaceAll(')', '）').replaceAll(':', '：');
