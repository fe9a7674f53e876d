import { chineseDate, chineseDateTime } from '../../domain/calendar.js';
import { type PaperList, paperLists } from '../../domain/reading/paper.js';
import { acknowledgeViaText } from '../../domain/reading/reading.js';
import { copyNumberText } from '../../rendering/slots.js';
import type { SheetData } from '../../rendering/print/print-sheet.js';
import { address } from '../paging.js';
import type { Tag } from '../tags.js';
import type { EnteredSheet, PaperRow } from './paper-list.repository.js';

const listText: Record<PaperList, string> = { paper: '送纸质件的人', unacknowledged: '未签收', all: '全部' };

/** The sheet begins with those who get paper. */
export const readPaperList = (value: string | undefined): PaperList =>
  paperLists.find((list) => list === value) ?? 'paper';

export interface PaperLine {
  copyId: string;
  href: string;
  /** 000012 */
  copyNumber: string;
  post: string;
  name: string;
  why: string;
  state: Tag;
  /** Nothing to sign any more: how, and when. */
  done: boolean;
  how: string;
  when: string;
  ticked: boolean;
}

export interface PaperUnit {
  unit: string;
  lines: PaperLine[];
  /** Somebody of the unit can still be ticked. */
  open: boolean;
}

/** Unit by unit, as the rows come. @param ticked copies that a form was sent with */
export function paperUnits(rows: readonly PaperRow[], ticked: ReadonlySet<string> = new Set()): PaperUnit[] {
  const units: PaperUnit[] = [];
  for (const row of rows) {
    const line = paperLine(row, ticked.has(row.copyId));
    const last = units.at(-1);
    const unit = last?.unit === row.unitName ? last : { unit: row.unitName, lines: [], open: false };
    if (unit !== last) units.push(unit);
    unit.lines.push(line);
    unit.open ||= !line.done;
  }
  return units;
}

/** As they are printed: with room to sign, or how it was done without. */
export const sheetUnits = (units: readonly PaperUnit[]): SheetData['units'] =>
  units.map(({ unit, lines }) => ({
    unit,
    lines: lines.map(({ copyNumber, post, name, done, state, how, when }) => ({
      ...{ copyNumber, post, name },
      signed: done ? [state.text, how].filter(Boolean).join('，') : '',
      at: when,
    })),
  }));

function paperLine(row: PaperRow, ticked: boolean): PaperLine {
  const done = row.reading === 'acknowledged';
  return {
    copyId: row.copyId,
    href: `/copies/${row.copyId}`,
    copyNumber: copyNumberText(row.copyNumber),
    post: row.postTitle,
    name: row.acting ? `${row.personName}（代理）` : row.personName,
    why: whyOnPaper(row),
    state: stateOf(row),
    done,
    how: done ? howAcknowledged(row) : '',
    when: done ? whenAcknowledged(row) : '',
    ticked: ticked && !done,
  };
}

function stateOf({ reading, enteredBy }: PaperRow): Tag {
  if (reading === 'acknowledged') return { text: enteredBy === null ? '已签收' : '纸质签收', tone: 'good' };
  return reading === 'opened' ? { text: '已打开', tone: 'info' } : { text: '未签收', tone: 'neutral' };
}

function whyOnPaper({ onPaper, unreached, whyUnreachable }: PaperRow): string {
  return [
    ...(onPaper ? ['另送纸质件'] : []),
    ...(unreached ? [whyUnreachable === null ? '各通道均未送达' : whyUnreachable.replace(/。$/, '')] : []),
  ].join('；');
}

function howAcknowledged({ enteredBy, onBehalfBy, acknowledgedVia }: PaperRow): string {
  if (enteredBy !== null) return `由${enteredBy}登记`;
  const via = acknowledgedVia === null ? '' : acknowledgeViaText[acknowledgedVia];
  return onBehalfBy === null ? via : `由${onBehalfBy}办理，${via}`;
}

function whenAcknowledged({ signedOn, acknowledgedAt }: PaperRow): string {
  if (signedOn !== null) return chineseDate(signedOn);
  return acknowledgedAt === null ? '' : chineseDateTime(acknowledgedAt);
}

export const paperTabs = (path: string, current: PaperList) =>
  paperLists.map((list) => ({
    href: address(path, { list: list === 'paper' ? '' : list }),
    text: listText[list],
    current: list === current,
  }));

export const paperListText = (list: PaperList): string => listText[list];

/** One entry in words, with its scans. */
export function sheetView(sheet: EnteredSheet) {
  const passed = sheet.passedOver.map(({ copyNumber, personName }) => `第${copyNumber}份${personName}`);
  return {
    id: sheet.id,
    words: `${chineseDateTime(sheet.enteredAt)}由${sheet.enteredBy}登记${sheet.counted}人，签收日期${chineseDate(sheet.signedOn)}。`,
    note: sheet.note,
    passedOver: passed.length === 0 ? '' : `跳过${passed.length}人，登记前已经签收：${passed.join('、')}。`,
    scans: sheet.scans.map(({ id, name, size }) => ({ id, name, size: sizeText(size) })),
  };
}

export function sizeText(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
