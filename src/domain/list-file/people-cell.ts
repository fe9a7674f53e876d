import { isPlaceholder } from '../text/placeholder.js';
import { isCompoundSurname, isPersonName } from '../bulletin/units.js';
import { readMobile, maskedFault, type CellReading } from '../people/address.js';
import { readText } from './roster-cells.js';
import { sameKey, visible } from '../text/same-text.js';
import { splitOutsideBrackets } from '../scope/scope-text.js';

/** Cells of a list in which people stand: nobody, one, several, with numbers or without. */

/** A person as a cell names one: by name, by number, or by both. */
export interface NamedPerson {
  name: string | null;
  mobile: string | null;
}

/** The name in the template's row. */
export const exampleName = '（示例）';

/** Cells hold at most 2,000 characters; what is longer names nobody. */
const longestCell = 2000;

const sameAgain = /^同(?:上|前|左|右)$/;
const isDitto = (text: string): boolean => sameAgain.test(sameKey(text));

/** The name of a post's holder; null where the cell says that nobody holds it. */
export function readHolder(cell: string): CellReading<string | null> {
  const text = visible(cell).trim();
  if (text === exampleName) return { fault: '这是模板中的示例行，请改成真实的内容，或删去这一行。' };
  if (isPlaceholder(text)) return { value: null };
  if (text.startsWith('#') || (text !== '' && !/\p{L}/u.test(text) && !/\d/.test(text.normalize('NFKC'))))
    return { fault: '“姓名”里没有能认出的名字，请写出姓名；没有人任职的写“空缺”。' };
  if (text === '' || text.length > longestCell) return readName(text);
  const people = peopleIn(text)?.filter(({ name }) => name === null || !isPlaceholder(name)) ?? null;
  const names = (people ?? []).flatMap(({ name }) => name ?? []);
  if (names.length > 1 || (people?.length ?? 0) > 1) return { fault: severalHolders(names) };
  if (names.some(isDitto)) return { fault: '“姓名”里写的是“同上”一类的字，请写出姓名；没有人任职的写“空缺”。' };
  if (people === null || people.some(({ mobile }) => mobile !== null) || /\d{5}/.test(text.normalize('NFKC')))
    return { fault: '“姓名”里还写了号码，请只写姓名，把号码移到“手机”一列。' };
  return readName(separators.test(text) ? (names[0] ?? text) : text);
}

const severalHolders = (names: readonly string[]): string =>
  `“姓名”里写了不止一个人${names.length > 1 ? `（${names.slice(0, 3).join('、').slice(0, 40)}）` : ''}，一个岗位只能写一人。请每人分成一行，或只留一人。`;

/** Two-character names are often spaced out to line up with longer ones: 李 勉 is 李勉; blanks about a middle dot go too. */
export function readName(cell: string): CellReading<string> {
  const isChinese = /^[\p{sc=Han}\s·•‧・･∙⋅.．]+$/u.test(cell);
  return readText(isChinese ? cell.replace(/\s/gu, '') : cell, '姓名');
}

const mostOfficers = 5;

/** Liaison officers, each with a number or without, however they are set apart: 王五（154…）；赵六：154…, 王五154…赵六154…. */
export function readOfficers(cell: string): CellReading<NamedPerson[]> {
  const text = visible(cell).trim();
  if (text === '' || isPlaceholder(text)) return { value: [] };
  if (text.length > longestCell) return { fault: '“联络员”太长，请只写姓名和手机号。' };
  if (/\d[\d\s-]{0,20}\*/.test(text.normalize('NFKC'))) return { fault: maskedFault };
  const people = peopleIn(text)?.filter(({ name }) => name === null || !isPlaceholder(name));
  if (people === undefined)
    return { fault: '联络员的手机号不正确，请写成“姓名（11位手机号码）”，或只写姓名；多人用分号隔开。' };
  if (people.some(({ name }) => name !== null && isDitto(name)))
    return { fault: '“联络员”里写的是“同上”一类的字，请写出姓名。' };
  if (people.length > mostOfficers) return { fault: `“联络员”最多写${mostOfficers}人，请删去多余的。` };
  const officers: NamedPerson[] = [];
  for (const { name, mobile } of people) {
    const reading = name === null ? null : readName(name);
    if (reading && 'fault' in reading) return reading;
    officers.push({ name: reading?.value ?? null, mobile });
  }
  return { value: officers };
}

const lineEnd = /[\n\r\v\f\u0085\u2028\u2029]+/u;
const separators = /[;；、,，/／|｜&＆\n\r\v\f\u0085\u2028\u2029]/u;
/** Behind these a number alone belongs to the name before it; behind ； and 、 it is one more person. */
const within = /[,，/／|｜\n\r\v\f\u0085\u2028\u2029]/u;

/** People in the order of the cell; null where a number in it is no mobile number. */
function peopleIn(cell: string): NamedPerson[] | null {
  const text = withoutWraps(cell)
    .replaceAll('(', '（')
    .replaceAll(')', '）')
    .replace(/(?<=[\p{sc=Han}\d）]\s?)[+＋](?=\s?\p{sc=Han})/gu, '、');
  const people: NamedPerson[] = [];
  let end = -1;
  for (const part of splitOutsideBrackets(text, separators)) {
    const found = peopleInPart(part.trim().replace(label, ''));
    if (found === null) return null;
    const [last, first] = [people.at(-1), found[0]];
    // 赵六，154…王五: nobody can tell whose number it is.
    if (last?.mobile === null && numberFirst.test(part) && found[0]?.name != null) return null;
    const goesOn = last?.mobile === null && first?.name === null && within.test(text.charAt(end));
    if (goesOn && found.length === 1) people[people.length - 1] = { ...last, mobile: first.mobile };
    else people.push(...found);
    end += part.length + 1;
  }
  return people;
}

/** A narrow cell breaks a name: 王 / 五, 欧阳 / 娜娜. */
function withoutWraps(cell: string): string {
  const lines = cell.split(lineEnd).map((line) => line.trim());
  const isBroken = lines.length === 2 && (lines.some(({ length }) => length === 1) || isCompoundSurname(lines[0]!));
  return isBroken ? lines.join('') : cell;
}

const numberFirst = /^\s*[+＋]?\p{Nd}[\p{Nd}\s-]{5,}/u;
const label = /^(?:联络员|联系人|姓名|负责人)\s?[:：]/u;
const numberLabel = /(?:(?:联系|移动)?(?:电话|手机)(?:号码?)?|tel|mob)[.：:]?$/iu;
const edge = /[\s（）【】[\]〔〕<>《》：:=\-—.。，,、;；→~～*]/u;
const closing = /[）】\]〕>》]/u;
const opening = /[（【[〔<《]/u;

/** Names and numbers by turns: 王五15400000001赵六15400000002, or the numbers first. */
function peopleInPart(part: string): NamedPerson[] | null {
  const people: NamedPerson[] = [];
  let names: string[] = [];
  let waiting: string[] = [];
  let isOpen = false;
  // Places, rooms and sections have few digits: 2号楼.
  for (const [at, token] of part.split(/([+＋]?\p{Nd}[\p{Nd}\s-]{5,})/u).entries()) {
    if (at % 2 === 1) {
      const numbers = mobilesIn(token.normalize('NFKC'));
      if (numbers === null) return null;
      const name = names.pop();
      people.push(...names.map(alone));
      if (name === undefined) waiting.push(...numbers);
      else people.push({ name, mobile: numbers[0]! }, ...numbers.slice(1).map(numbered));
      names = [];
      continue;
    }
    // What stands behind the number in its bracket says something of it: 王五（154…，办公室）.
    const close = isOpen ? token.search(closing) : -1;
    const text = token.slice(close + 1);
    isOpen = opening.test(text.slice(-1));
    names = namesIn(text);
    if (waiting.length === 0 || names.length === 0) continue;
    const mobile = waiting.pop()!;
    people.push(...waiting.map(numbered), { name: names.shift()!, mobile });
    waiting = [];
  }
  return [...people, ...waiting.map(numbered), ...names.map(alone)];
}

const alone = (name: string): NamedPerson => ({ name, mobile: null });
const numbered = (mobile: string): NamedPerson => ({ name: null, mobile });

/** Mobile numbers of a run of digits and blanks; null where it is anything else. */
function mobilesIn(run: string): string[] | null {
  const whole = readMobile(run);
  if ('value' in whole) return whole.value === null ? [] : [whole.value];
  const digits = run.replace(/\D/gu, '');
  const several = digits.match(/1\d{10}/gu) ?? [];
  return several.length > 0 && several.length * 11 === digits.length ? several : null;
}

/** Names between numbers: mostly one; 王五 赵六 and 王五和赵六 are two. */
function namesIn(text: string): string[] {
  const bare = trimmed(trimmed(text).replace(numberLabel, ''));
  if (bare === '') return [];
  const two = /^(.{2,4})[和与及](.{2,4})$/u.exec(bare);
  if (two && isPersonName(two[1]!) && isPersonName(two[2]!)) return [two[1]!, two[2]!];
  const pieces = bare.split(/\s+/u);
  const several = pieces.length > 1 && pieces.every((piece) => piece.length > 1 && isPersonName(piece));
  return several && !isCompoundSurname(pieces[0]!) ? pieces : [bare];
}

/** Without marks at either end; a bracket that is opened and closed inside stays: 王五（兼）. */
function trimmed(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && edge.test(text.charAt(from))) from += 1;
  while (from < to && edge.test(text.charAt(to - 1)) && !closesInside(text, from, to)) to -= 1;
  const inner = text.slice(from, to);
  const cut = inner.lastIndexOf('（');
  return cut > 0 && !inner.includes('）', cut) ? inner.slice(0, cut).trim() : inner;
}

const closesInside = (text: string, from: number, to: number): boolean =>
  text.charAt(to - 1) === '）' && text.lastIndexOf('（', to - 1) > from;
