import { pairBrackets } from './brackets.js';
import { isBareUnit, isPersonName, isUnitName, mayBeUnitName, splitTrailingName } from './units.js';

export interface Credit {
  unit: string | null;
  author: string | null;
}

const LABEL =
  /^(?:供稿单位|报送单位|来稿单位|责任单位|信息来源|(?:供稿|来稿|报送|撰稿)(?!人)|稿源|来源|作者|据)\s*[：:]?\s*(?=\S)/u;
const BY_PERSON =
  /(特约记者|实习记者|记者|通讯员|信息员|撰稿人?|供稿人|作者|执笔人?)\s*[：:/]?\s*|文\s*[：:/]\s*|((?:联合|共同)?(?:供稿|报送|来稿|提供|整理))$/gu;
/** Who took the photograph, and whatever else stands behind it. */
const PHOTOGRAPH = /\s*(?:图片?|摄影?)\s*[：:/].*$|(?<=^文)\s*[、/]?图(?=\s*[：:/])/u;
const OF_UNIT = /(?:供稿单位|来源|单位|部门)\s*[：:]\s*/gu;
/** Names of the foot are no credit of an item. */
const SIGNS = /编辑|责编|审核|审稿|核稿|签发|校对|电话/u;
const REFERENCE =
  /^(?:详见|见附|附件|以下|以上|上述|下同|完$|全文完|待续|未完|略$|下略|图[为：:]|图$|[图表]略|摘自|摘编|此件|共印|单位：)|(?:摄|附件)$/u;

/** Puts the halves of a padded two-character name together: 李 勉. */
function joinPadded(tokens: readonly string[]): string[] {
  const result: string[] = [];
  tokens.forEach((token, index) => {
    const previous = tokens[index - 1];
    if (token.length === 1 && previous?.length === 1 && result.at(-1) === previous) result[result.length - 1] += token;
    else result.push(token);
  });
  return result;
}

/** Reads what stands in an attribution bracket; null when it names neither a unit nor, under a label, a person. */
export function readCredit(content: string): Credit | null {
  const whole = content.replace(/(?<=[\p{Script=Han}“”])\s+(?=[\p{Script=Han}“”])/gu, '');
  const credit = readCreditAsPrinted(content);
  // （县委组织部干部 监督股）: a scanner's blank.
  return credit ?? (whole !== content && isUnitName(whole) ? { unit: whole, author: null } : null);
}

function readCreditAsPrinted(content: string): Credit | null {
  if (REFERENCE.test(content.trim()) || SIGNS.test(content)) return null;
  const units: string[] = [];
  const people: string[] = [];
  let role: 'unit' | 'person' = /^(?:撰稿|作者|执笔|供稿人|文\s*[：:/])/u.test(content) ? 'person' : 'unit';
  const plain = content.trim().replace(PHOTOGRAPH, '');
  const bare = plain.replace(LABEL, '');
  const marked = bare
    .replace(OF_UNIT, ' # ')
    .replace(BY_PERSON, (_all, _byPerson, byUnit: string | undefined) => (byUnit ? ' ' : ' @ '));
  const named = bare !== content.trim() || marked !== bare;
  for (const token of joinPadded(marked.split(/[\s、，,；;：:/]+/u).filter(Boolean))) {
    const split = splitTrailingName(token);
    if (token === '@' || token === '#') role = token === '@' ? 'person' : 'unit';
    else if (split && !isPersonName(token)) {
      units.push(split.unit);
      people.push(split.person);
    } else if (isUnitName(token) && !(role === 'person' && isPersonName(token))) {
      units.push(token);
    } else if (isPersonName(token) && (role === 'person' || units.length > 0 || named)) people.push(token);
    else if (role === 'person' && /^\p{Script=Han}{2,4}$/u.test(token)) people.push(token);
    // （史记 供稿）: his label shows that it is a name.
    else if (named && /供稿$/u.test(bare) && units.length === 0 && /^\p{Script=Han}{2,3}$/u.test(token))
      people.push(token);
    // Behind a unit nothing but who wrote it stands so short, whatever the surname.
    else if (units.length > 0 && people.length === 0 && /^\p{Script=Han}{2,3}$/u.test(token)) people.push(token);
    else return null;
  }
  if (units.length === 0 && people.length === 0) return null;
  return { unit: units.join('、') || null, author: people.join('、') || null };
}

/** 县水利局, 县水利局 通讯员王新民: units, and who wrote it behind them under his label. */
function isUnitsFirst(content: string): boolean {
  const [units = '', writer] = content.split(/\s*(?:特约记者|记者|通讯员|信息员|撰稿人?|供稿人?)/u);
  if (!units.split(/[、\s]+/u).every(isUnitName)) return false;
  return writer === undefined || readCredit(content)?.author != null;
}

export interface ClosingBracket {
  before: string;
  content: string;
  /** The full stop behind the bracket, or nothing. */
  stop: string;
  /** The sentence is complete before the bracket: 。（司法局）, or the bracket is the whole paragraph. */
  afterSentence: boolean;
}

/** The bracket that ends a paragraph, a full stop behind it allowed; null when the paragraph does not end with one. */
export function closingBracket(paragraph: string): ClosingBracket | null {
  const stop = /[。.]\s*$/u.exec(paragraph)?.[0].trim() ?? '';
  const text = paragraph
    .trimEnd()
    .slice(0, paragraph.trimEnd().length - stop.length)
    .trimEnd();
  if (!/[）)\]】〕］〉]$/u.test(text)) return null;
  const start = pairBrackets(text).openOf.get(text.length - 1);
  if (start === undefined) return null;
  const before = text.slice(0, start).trimEnd();
  const content = text.slice(start + 1, -1).trim();
  // Other brackets than round ones hold names of columns and quotations; a unit in them is all that counts.
  if (!/[）)]$/u.test(text) && !isUnitsFirst(content)) return null;
  const afterSentence = before === '' || /[。！？…；]$|[。！？…][”」』]$|\p{Script=Han}\.$/u.test(before);
  return { before, content, stop, afterSentence };
}

export type Attribution =
  | { kind: 'none' }
  | { kind: 'unclear'; content: string; before: string }
  | { kind: 'credit'; credit: Credit; before: string; guessed: boolean };

/** 供稿：县水利局, ——县水利局. */
export const CREDIT_LINE =
  /^(?:(?:(?:供稿|来稿|报送|来源|责任|提供)(?:单位|部门|人)?|撰稿人?|作者|执笔人?|文|单位)\s*[：:]|[—–-]{2}\s*(?=\p{Script=Han}))/u;

/** 县水利局 供稿. */
const GIVES = /^[^，。；：:]{2,40}?\s*(?:供稿|报送|来稿|提供)$/u;
/** 县农技中心（执笔：李勉）. */
const WRITTEN_BY =
  /^([^（()），。；]{2,30})[（(]((?:执笔|撰稿|作者|记者|通讯员|信息员|供稿|整理|文\s*[：:/])[^（()）]{1,20})[）)]$/u;
const LONGEST_LINE = 80;

/** What a line credits without being a bracket; null for any other line. */
export function creditOfLine(text: string): Credit | null {
  if (text.length > LONGEST_LINE) return null;
  // 报送：市应急管理局；县委办公室 is whom it goes to.
  if (/^报送\s*[：:].*[；;，,]/u.test(text)) return null;
  if (CREDIT_LINE.test(text))
    return readCredit(
      text.replace(/^[—–-]+/u, '').replace(/(?<=人.{0,2}[：:].+)[（(]([^（()）]{2,24})[）)]$/u, ' 单位：$1'),
    );
  if (GIVES.test(text)) return readCredit(text);
  const written = WRITTEN_BY.exec(text);
  return written ? readCredit(`${written[1] ?? ''} ${written[2] ?? ''}`) : null;
}

/** “心理门诊”护航中高考【县中医院】. */
const TITLE_AND_BRACKET = /^([^【［[〔〖]{5,40}?)\s*[【［[〔〖]\s*([^【】［］[\]〔〕〖〗]{2,16}?)\s*[】］\]〕〗]$/u;
const TITLE_AND_UNIT = /^(\S{5,40}|\S.{4,38}\S)(?:\s{3,}|\u3000{2,}|\t)(\S{2,16})$/u;

/** A headline with its unit far behind it on the same line. */
export function unitBehindTitle(text: string): { title: string; unit: string } | null {
  if (text.length > LONGEST_LINE || /[，。；：:]|^第|期(?:\s|$)|\d\s*[日号](?:\s|$)/u.test(text)) return null;
  const [, title = '', unit = ''] = TITLE_AND_UNIT.exec(text) ?? TITLE_AND_BRACKET.exec(text) ?? [];
  return title !== '' && isBareUnit(unit) && !isBareUnit(title) ? { title: title.trim(), unit } : null;
}

function mayBeUnits(content: string): boolean {
  return content.length <= 30 && content.split(/[、\s]+/u).every(mayBeUnitName);
}

/** …收官。——团区委, and …减少18%。（区人民医院 whose second half the scanner lost. */
const OPEN_CREDIT =
  /(?<=[。！？”])\s*(?:([—–-]{2,4}|[…·]{2,12}|[/／|｜丨]|(?:来源|供稿|来稿|报送|稿源)(?:单位)?\s*[：:])|[（(])\s*([^\s（()）。，；：:—–-]{2,24})$/u;

const OPEN_SPACED = /(?<=[。！？”]|\p{Script=Han}\.)\s*([（(])\s*([^（()）。，；：:—–-]{2,24})$/u;

/** A unit that stands behind the last sentence without closing brackets; bounded by the end of the paragraph. */
export function openCredit(paragraph: string): { credit: Credit; before: string; guessed: boolean } | null {
  const found = OPEN_CREDIT.exec(paragraph.slice(-30)) ?? OPEN_SPACED.exec(paragraph.slice(-30));
  const name = found?.[2] ?? '';
  if (!found || !name.split('、').every(isUnitName)) return null;
  const before = paragraph.slice(0, paragraph.length - Math.min(30, paragraph.length) + found.index).trimEnd();
  return { credit: { unit: name, author: null }, before, guessed: found[1] === undefined };
}

/**
 * The attribution that ends a paragraph. `itemEnds`: what follows shows on its own that the item is over (a section,
 * a bullet, the foot). Without a finished sentence before the bracket, or with a name of unknown form, only that decides.
 */
export function readAttribution(paragraph: string, itemEnds: boolean): Attribution {
  const labelled = creditOfLine(paragraph);
  if (labelled) return { kind: 'credit', credit: labelled, before: '', guessed: false };
  const open = openCredit(paragraph);
  if (open) return { kind: 'credit', ...open };
  const bracket = closingBracket(paragraph);
  if (!bracket || REFERENCE.test(bracket.content)) return { kind: 'none' };
  const credit = readCredit(bracket.content);
  if (credit && bracket.afterSentence) return { kind: 'credit', credit, before: bracket.before, guessed: false };
  if (credit && itemEnds) return { kind: 'credit', credit, before: bracket.before + bracket.stop, guessed: true };
  if (credit) return { kind: 'unclear', content: bracket.content, before: bracket.before };
  if (!bracket.afterSentence || !mayBeUnits(bracket.content)) return { kind: 'none' };
  if (!itemEnds) return { kind: 'unclear', content: bracket.content, before: bracket.before };
  const person = isPersonName(bracket.content);
  const guess: Credit = { unit: person ? null : bracket.content, author: person ? bracket.content : null };
  return { kind: 'credit', credit: guess, before: bracket.before, guessed: true };
}
