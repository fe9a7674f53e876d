import { closeSpacing, fold } from './glyphs.js';

/*
 * Marks that do not stop an import: 内部资料 注意保存 and the like (工作秘密), public marks, 特急 and 加急, and copy numbers.
 * A phrase counts only where nothing but other marks or punctuation follows it, so that 内部审计简报 is a name.
 */

const spaced = (word: string): string => [...word].join('\\s*');
const any = (words: readonly string[]): string => words.map(spaced).join('|');

const HOLDING = [
  '注意保存',
  '注意保密',
  '注意保管',
  '妥善保管',
  '不得外传',
  '严禁外传',
  '请勿外传',
  '不准外传',
  '不得翻印',
  '不得转载',
  '阅后收回',
  '阅后退回',
  '阅后清退',
  '阅后销毁',
  '仅供领导参阅',
  '仅供领导参考',
  '供领导参阅',
  '供领导参考',
  '仅供参阅',
  '仅供内部参阅',
];
const INTERNAL = [
  '工作秘密',
  '内部事项',
  '内部资料',
  '内部文件',
  '内部材料',
  '内部刊物',
  '内部参阅',
  '内部参考',
  '内部使用',
  '内部传阅',
  '内部掌握',
  '内部发行',
  '内部明电',
  ...HOLDING,
];
const PUBLIC = [
  '此件公开发布',
  '此件主动公开',
  '此件依申请公开',
  '此件不予公开',
  '此件不公开',
  '主动公开',
  '依申请公开',
  '不予公开',
];

const END = '(?=$|[\\s,，、;；。!！★☆)）\\]】》]|编号|份号|特\\s*急|加\\s*急)';
// The bare words also begin names (内部 审计简报), so they must fill a cell.
const BARE = `(?:${spaced('内部')}|${spaced('公开')})(?=$|\\s{2}|[,，、;；。)）\\]】》★☆])`;
const MARKS = `(?:${any([...INTERNAL, ...PUBLIC])}|${BARE})`;
const JOINT = '[\\s,，、;；★☆]*';
const LEAD = '(?:^|(?<=[\\s(（【\\[《:：]))';
const CLASSIFICATION = new RegExp(`${LEAD}(${MARKS}(?:${JOINT}(?:${any(HOLDING)}))*)${END}[!！。]?`, 'u');
const CLASS_LABEL = /(?:密\s*级|公开属性|公开方式|信息公开选项)\s*[：:]\s*/gu;

export interface HeadMarks {
  classification: string | null;
  urgency: '特急' | '加急' | null;
  copyNumber: string | null;
  /** The line without its marks; blanks kept. */
  rest: string;
}

const URGENCY = /(^|[\s(（【[《:：])(特\s*急|加\s*急)(?=$|[\s,，、;；)）\]】》★☆]|编号|份号|内部)/u;
const COPY_LABELLED = /(?:编\s*号|份\s*号|No\.?|№)\s*[：:.]?\s*(0\d{1,7}|\d{5,8})(?!\d)\s*号?/iu;
const COPY_BARE = /(^|\s)(\d{6})(?=$|\s)/u;
const LEFT_OVER = /(?:紧急程度|缓急)\s*[：:]?\s*|[(（【[《]\s*[)）】\]》]/gu;

/** Takes the marks of a head line; a line that holds none comes back whole. */
export function readMarks(line: string): HeadMarks {
  const text = closeSpacing(line);
  let rest = fold(text).replace(CLASS_LABEL, ' ');
  const copy = COPY_LABELLED.exec(rest) ?? COPY_BARE.exec(rest);
  const copyNumber = copy ? (copy[2] ?? copy[1] ?? null) : null;
  if (copy) rest = rest.replace(copy[0], '  ');
  const urgent = URGENCY.exec(rest);
  if (urgent) rest = rest.replace(urgent[0], `${urgent[1] ?? ''}  `);
  const mark = CLASSIFICATION.exec(rest);
  if (mark) rest = rest.replace(mark[0], '  ');
  if (!copy && !urgent && !mark) return { classification: null, urgency: null, copyNumber: null, rest: line };
  return {
    classification: mark ? markAsFound(text, mark[1] ?? '') : null,
    urgency: urgent ? (urgent[2]?.startsWith('特') ? '特急' : '加急') : null,
    copyNumber,
    rest: rest
      .replace(LEFT_OVER, '')
      .trim()
      .replace(/^[,，;；|]+|[,，;；|]+$/gu, '')
      .trim(),
  };
}

/** The mark in the text's own punctuation, its letter-spacing closed and blanks made single. */
function markAsFound(text: string, folded: string): string {
  const whole = fold(text);
  const start = whole.indexOf(folded);
  // Folding rarely changes the length; where it does, the folded form is shown.
  const found = start >= 0 && whole.length === text.length ? text.slice(start, start + folded.length) : folded;
  return closeSpacing(found).replace(/\s+/gu, ' ');
}

/** A mark such as （内部资料 注意保存） that fills its line; null for anything else. */
export function readWholeMark(text: string): string | null {
  if (text.length > 40) return null;
  const { classification, rest } = readMarks(text);
  return /[\p{L}\p{N}]/u.test(rest) ? null : classification;
}

/** A public mark such as （此件公开发布）, which usually stands at the foot; null for anything else. */
export function readPublicMark(text: string): string | null {
  if (text.length > 40) return null;
  const words = fold(text)
    .replace(CLASS_LABEL, '')
    .replace(/[\s()【】[\]。.]/gu, '');
  return words === '公开' || PUBLIC.includes(words) ? words : null;
}
