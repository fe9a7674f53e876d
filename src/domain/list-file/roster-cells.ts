import { parseIsoDate } from '../calendar.js';
import { unitKindText } from '../people/list-words.js';
import { type PostLevel, type UnitKind, unitKinds } from '../people/organisation.js';
import { type CellReading, folded } from '../people/address.js';
import { isPlaceholder } from '../text/placeholder.js';
import { visible } from '../text/same-text.js';

/** Reads single cells of the distribution list. Contacts are never repeated in a message: it lands on screens and in files. */

export type RosterKind = 'leader' | 'unit' | 'township';

const longestText = 100;
const kinds = new Map<string, RosterKind>([
  ['leader', 'leader'],
  ['领导', 'leader'],
  ['县领导', 'leader'],
  ['unit', 'unit'],
  ['单位', 'unit'],
  ['县直单位', 'unit'],
  ['township', 'township'],
  ['乡镇', 'township'],
  ['乡镇街道', 'township'],
]);

/** What stands where a post is listed in no group. */
export const noGroup = '（无）';

export function readText(cell: string, what: string): CellReading<string> {
  const text = visible(cell).replace(/\s+/gu, ' ').trim();
  if (text === '') return { fault: `“${what}”不能为空，请填写。` };
  if (isPlaceholder(text)) return { fault: `“${what}”写的是“${text}”，请填写实际的内容。` };
  return text.length > longestText ? { fault: `“${what}”超过${longestText}个字，请缩短。` } : { value: text };
}

export function readOrder(cell: string): CellReading<number> {
  const text = folded(cell);
  if (text === '') return { fault: '“序号”不能为空，请按礼宾次序填写整数。' };
  const order = Number(text);
  if (/^\d{1,6}(?:\.0+)?$/.test(text) && order > 0) return { value: order };
  return { fault: `序号“${text.slice(0, 20)}”不正确，请填写1到999999之间的整数。` };
}

/** Group names, separated by ; or ；. */
export function readGroups(cell: string): CellReading<string[]> {
  if (isPlaceholder(cell)) return { value: [] };
  const names = visible(cell)
    .split(/[;；]/u)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) return { fault: '“分组”不能为空，请填写；多个分组用分号隔开。' };
  const tooLong = names.some((name) => name.length > longestText);
  return tooLong
    ? { fault: `分组名称超过${longestText}个字，请缩短；多个分组用分号隔开。` }
    : { value: [...new Set(names)] };
}

/** Labels, separated like groups; none is allowed. */
export function readTags(cell: string): CellReading<string[]> {
  if (visible(cell).trim() === '') return { value: [] };
  const reading = readGroups(cell);
  return 'fault' in reading ? { fault: `标签超过${longestText}个字，请缩短；多个标签用分号隔开。` } : reading;
}

export function readKind(cell: string): CellReading<RosterKind> {
  const text = folded(cell).toLowerCase();
  const kind = kinds.get(text);
  if (kind !== undefined) return { value: kind };
  const wrong = text === '' ? '“类别”不能为空' : `无法识别类别“${text.slice(0, 20)}”`;
  return { fault: `${wrong}，请填写 leader（领导）、unit（单位）或 township（乡镇街道）。` };
}

const levels = new Map<string, PostLevel>([
  ['principal', 'principal'],
  ['正职', 'principal'],
  ['deputy', 'deputy'],
  ['副职', 'deputy'],
  ['staff', 'staff'],
  ['工作人员', 'staff'],
]);

/** Null when the cell is empty: what is known stays. */
export function readLevel(cell: string): CellReading<PostLevel | null> {
  const text = folded(cell).toLowerCase();
  const level = levels.get(text);
  if (level !== undefined || text === '') return { value: level ?? null };
  return { fault: `无法识别层次“${text.slice(0, 20)}”，请填写正职、副职或工作人员。` };
}

/** 正职 unless the title begins with 副. */
export const levelOfTitle = (title: string): PostLevel => (/^(常务)?副/.test(title) ? 'deputy' : 'principal');

/** Other words for kinds of units that people write. */
const unitKindSynonyms: Readonly<Record<string, UnitKind>> = {
  党委: 'party',
  人大机关: 'congress',
  政府: 'government',
  政协机关: 'consultative',
  司法机关: 'judicial',
  '监察、司法机关': 'judicial',
  军事机关: 'military',
  乡镇: 'township',
  乡镇街道: 'township',
  群团: 'mass',
  垂直管理: 'vertical',
  企事业单位: 'enterprise',
};

export function readUnitKind(cell: string): CellReading<UnitKind | null> {
  const text = folded(cell).toLowerCase();
  if (text === '') return { value: null };
  const kind =
    unitKinds.find((known) => known === text || folded(unitKindText[known]) === text) ?? unitKindSynonyms[text];
  if (kind !== undefined) return { value: kind };
  return {
    fault: `无法识别单位类别“${text.slice(0, 20)}”，请填写${unitKinds.map((known) => `“${unitKindText[known]}”`).join('')}之一。`,
  };
}

export function readYesNo(cell: string, what: string): CellReading<boolean> {
  const text = folded(cell).toLowerCase();
  if (['', '否', '0', 'false', 'no'].includes(text)) return { value: false };
  if (['是', '代理', '1', 'true', 'yes'].includes(text)) return { value: true };
  return { fault: `“${what}”只能填写“是”或留空。` };
}

/** `2026-03-01`, `2026/3/1`, `2026.3.1` or `2026年3月1日`; null when empty. */
export function readDate(cell: string, what: string): CellReading<string | null> {
  const text = folded(cell);
  if (text === '') return { value: null };
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[\sT]+0?0:00(?::00)?)?$/.exec(text) ?? [];
  const date = parseIsoDate(`${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`);
  return date !== null ? { value: date } : { fault: `${what}“${text.slice(0, 20)}”不是日期，请填写如 2026-03-01。` };
}
