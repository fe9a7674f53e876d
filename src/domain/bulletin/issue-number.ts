import { CHINESE_NUMERAL, fold, readNumeral, simplified } from './glyphs.js';
import { isNameLike as isBulletinName } from './series.js';

const NUM = `\\d{1,5}|[${CHINESE_NUMERAL}]{1,9}`;
const SPLIT_NUM = `\\d{1,5}|\\d(?:\\s\\d){1,4}|[${CHINESE_NUMERAL}](?:\\s?[${CHINESE_NUMERAL}]){0,8}`;
const ISSUE = new RegExp(
  `(?<!(?:总|累计|总期数?)\\s*)第\\s*[([【〔]?\\s*(${SPLIT_NUM})\\s*[)\\]】〕]?\\s*(?:[-–—~至、]\\s*(?:第\\s*)?(${NUM})\\s*)?(期|号)(?:\\s*合刊)?`,
  'u',
);
const TOTAL = new RegExp(
  `[(（\\[]?\\s*(?:总|累计)\\s*(?:第|期号?\\s*[:：]?)?\\s*(${SPLIT_NUM})\\s*(?:[-–—~至、]\\s*(?:${NUM})\\s*)?(?:期|号|(?=[)）\\]]|$))\\s*[)）\\]]?`,
  'u',
);
const YEAR_BEFORE =
  /(?:[〔[(【]\s*((?:19|20)\d{2})\s*年?\s*[〕\])】]|((?:19|20)\d{2})\s*年\s*(?:度|\d{1,2}\s*月(?:份|刊|号|[上中下]旬)?|第?\s*[\d一二三四]{1,2}\s*(?:周|季度?|旬)|[上下]半年)?)[\s·•]*$/u;
const CHINESE_YEAR = new RegExp(`([${CHINESE_NUMERAL}]{4})\\s*年[\\s·•]*$`, 'u');
/** 第11周 第11期. */
const WEEK = /第\s*[\d一二三四五六七八九十]{1,3}\s*周\s*$/u;
/** 2024—2025学年第一学期. */
const SCHOOL_YEAR =
  /(?:19|20)\d{2}\s*(?:[-–—~至]\s*(?:19|20)?\d{2}\s*学年度?\s*(?:第?[一二上下]学期)?|年\s*[春秋夏]季?\s*(?:学期)?)\s*$/u;
const SUPPLEMENT = /[(（]?\s*增\s*刊\s*[)）]?/u;
const SUPPLEMENT_NUMBER = new RegExp(`增\\s*刊\\s*[(（]?\\s*(?:第\\s*)?(${NUM})\\s*[号期]?\\s*[)）]?\\s*$`, 'u');
const LABELLED = new RegExp(
  `^(?:期\\s*号|期\\s*数|No\\.?|№|Issue|Vol\\.?)\\s*[:：]?\\s*(${NUM})\\s*期?(?=$|\\s)`,
  'iu',
);
/** 科创快报 Issue 7, 科创快报 No.7. */
const NAMED = /^(\S.*?)\s*(?:No\.?|№|Issue|Vol\.?)\s*(\d{1,4})(?=$|\s)/iu;
/** 编号：2024-55. */
const LABELLED_YEAR = /^(?:编\s*号|期\s*号)\s*[:：]\s*((?:19|20)\d{2})\s*[-–—·]\s*(\d{1,4})(?=$|\s)/u;
/** 2026·14, 〔2026〕31, 2026年14期: no 第, and nothing that could be a date. */
const YEAR_AND_NUMBER = /^(?=.*[·〕\])期])[〔[(]?\s*((?:19|20)\d{2})\s*[〕\])]?\s*年?\s*[·•-]?\s*(\d{1,3})\s*期?$/u;
const DOC_NUMBER = /(\p{Script=Han}{0,12}?)\s*[〔[(（【]\s*((?:19|20)\d{2})\s*[〕\])）】]\s*(?:第\s*)?(\d{1,5})\s*号/u;

/** ★ 第 17 期 ★. */
const ORNAMENTS = /^[★☆◆◇■□●○*=~-]+\s*|\s*[★☆◆◇■□●○*=~-]+$/gu;

/** 第 l5 期: what a scanner makes of figures. */
const MISREAD = /(?<=第\s{0,2})(?=[\dlIO|]*\d)[\dlIO|]{2,5}(?=\s{0,2}[期号])/gu;

export interface IssueNumber {
  number: number;
  /** The last one of a combined issue (第14-15期). */
  lastNumber: number | null;
  year: number | null;
  total: number | null;
  supplement: boolean;
  /** What stands before and after it on the line, folded. */
  before: string;
  after: string;
}

/** 总第N期 of a line, and the folded line without it. */
export function findTotal(text: string): { total: number; rest: string } | null {
  const folded = fold(text);
  const match = TOTAL.exec(simplified(folded));
  const total = match ? readNumeral(match[1] ?? '') : null;
  if (!match || total === null) return null;
  return { total, rest: `${folded.slice(0, match.index)}  ${folded.slice(match.index + match[0].length)}`.trim() };
}

/**
 * Reads a number line: [name] [year] 第N期 [（总第M期）] [date or issuer]. Null for a sentence that merely names an issue
 * (第126期所报…, 关于举办第3期培训班的通知).
 */
export function readIssueNumber(printed: string): IssueNumber | null {
  const text = printed.replace(MISREAD, (figures) => figures.replace(/[lI|]/gu, '1').replace(/O/gu, '0'));
  const total = findTotal(text);
  const folded = (total?.rest ?? fold(text)).replace(ORNAMENTS, '');
  const match = ISSUE.exec(simplified(folded));
  const number = match ? readNumeral(match[1] ?? '') : null;
  if (!match || number === null) return supplementOnly(folded, total?.total ?? null);
  const left = folded.slice(0, match.index);
  const right = folded.slice(match.index + match[0].length);
  if (!/^(?:$|[\s)\]】》〕·(（〔|丨│/,，*—-]|增\s*刊|\d{4})/u.test(right) || !isNameLike(left)) return null;
  // 第N号 is a number of the bulletin only behind nothing or its name; 人民路第1号 is an address.
  if (match[3] === '号' && /[\u4e00-\u9fff]/u.test(left) && !/(?:报|刊|情|息|态|阅|讯|年)\s*$/u.test(left)) return null;
  const { year, name } = takeYear(left.replace(/[(（[【]\s*$/u, '').replace(SUPPLEMENT, ' '));
  return {
    number,
    lastNumber: match[2] === undefined ? null : readNumeral(match[2]),
    year,
    total: total?.total ?? null,
    supplement: SUPPLEMENT.test(left) || SUPPLEMENT.test(right),
    before: name,
    after: right
      .replace(/^\s*[)\]】》〕]/u, '')
      .replace(SUPPLEMENT, ' ')
      .trim(),
  };
}

function supplementOnly(folded: string, total: number | null): IssueNumber | null {
  const bare = YEAR_AND_NUMBER.exec(folded) ?? LABELLED_YEAR.exec(simplified(folded));
  if (bare)
    return {
      number: Number(bare[2]),
      lastNumber: null,
      year: Number(bare[1]),
      total,
      supplement: false,
      before: '',
      after: folded.slice(bare[0].length).trim(),
    };
  const named = NAMED.exec(folded);
  if (named && isBulletinName(named[1] ?? ''))
    return {
      ...{ number: Number(named[2]), lastNumber: null, total, supplement: false },
      ...{ ...takeNameYear(named[1] ?? ''), after: folded.slice(named[0].length).trim() },
    };
  const match = SUPPLEMENT_NUMBER.exec(folded) ?? LABELLED.exec(simplified(folded));
  const number = match ? readNumeral(match[1] ?? '') : null;
  if (!match || number === null || number === 0 || /^0/.test(match[1] ?? '')) return null;
  const left = folded.slice(0, match.index);
  if (!isNameLike(left)) return null;
  const { year, name } = takeYear(left);
  return {
    number,
    lastNumber: null,
    year,
    total,
    supplement: /增/.test(match[0]),
    before: name,
    after: folded.slice(match.index + match[0].length).trim(),
  };
}

function isNameLike(text: string): boolean {
  return text.length <= 60 && !/[，。；！？,;!?:]/u.test(text) && !/^\s*关于/u.test(text);
}

function takeYear(text: string): { year: number | null; name: string } {
  const school = SCHOOL_YEAR.exec(text);
  if (school) return { year: null, name: text.slice(0, school.index).trim() };
  const western = YEAR_BEFORE.exec(text) ?? /^\s*((?:19|20)\d{2})\s*$/u.exec(text);
  const match = western ?? CHINESE_YEAR.exec(text);
  const year = match ? readNumeral(western ? (western[1] ?? western[2] ?? '') : (match[1] ?? '')) : null;
  return { year, name: (match ? text.slice(0, match.index) : text.replace(WEEK, '')).trim() };
}

function takeNameYear(text: string): { year: number | null; before: string } {
  const { year, name } = takeYear(text);
  return { year, before: name };
}

export interface DocNumber {
  /** As found, blanks removed: 青政办信〔2025〕14号. */
  text: string;
  year: number;
  number: number;
  rest: string;
}

/** A document number (发文字号) of a line. */
export function findDocNumber(text: string): DocNumber | null {
  const match = DOC_NUMBER.exec(fold(text));
  if (!match) return null;
  const [whole, agency, year, number] = match;
  return {
    text: `${(agency ?? '').trim()}〔${year}〕${number}号`,
    year: Number(year),
    number: Number(number),
    rest: fold(text).replace(whole, '   ').trim(),
  };
}
