import type { BulletinWarning, Doubt } from './bulletin.js';
import { findDate } from './dates.js';
import { type DistributionEntry, distributionLabel, partVerbs, readGroups } from './distribution.js';
import { COPIES, isCall, isFootMatter, isPrinted } from './foot-matter.js';
import { fold } from './glyphs.js';
import type { Head } from './head.js';
import type { Kind } from './kinds.js';
import type { SourceLine } from './lines.js';
import { readPublicMark, readWholeMark } from './marks.js';
import type { Place } from './original.js';
import { type PaperLayout, standing } from './paper-layout.js';
import { readSignOffs, type SignOff, type SignOffRole, signOffsWithin } from './sign-off.js';
import { isPersonName, isUnitName, unitsAlone } from './units.js';
import { quoteStart } from './warnings.js';

export interface Foot {
  distribution: string[];
  label: string | null;
  byVerb: Record<string, string[]>;
  /** True when a line labelled 本期发, 报, 送 … was found, even an empty one. A mere 主送 or 抄送 also stands in other papers. */
  hasDistribution: boolean;
  hasOwnDistribution: boolean;
  names: Partial<Record<SignOffRole, string>>;
  hasSignOff: boolean;
  copies: number | null;
  printedBy: string | null;
  printedOn: string | null;
  publicMark: string | null;
  warnings: BulletinWarning[];
  doubts: Doubt[];
  lastLine: number;
  /** What its lines turned out to be, and where its facts stand, in the order of the lines. */
  kinds: Map<number, Kind>;
  places: Place[];
}

export interface FootLine {
  line: SourceLine;
  kind: Kind;
}

const MAX_LABEL = 5;

/** Puts a label that a page break cut (责任编 / 辑：李勉, 本期 / 发：…) back on one line. */
export function mendLabels(lines: readonly SourceLine[]): SourceLine[] {
  const mended: SourceLine[] = [];
  for (const line of lines) {
    const last = mended.at(-1);
    const isHalf = last !== undefined && last.text.length <= MAX_LABEL && /^\p{Script=Han}+$/u.test(last.text);
    const whole =
      isHalf && line.pin === undefined && startsWithLabel(last.text + line.text.slice(0, 400), last.text.length);
    if (last && whole)
      mended[mended.length - 1] = { ...last, text: last.text + line.text, also: [...(last.also ?? []), line.number] };
    else mended.push(line);
  }
  return mended;
}

/** The text starts with a label of more than `least` characters, its colon not counted. */
function startsWithLabel(text: string, least: number): boolean {
  const label = distributionLabel(text);
  const signed = signOffsWithin(text);
  const name = label?.label ?? label?.verb ?? (signed?.before === '' ? signed.pairs[0]?.label : undefined);
  return name !== undefined && name.length >= least;
}

/** Reads the lines of the foot; `head` may hold lines that belong here. */
export function readFoot(
  lines: readonly FootLine[],
  head: Pick<Head, 'footLines' | 'signOffs'>,
  paper: PaperLayout | null = null,
): Foot {
  const foot: Foot = {
    distribution: [],
    label: null,
    byVerb: {},
    hasDistribution: false,
    hasOwnDistribution: false,
    names: {},
    hasSignOff: false,
    copies: null,
    printedBy: null,
    printedOn: null,
    publicMark: null,
    warnings: [],
    doubts: [],
    lastLine: lines.at(-1)?.line.number ?? 1,
    kinds: new Map(),
    places: [],
  };
  const entries: DistributionEntry[] = [];
  for (const { line, pairs } of head.signOffs) pairs.forEach((pair) => addName(foot, line, pair));
  const all = [...head.footLines.map((line): FootLine => ({ line, kind: 'scope' })), ...lines];
  let open: SignOffRole | null = null;
  for (const { line, kind } of all) {
    const text = takeCopies(line.text, foot);
    const isStanding = paper?.footLines.includes(standing(line.text)) === true && line.pin === undefined;
    if (isStanding && !distributionLabel(text) && readPublicMark(text) === null && readSignOffs(text).length === 0) {
      foot.kinds.set(line.number, 'foot');
      continue;
    }
    for (const part of text === '' ? [] : partVerbs(text)) {
      const piece = { ...line, text: part };
      const goesOn = kind === 'scopeMore' && (line.pin === 'scopeMore' || !distributionLabel(part));
      if (goesOn) goOn(piece, foot, entries);
      else open = readPart(piece, foot, entries, open);
    }
  }
  entries.forEach((entry) => addEntry(entry, foot));
  return foot;
}

function goOn(line: SourceLine, foot: Foot, entries: DistributionEntry[]): void {
  if (entries.length === 0 && line.pin !== undefined) entries.push({ label: null, verb: null, lines: [] });
  entries.at(-1)?.lines.push(line);
  take(foot, line, 'scopeMore', 'distribution');
}

/** Of a line with several facts the first says what it is. */
function take(foot: Foot, { number }: Pick<SourceLine, 'number'>, kind: Kind, fact: string): void {
  if (!foot.kinds.has(number)) foot.kinds.set(number, kind);
  foot.places.push({ fact, lines: [number] });
}

function takeCopies(text: string, foot: Foot): string {
  const match = COPIES.exec(text);
  if (!match) return text;
  foot.copies ??= Number(fold(match[1] ?? match[2] ?? ''));
  return text.replace(match[0], ' ').trim();
}

/** Reads one part of a foot line; returns the role whose name may go on in the next line. */
function readPart(
  line: SourceLine,
  foot: Foot,
  entries: DistributionEntry[],
  open: SignOffRole | null,
): SignOffRole | null {
  const { pin } = line;
  const labelled = pin === 'foot' || pin === 'sign' ? null : distributionLabel(line.text);
  if (labelled || pin === 'scope') take(foot, line, 'scope', 'distribution');
  if (labelled) {
    const lines = labelled.rest ? [{ ...line, text: labelled.rest }] : [];
    entries.push({ label: labelled.label, verb: labelled.verb, lines });
    const mayBeNote = pin === undefined && /阅/u.test(labelled.verb ?? '');
    if (mayBeNote)
      foot.warnings.push({
        line: line.number,
        code: 'distribution_guessed',
        message: `“${quoteStart(line.text)}”按发送对象处理，也可能是留给领导批阅的，请核对。`,
      });
    if (mayBeNote)
      foot.doubts.push({
        fact: 'distribution',
        line: line.number,
        confidence: 0.5,
        value: line.text,
        alternative: null,
        code: 'distribution_guessed',
        pin: { line: line.number, kind: 'foot' },
      });
    return null;
  }
  if (pin === 'scope') {
    entries.push({ label: null, verb: null, lines: [line] });
    return null;
  }
  const signOffs = pin === 'foot' ? [] : readSignOffs(line.text);
  if (signOffs.length > 0) {
    if (!foot.kinds.has(line.number)) foot.kinds.set(line.number, 'sign');
    for (const pair of signOffs) addName(foot, line.number, pair);
    const last = signOffs.at(-1);
    return last && (last.name?.length ?? 0) <= 2 ? last.role : null;
  }
  if (open && completeName(foot, open, line.text.replace(/\s+/gu, ''))) {
    take(foot, line, 'sign', open);
    return null;
  }
  if (!foot.kinds.has(line.number)) foot.kinds.set(line.number, 'foot');
  if (isPrinted(line.text) || takeClosing(line.text, foot)) takePrinted(line.text, foot);
  else if (readPublicMark(line.text) !== null) foot.publicMark = readPublicMark(line.text);
  else if (readWholeMark(line.text) !== null) foot.publicMark ??= readWholeMark(line.text);
  else if ((!isFootMatter(line.text) || isCall(line.text)) && /[\p{L}\p{N}]/u.test(line.text))
    foot.warnings.push({
      line: line.number,
      code: 'unknown_foot_line',
      message: `文末“${quoteStart(line.text)}”没有识别，未收入任何栏目。`,
    });
  return null;
}

/** Fills in a name that stands on the line after its label, or the rest of one that a page break cut. */
function completeName(foot: Foot, role: SignOffRole, text: string): boolean {
  const name = foot.names[role];
  if (name === undefined ? !isPersonName(text) : !isCutName(name, text)) return false;
  foot.names[role] = (name ?? '') + text;
  return true;
}

/** A page break inside a name: 范 / 晓宇, 范晓 / 宇. */
function isCutName(name: string, rest: string): boolean {
  return /^\p{Script=Han}{1,2}$/u.test(rest) && (name.length === 1 || (name.length === 2 && rest.length === 1));
}

function addName(foot: Foot, line: number, { role, label, name }: SignOff): void {
  if (role === 'contact') return;
  if (role === 'other') {
    foot.warnings.push({
      line,
      code: 'unknown_foot_line',
      message: `“${label}：${name ?? ''}”不属于编辑、审核、签发，未收入。`,
    });
    return;
  }
  foot.hasSignOff = true;
  const known = foot.names[role];
  if (known === undefined && name !== null) foot.places.push({ fact: role, lines: [line] });
  if (known === undefined && name !== null) foot.names[role] = name;
  else if (known !== undefined && name !== null && known !== name) {
    foot.warnings.push({
      line,
      code: 'sign_off_repeated',
      message: `“${label}：${name}”与前面的“${known}”重复，取前者，请核对。`,
    });
    const second = role === 'proofreader' ? [] : [{ line, fact: role, value: name }];
    for (const pin of second)
      foot.doubts.push({
        ...{ fact: role, line, confidence: 0.6, value: known, alternative: name },
        ...{ code: 'sign_off_repeated', pin },
      });
  }
}

/** The unit and the date under the last text, on one line or two. */
function takeClosing(text: string, foot: Foot): boolean {
  const date = text.length <= 60 ? findDate(text) : null;
  if (date?.rest === '') return true;
  const units = unitsAlone(date?.rest ?? text);
  if (units) foot.printedBy ??= units.join('、');
  return units !== null;
}

/** 青陵县人民政府办公室  2025年4月3日印发 */
function takePrinted(text: string, foot: Foot): void {
  const date = findDate(text);
  foot.printedOn ??= date?.iso ?? null;
  const by = (date?.rest ?? '').replace(/印\s*[发制]?\s*$/u, '').replace(/\s+/gu, '');
  if (isUnitName(by)) foot.printedBy ??= by;
}

function addEntry(entry: DistributionEntry, foot: Foot): void {
  const { groups, warnings } = readGroups(entry);
  foot.hasDistribution = true;
  if (entry.label !== null || !/^[主抄]/u.test(entry.verb ?? '')) foot.hasOwnDistribution = true;
  for (const warning of warnings) foot.warnings.push(warning);
  foot.label ??= entry.label;
  const ofVerb = entry.verb === null ? [] : (foot.byVerb[entry.verb] ??= []);
  for (const group of groups) {
    foot.distribution.push(group);
    ofVerb.push(group);
  }
}
