import { chineseDate, chineseDateTime } from '../../domain/calendar.js';
import { postKindWord } from '../../domain/people/list-words.js';
import { type Bar, barOf } from '../bar.js';
import {
  type BoardCopy,
  type BoardCounts,
  type BoardFilter,
  boardFilters,
  type SubscriberCounts,
} from './board.repository.js';
import { evidenceTime, evidenceWords } from './evidence.js';
import { address, type Paging, pagingByPlace } from '../paging.js';
import type { Tag } from '../tags.js';

export const copiesPerPage = 100;

const filterText: Record<BoardFilter, string> = {
  all: '全部',
  unacknowledged: '未签收',
  opened: '已打开未签收',
  acknowledged: '已签收',
  unreached: '无法送达',
  subscribers: '订阅者',
};

/** The page starts with whom to chase. */
export function readBoardFilter(value: string | undefined): BoardFilter {
  return boardFilters.find((filter) => filter === value) ?? 'unacknowledged';
}

type Addressing = ReadonlyMap<string, string>;

export interface CountRow extends BoardCounts {
  name: string;
  unacknowledged: number;
  bar: Bar;
}

export interface BoardRow {
  href: string;
  copyNumber: number;
  unit: string;
  post: string;
  name: string;
  liaison: string;
  /** 报, 送 or 发: of each group it came through. */
  addressing: string;
  evidence: Tag;
  detail: string;
  /** 补发 after the scope was frozen. */
  late: boolean;
  time: string;
}

export interface BoardView {
  bar: Bar;
  totals: readonly { term: string; count: number; hint: string }[];
  /** Empty when nobody gets it by subscription. */
  subscribers: string;
  groups: readonly CountRow[];
  /** The scope says 报, 送 or 发. */
  addressed: boolean;
  unitKinds: readonly CountRow[];
  filters: readonly { href: string; text: string; current: boolean }[];
  shown: string;
  rows: readonly BoardRow[];
  paging: Paging;
}

export function boardView(input: {
  issueId: string;
  totals: BoardCounts;
  /** Counted apart from all others. */
  subscribers: SubscriberCounts;
  byGroup: readonly (BoardCounts & { name: string })[];
  byUnitKind: readonly (BoardCounts & { name: string })[];
  /** Group names in the order of the scope. */
  groupOrder: readonly string[];
  /** 报, 送 or 发 by the name of the group. */
  addressing?: Addressing;
  copies: readonly BoardCopy[];
  filter: BoardFilter;
  page: number;
}): BoardView {
  const path = `/issues/${input.issueId}/board`;
  const query = { show: input.filter };
  const hasSubscribers = input.subscribers.copies > 0 || input.filter === 'subscribers';
  const addressing: Addressing = input.addressing ?? new Map();
  return {
    bar: barOf(input.totals),
    totals: totalsOf(input.totals),
    subscribers: subscribersText(input.subscribers),
    groups: inScopeOrder(input.byGroup, input.groupOrder).map((row) => {
      const word = addressing.get(row.name);
      return countRow({ ...row, name: word === undefined ? row.name : `${word}：${row.name}` });
    }),
    addressed: addressing.size > 0,
    unitKinds: input.byUnitKind.map((row) => countRow({ ...row, name: postKindWord(row.name) })),
    filters: boardFilters
      .filter((filter) => filter !== 'subscribers' || hasSubscribers)
      .map((filter) => ({
        href: address(path, { show: filter }),
        text: filterText[filter],
        current: filter === input.filter,
      })),
    shown: filterText[input.filter],
    rows: input.copies.map((copy) => boardRow(copy, addressing)),
    paging: pagingByPlace(
      path,
      query,
      { page: input.page, size: copiesPerPage, total: shownOf(input, input.filter) },
      input.copies.map(({ copyNumber }) => copyNumber),
    ),
  };
}

/** How many a filter shows: all of them are among the totals. */
function shownOf(
  { totals, subscribers }: { totals: BoardCounts; subscribers: SubscriberCounts },
  filter: BoardFilter,
): number {
  switch (filter) {
    case 'all':
      return totals.copies + subscribers.copies;
    case 'subscribers':
      return subscribers.copies;
    case 'unacknowledged':
      return totals.copies - totals.acknowledged;
    case 'opened':
      return totals.openedOnly;
    case 'acknowledged':
      return totals.acknowledged;
    case 'unreached':
      return totals.unreached;
  }
}

const subscribersText = ({ copies, opened }: SubscriberCounts): string =>
  copies === 0 ? '' : `另有订阅者${copies}人，已打开${opened}人。订阅者不需要签收，不计入上面各数。`;

function totalsOf(counts: BoardCounts): BoardView['totals'] {
  return [
    { term: '份数', count: counts.copies, hint: counts.late === 0 ? '每人一份' : `每人一份，其中补发${counts.late}份` },
    { term: '已送达', count: counts.delivered, hint: '以通道的送达回执为准' },
    { term: '已打开', count: counts.opened, hint: '阅读页曾显示在屏幕上' },
    { term: '已签收', count: counts.acknowledged, hint: '含代签收' },
    { term: '代签收', count: counts.onBehalf, hint: '由联络员或办公室代办，含纸质签收' },
    { term: '未签收', count: counts.copies - counts.acknowledged, hint: '含无法送达' },
    { term: '无法送达', count: counts.unreached, hint: '请电话联系或送纸质件' },
  ];
}

const countRow = (counts: BoardCounts & { name: string }): CountRow => ({
  ...counts,
  unacknowledged: counts.copies - counts.acknowledged,
  bar: barOf(counts),
});

/** A group the scope does not name any more stands last. */
function inScopeOrder<T extends { name: string }>(rows: readonly T[], order: readonly string[]): T[] {
  const place = ({ name }: T): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...rows].sort((a, b) => place(a) - place(b));
}

const addressingWord = ({ groups }: BoardCopy, addressing: Addressing): string =>
  [...new Set(groups.flatMap((name) => addressing.get(name) ?? []))].join('、');

function boardRow(copy: BoardCopy, addressing: Addressing): BoardRow {
  const { word, tone, detail } = evidenceWords(copy);
  return {
    href: `/copies/${copy.copyId}`,
    copyNumber: copy.copyNumber,
    unit: copy.unitName,
    post: copy.postTitle,
    name: copy.acting ? `${copy.personName}（代理）` : copy.personName,
    liaison: copy.liaison ?? '',
    addressing: addressingWord(copy, addressing),
    evidence: { text: word, tone },
    detail,
    late: copy.lateAt !== null,
    time: evidenceTime(copy),
  };
}

const time = (at: Date | null): string => (at === null ? '' : chineseDateTime(at));

/** The board as a table for a spreadsheet, header first, in protocol order. */
export function boardTable(copies: readonly BoardCopy[], addressing: Addressing = new Map()): (string | number)[][] {
  const header = [
    '份号',
    '单位',
    '职务',
    '姓名',
    '联络员',
    '分组',
    ...(addressing.size > 0 ? ['报、送、发'] : []),
    '状态',
    '说明',
    '送达时间',
    '打开时间',
    '签收时间',
    '代签收人',
    '补发时间',
  ];
  const rows = copies.map((copy) => {
    const { word, detail } = evidenceWords(copy);
    return [
      copy.copyNumber,
      copy.unitName,
      copy.postTitle,
      copy.acting ? `${copy.personName}（代理）` : copy.personName,
      copy.liaison ?? '',
      copy.groups.join('、'),
      ...(addressing.size > 0 ? [addressingWord(copy, addressing)] : []),
      word,
      detail,
      time(copy.deliveredAt),
      time(copy.openedAt),
      copy.signedOn === null ? time(copy.acknowledgedAt) : chineseDate(copy.signedOn),
      copy.onBehalfBy ?? '',
      time(copy.lateAt),
    ];
  });
  return [header, ...rows];
}
