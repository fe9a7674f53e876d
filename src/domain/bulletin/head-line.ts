import { statedLevel } from './classification.js';
import { findDate, isBlankDate } from './dates.js';
import { cells, closeSpacing, fullWidthBrackets } from './glyphs.js';
import { type DocNumber, findDocNumber, findTotal } from './issue-number.js';
import { readMarks } from './marks.js';
import { isNameLike } from './series.js';
import { isUnitName } from './units.js';
import { isPageChrome } from './web-page.js';

/** What the lines of the head state one by one; the first statement of a kind stays. */
export interface HeadFacts {
  totalNumber: number | null;
  /** ISO date; `badDate` is one that does not exist in the calendar. */
  date: string | null;
  badDate: string | null;
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
    badDate: null,
    issuers: [],
    docNumber: null,
    copyNumber: null,
    urgency: null,
    classification: null,
  };
}

const INSTRUCTION_BOX = /^(?:领导)?(?:批示|批示栏|阅示|拟办意见|领导批示意见)\s*[：:]?$/u;
const ISSUER_LABEL =
  /^(?:主办单位|主办|编印单位|编印|编发单位|编发机关|编发|编制单位|编制|印发单位|印发机关|编辑单位|主编单位)\s*[：:]\s*/u;
const ISSUER_TAIL = /\s*(?:主办|编印|编发|编制|主编|编辑部编|编|印|印发|制)\s*$/u;
/** Verbs that give away a headline which happens to end like a unit (……建成便民服务中心). */
const VERB =
  /推进|开展|举办|召开|建成|启用|荣获|获评|助力|加强|落实|打造|做好|关于|揭牌|赴|调研|视察|成立|深入|带队|走进|入选|创新|推动|强化|服务(?!中心|局|站|部|处|队|管理)/u;
const DIVISION = /^(?:信息|综合|秘书|文秘|督查|政务|调研|信息督查|信息调研)?\p{Script=Han}{0,4}(?:股|科)$/u;

/** Where a head line stands. Above the number a unit may be the name itself; `closed`: issuer and date are both known. */
export type HeadPlace = 'above' | 'below' | 'closed';

/** Takes from a head line what it states and returns what is left ('' when all of it was understood). */
export function takeFacts(text: string, facts: HeadFacts, where: HeadPlace): string {
  if (text.length > 200) return text;
  // The gate decides about such a line; here it is only no name and no body.
  if (statedLevel(text) !== null) return '';
  if (isPageChrome(text)) {
    takeDate(text, facts);
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
  if (!/[，。；]/u.test(rest)) rest = takeDate(rest, facts) ?? rest;
  rest = rest.replace(/^[\s|｜()（）]+|[\s|｜()（）]+$/gu, '');
  const issuers = rest ? readIssuers(rest, where) : null;
  if (!issuers || where === 'closed') return rest;
  addIssuers(facts, issuers);
  return '';
}

function takeDate(text: string, facts: HeadFacts): string | null {
  const found = findDate(text);
  if (!found) return null;
  if (found.iso) facts.date ??= found.iso;
  else facts.badDate ??= text;
  return found.rest;
}

function addIssuers(facts: HeadFacts, issuers: readonly string[]): void {
  for (const issuer of issuers) {
    const last = facts.issuers.at(-1);
    if (last !== undefined && DIVISION.test(issuer)) facts.issuers[facts.issuers.length - 1] = last + issuer;
    else if (!facts.issuers.includes(issuer)) facts.issuers.push(issuer);
  }
}

/** The issuers a line names, 编 and 主办 taken off; null when any part of it is no unit. */
function readIssuers(text: string, where: HeadPlace): string[] | null {
  const closed = closeSpacing(text)
    .replace(ISSUER_LABEL, '')
    .replace(ISSUER_TAIL, '')
    .replace(/[：:]$/u, '');
  if (/[，。；！？]/u.test(closed) || VERB.test(closed)) return null;
  if (where === 'above' && isNameLike(closed)) return null;
  const parts = cells(closed).flatMap((cell) => issuerParts(closeSpacing(cell).replace(ISSUER_TAIL, '')));
  const units = parts.every((part, index) => isUnitName(part) || (index > 0 && DIVISION.test(part)));
  return parts.length > 0 && units ? parts.map((part) => fullWidthBrackets(part.replace(/\s+/gu, ''))) : null;
}

/** 青陵县 人民政府办公室 is one unit with a blank in it; 县委办公室 县政府办公室 are two. */
function issuerParts(cell: string): string[] {
  const parts: string[] = [];
  for (const piece of cell.split(/[\s、]+/u).filter(Boolean)) {
    const last = parts.at(-1);
    if (last !== undefined && /^.{1,7}[省市县区州旗镇乡]$/u.test(last)) parts[parts.length - 1] = last + piece;
    else parts.push(piece);
  }
  return parts;
}
