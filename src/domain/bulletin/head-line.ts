import { statedLevel } from './classification.js';
import { findDate, findDay, type FoundDate, isBlankDate } from './dates.js';
import { cells, closeSpacing, fold, fullWidthBrackets, squash } from './glyphs.js';
import { type DocNumber, findDocNumber, findTotal } from './issue-number.js';
import { readMarks } from './marks.js';
import { isNameLike } from './series.js';
import { isBareUnit, isUnitName } from './units.js';
import { isPageChrome } from './web-page.js';

/** What the lines of the head state one by one; the first statement of a kind stays. */
export interface HeadFacts {
  totalNumber: number | null;
  /** ISO date; `badDate` is one that does not exist in the calendar; `dateFrom` the first day of a range. */
  date: string | null;
  dateFrom: string | null;
  badDate: string | null;
  /** When the page was put on a web site: the date of the paper, where that has none. */
  pageDate: string | null;
  issuers: string[];
  docNumber: DocNumber | null;
  copyNumber: string | null;
  urgency: '特急' | '加急' | null;
  classification: string | null;
}

export function noFacts(): HeadFacts {
  return {
    totalNumber: null,
    date: null,
    dateFrom: null,
    badDate: null,
    pageDate: null,
    issuers: [],
    docNumber: null,
    copyNumber: null,
    urgency: null,
    classification: null,
  };
}

const INSTRUCTION_BOX = /^(?:领导)?(?:批\s*示|批示栏|阅示|拟办意见|领导批示意见)\s*[：:]?$/u;
const ISSUER_LABEL =
  /^[（(【[]?\s*(?:主办单位|承办单位|主办|承办|编印单位|编印|编发单位|编发机关|编发|编制单位|编制|印发单位|印发机关|编辑单位|编辑出版|编辑部|主编单位|编报单位|编报|发布单位|出刊单位|填报单位|单位(?=\s*[：:]))\s*[】\])）]?\s*[：:]?\s*/u;
const ISSUER_TAIL =
  /\s*[（(]?(?:联合)?(?:主办|承办|编印|编发|编制|编报|主编|编辑部编|编辑|编|印|印发|发布|制)[)）]?\s*$/u;
/** Verbs that give away a headline which happens to end like a unit (……建成便民服务中心). */
const VERB =
  /推进(?!办|专班)|开展|举办|召开|建成|启用|荣获|获评|助力|加强|落实|打造|做好|关于|揭牌|赴|调研(?!室|科|股)|视察|成立|深入|带队|走进|入选|创新(?!局|办)|推动|强化|改造(?!办|指挥部|中心|专班|领导)|加固|扮靓|帮扶|惠及|服务(?!中心|指挥|保障|热线|局|站|部|处|队|管理|和|办|领导|专班|大厅|便民热线|便民中心)/u;
/** 重点项目推进领导小组办公室 beside the date, whatever its task is called. */
const BODY = /(?:领导小组|指挥部|专班|委员会|联席会议|工作组)(?:办公室)?$/u;
const DIVISION =
  /^(?:信息|综合|秘书|文秘|督查|政务|调研|信息督查|信息调研)?\p{Script=Han}{0,4}(?:股|科|室)$|^(?:总值班室|值班室|督查室|信息中心|编辑部)$/u;

/** （电话：7789001）, （7月8日—7月14日） beside the issuer. */
const ASIDE = /[（(][^（()）]*(?:[：:]|\d\s*[日月])[^（()）]*[)）]/gu;

/** （7月1日8时—2日8时）, （4月12日0—24时）. */
const HOURS =
  /[（(][^（()）]{0,24}?\d{1,2}\s*(?:[时時点]|[：:]\d{2})?\s*[-–—~～至到]{1,2}[^（()）]{0,20}\d\s*(?:[时時点]|[：:]\d{2})\s*[)）]/u;

/** Where a head line stands. Above the number a unit may be the name itself. */
export type HeadPlace = 'above' | 'below';

const BORDER = '[\\s|｜丨│/／()（）[\\]【】<>《》★☆*_·,，;；]';
const EDGES = new RegExp(`^${BORDER}+|${BORDER}+$`, 'gu');

/**
 * Takes from a head line what it states and returns what is left ('' when all of it was understood). `year`: of the number,
 * where the date may lack it. `issuer`: of earlier issues, squashed.
 */
export function takeFacts(
  text: string,
  facts: HeadFacts,
  where: HeadPlace,
  year: number | null = null,
  issuer: string | null = null,
): string {
  if (text.length > 200) return text;
  // The gate decides about such a line; here it is only no name and no body.
  if (statedLevel(text) !== null) return '';
  if (isPageChrome(text)) {
    facts.pageDate ??= findDate(text)?.iso ?? null;
    return '';
  }
  if (INSTRUCTION_BOX.test(text) || isBlankDate(text)) return '';
  const marks = readMarks(text);
  facts.classification ??= marks.classification;
  facts.urgency ??= marks.urgency;
  facts.copyNumber ??= marks.copyNumber;
  let rest = marks.rest;
  const doc = /[，。；]/u.test(rest) ? null : findDocNumber(rest);
  if (doc) {
    facts.docNumber ??= doc;
    rest = doc.rest;
  }
  const total = findTotal(rest);
  if (total) {
    facts.totalNumber ??= total.total;
    rest = total.rest;
  }
  // （4月12日0—24时） is what the paper tells of, and its day only where no other stands.
  const hours = HOURS.exec(rest);
  if (hours) {
    facts.pageDate ??= findDate(hours[0])?.iso ?? null;
    rest = rest.replace(hours[0], '   ');
  }
  const found = /[，。；]/u.test(rest.replace(/[(（][^()（）]{0,40}[)）]/gu, ''))
    ? null
    : (findDate(rest) ?? (year === null ? null : findDay(rest, year)));
  rest = takeDate(found, rest, facts) ?? rest;
  rest = withoutEdges(rest.replace(ASIDE, ' '));
  const known = issuer === null || rest === '' ? null : knownIssuer(rest, issuer);
  const issuers = known ?? (rest ? readIssuers(rest, where, found !== null && where === 'below') : null);
  if (!issuers) return rest;
  addIssuers(facts, issuers);
  return '';
}

/** Who issued earlier issues, with nothing beside him but words that say that he issues. */
function knownIssuer(text: string, issuer: string): string[] | null {
  const plain = squash(text);
  const at = plain.indexOf(issuer);
  if (at < 0 || issuer === '') return null;
  const beside = `${plain.slice(0, at).replace(ISSUER_LABEL, '')}${plain.slice(at + issuer.length).replace(ISSUER_TAIL, '')}`;
  return beside === '' ? [fullWidthBrackets(issuer)] : null;
}

/** 石岭县应急管理局（地震局） keeps the bracket that is its own. */
function withoutEdges(text: string): string {
  const plain = text.replace(EDGES, '');
  return /[（(][^（()）]*$/u.test(plain) && /[)）]\s*$/u.test(text) ? `${plain}）` : plain;
}

function takeDate(found: FoundDate | null, text: string, facts: HeadFacts): string | null {
  if (!found) return null;
  if (found.iso && facts.date === null) {
    facts.date = found.iso;
    facts.dateFrom = found.from;
  } else if (!found.iso) facts.badDate ??= text;
  return found.rest;
}

function addIssuers(facts: HeadFacts, issuers: readonly string[]): void {
  for (const issuer of issuers) {
    const last = facts.issuers.at(-1);
    if (last !== undefined && DIVISION.test(issuer)) facts.issuers[facts.issuers.length - 1] = last + issuer;
    else if (!facts.issuers.includes(issuer)) facts.issuers.push(issuer);
  }
}

/**
 * The issuers a line names, 编 and 主办 taken off; null when any part of it is no unit. `dated`: a date stands beside them,
 * so that whatever ends like a unit is one.
 */
export function readIssuers(text: string, where: HeadPlace, dated = false): string[] | null {
  // 市政府办公室： is addressed, not the one that issues.
  if (text.length > 120 || /[：:]\s*$/u.test(text)) return null;
  const labelled = ISSUER_LABEL.test(text) && /[：:]/u.test(text);
  const closed = closeSpacing(text)
    .replace(labelled ? ISSUER_LABEL : /^$/u, '')
    .replace(ISSUER_TAIL, '')
    .replace(/[：:]$/u, '');
  if (/办\s*$/u.test(closed) && !/[县市区省州旗乡镇委府部局]|街道|小组/u.test(closed)) return null;
  if (/[，。；！？]/u.test(closed) || (VERB.test(closed) && !labelled && !(dated && BODY.test(closed)))) return null;
  if (where === 'above' && isNameLike(closed)) return null;
  const parts = cells(closed).flatMap((cell) =>
    issuerParts(closeSpacing(cell).replace(ISSUER_LABEL, '').replace(ISSUER_TAIL, '')),
  );
  const isUnit = dated ? isUnitName : isBareUnit;
  const units = parts.every((part, index) => isUnit(part) || (index > 0 && DIVISION.test(part)));
  return parts.length > 0 && units ? parts.map((part) => fullWidthBrackets(part.replace(/\s+/gu, ''))) : null;
}

/** 青陵县 人民政府办公室 is one unit with a blank in it; 县委办公室 县政府办公室 are two. */
function issuerParts(cell: string): string[] {
  const parts: string[] = [];
  for (const piece of fold(cell)
    .split(/[\s、/]+/u)
    .filter(Boolean)) {
    const last = parts.at(-1);
    const goesOn =
      last !== undefined && (/^.{1,7}[省市县区州旗镇乡]$/u.test(last) || !isUnitName(last) || piece.length < 3);
    if (goesOn) parts[parts.length - 1] = last + piece;
    else parts.push(piece);
  }
  return parts;
}
