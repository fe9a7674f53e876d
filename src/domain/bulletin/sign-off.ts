import { findDate } from './dates.js';
import { isCompoundSurname, isPersonName } from './units.js';
import { simplified } from './glyphs.js';

/** The people named at the foot: 责任编辑, 审核, 签发, 校对, on lines of their own or several on one line. */

export type SignOffRole = 'editor' | 'reviewer' | 'approver' | 'proofreader' | 'contact' | 'other';

/** Who is on duty, who leads the shift and who wrote a piece sign nothing: they are `other`. */
const ROLES: Record<SignOffRole, readonly string[]> = {
  editor:
    '责任编辑,值班编辑,本期责任编辑,本期编辑,本期责编,编校,执行编辑,编辑人,编辑员,编辑,责编,编写,编发,拟稿,采编,编录,汇编,编'.split(
      ',',
    ),
  reviewer: '审核人,审稿人,核稿人,审核,审稿,核稿,审校,复核,复审,审阅,编审,初审,审改,审'.split(','),
  approver: '签发领导,签发人,签发,签批人,签批,审签人,审签,批准,终审,审定,核发,核签,审批,签'.split(','),
  proofreader: '责任校对,校对人,校对,校核,校'.split(','),
  contact:
    '联系电话,值班电话,咨询电话,联系方式,投稿邮箱,投稿信箱,电子邮箱,电子信箱,投稿电话,热线电话,联系人,联系地址,编辑部地址,通讯地址,电话,传真,邮箱,信箱,地址,网址,邮编,邮政编码,E-mail,Email,微信,QQ'.split(
      ',',
    ),
  other:
    '值班主编,执行主编,责任主编,副主编,总编辑,总编,主编,编委,主任,值班人员,值班领导,值班干部,带班领导,带班人员,带班,值班员,值班,撰稿人,撰稿,撰写,执笔人,执笔,供稿人,供稿,印刷,打印,排版,制作,承办,经办人,记录,整理,监制,策划,统筹,信息员,通讯员'.split(
      ',',
    ),
};
const ROLE_OF = new Map(
  Object.entries(ROLES).flatMap(([role, labels]) => labels.map((label) => [label, role as SignOffRole])),
);
/** Whose name stands behind a label in any paper; null for a label that is in no list. */
export const roleOfLabel = (label: string): SignOffRole | null => ROLE_OF.get(simplified(label)) ?? null;

const LABELS = [...ROLE_OF.keys()]
  .sort((a, b) => b.length - a.length)
  .map((label) => [...label].join('\\s{0,8}'))
  .join('|');
const COLON = '(?:\\s{0,8}[：:丨｜|│/／]\\s{0,8}|\\s{0,8}[.．](?!\\d)\\s{0,8}|\\s{0,8}[】\\]〕]\\s{0,8}[：:]?\\s{0,8})';
const LABEL = new RegExp(`(?<!(?!丨)\\p{L})(?:本\\s*期\\s*)?(${LABELS})(?:${COLON}|\\s{1,8}(?=\\p{Script=Han}))`, 'gu');
/** A label that is in no list, with its name, before one that is. */
const UNKNOWN_PAIR = /^(\p{Script=Han}{2,6})\s*[：:]\s*(\p{Script=Han}{1,4})[丨｜|/／]?$/u;
const MOST_STRANGERS = 4;
const SHORT_NAME = /^\p{Script=Han}{2,3}$/u;
const MAX_LINE = 400;
const MAX_NAMES = 24;

export interface SignOff {
  role: SignOffRole;
  label: string;
  /** Null where the label stands without a name. */
  name: string | null;
}

function roleOf(label: string): { role: SignOffRole; label: string } {
  const plain = label.replace(/\s+/gu, '');
  return { label: plain, role: ROLE_OF.get(simplified(plain)) ?? 'other' };
}

/** Closes padded names (李 勉, 王 小 明) and puts 、 between several; numbers and brackets are no names. */
export function personNames(text: string): string | null {
  const clean = (findDate(text)?.rest ?? text)
    .replace(/\s+\p{Script=Han}{2,6}\s*[：:].*$/u, ' ')
    .replace(/[（(【[][^（()）【】[\]]{0,40}[）)】\]]?/gu, ' ')
    .replace(/\d{4}\s*年.*$|\d[\d\s-]{5,}/gu, ' ')
    .replace(/(?:联\s*系\s*)?电\s*话.*$/u, ' ')
    .replace(/[。，,；;.丨｜|│/／\s（(【）)】\]\p{So}▷※•·]+$/u, '')
    .trim();
  const tokens = clean.split(/[\s、，,/／丨｜|│；;]+/u).filter(Boolean);
  return joinLetters(tokens).join('、') || null;
}

/** Single letters in a row are one name of two or three, or two names of two. */
function joinLetters(tokens: readonly string[]): string[] {
  const names: string[] = [];
  for (let at = 0; at < tokens.length;) {
    let end = at;
    while (end < tokens.length && [...(tokens[end] ?? '')].length === 1) end += 1;
    const run = tokens.slice(at, end);
    if (run.length === 0) names.push(tokens[at++] ?? '');
    else {
      const next = tokens[end];
      if (run.length === 1 && next !== undefined) names.push((run[0] ?? '') + next);
      else names.push(...cutLetters(run));
      at = run.length === 1 && next !== undefined ? end + 1 : end;
    }
  }
  return names;
}

function cutLetters(run: readonly string[]): string[] {
  if (run.length <= 3 || isCompoundSurname(run.slice(0, 2).join(''))) return [run.join('')];
  const names: string[] = [];
  for (let at = 0; at < run.length;) {
    const left = run.length - at;
    const size = left === 3 ? 3 : 2;
    names.push(run.slice(at, at + size).join(''));
    at += size;
  }
  return names;
}

/** All label and name pairs of a line that begins with such a label; empty for any other line. */
export function readSignOffs(text: string): SignOff[] {
  const found = signOffsWithin(text);
  if (!found) return [];
  const strangers = found.before
    .split(/(?<=[：:]\s{0,4}\p{Script=Han}{1,4}[丨｜|/／]?)\s{1,8}/u)
    .map((pair) => UNKNOWN_PAIR.exec(pair));
  if (strangers.length <= MOST_STRANGERS && strangers.every((pair) => pair !== null))
    return [
      ...strangers.map((pair): SignOff => ({ role: 'other', label: pair[1] ?? '', name: pair[2] ?? null })),
      ...found.pairs,
    ];
  return /[\p{L}\p{N}]/u.test(found.before) ? [] : found.pairs;
}

/** What a line of the head says besides the names on it: 县气象局  签发：李勉  2025年8月19日. */
export function besideNames(text: string, { before }: { before: string }): string {
  const [year, month, day] = findDate(before) ? [] : (findDate(text.slice(before.length))?.iso?.split('-') ?? []);
  return day === undefined ? before : `${before}    ${year}年${Number(month)}月${Number(day)}日`.trim();
}

/** The pairs of a line and what stands before the first of them: 第33期    签发人：周五洲. */
export function signOffsWithin(text: string): { before: string; pairs: SignOff[] } | null {
  if (text.length > MAX_LINE) return null;
  const inner = text.replace(/^[（(【[〔]\s*(?=\p{Script=Han})/u, (open) => ' '.repeat(open.length));
  const found = [...simplified(inner).matchAll(LABEL)];
  const pairs = found.flatMap((label, index) => {
    const value = inner.slice(label.index + label[0].length, found[index + 1]?.index).replace(/[【[〔（(]\s*$/u, '');
    const bare = !/[：:丨｜|│/／】\]〕.．]/u.test(label[0]);
    const role = roleOf(label[1] ?? '');
    const isContact = role.role === 'contact';
    const name = isContact ? null : personNames(value);
    return [{ ...role, name, bare, index: label.index, tooLong: !isContact && value.trim().length > MAX_NAMES * 3 }];
  });
  // 编辑 南风 ／ 审核 北望: whatever the surname, where the line has nothing but labels with a name behind each.
  const isList = pairs.length > 1 && pairs[0]?.index === 0 && pairs.every(({ name }) => SHORT_NAME.test(name ?? ''));
  const named = pairs.filter(
    ({ bare, name }) => !bare || isList || (name !== null && name.split('、').every(isPersonName)),
  );
  const first = named[0];
  if (!first || first.tooLong) return null;
  return {
    before: inner
      .slice(0, first.index)
      .replace(/[【[〔（(]\s*$/u, '')
      .trim(),
    pairs: named.map(({ role, label, name }) => ({ role, label, name })),
  };
}
