import type { BoardCopy, BoardCounts } from './board.repository.js';
import { boardTable, boardView, readBoardFilter } from './board-view.js';

const counts = (copies: number, acknowledged = 0): BoardCounts => ({
  copies,
  delivered: copies,
  opened: acknowledged,
  openedOnly: 1,
  acknowledged,
  onBehalf: 1,
  unreached: 0,
  late: 0,
});
const copy: BoardCopy = {
  copyId: 'c1',
  copyNumber: 3,
  personName: '=赵甲',
  postTitle: '局长',
  unitName: '县财政局',
  acting: true,
  liaison: null,
  groups: ['县直各单位负责人', '县委常委'],
  reading: 'opened',
  openedAt: new Date('2026-11-23T00:05:00Z'),
  acknowledgedAt: null,
  acknowledgedVia: null,
  onBehalfBy: null,
  enteredBy: null,
  signedOn: null,
  unreachable: null,
  sentOn: ['sms'],
  deliveredAt: null,
  sentAt: null,
  digestAt: null,
  waiting: false,
  held: false,
  lastReason: null,
  lateAt: null,
  subscriber: false,
};
const view = (changes: Partial<Parameters<typeof boardView>[0]> = {}) =>
  boardView({
    issueId: 'i',
    totals: counts(115, 100),
    subscribers: { copies: 0, opened: 0 },
    byGroup: [],
    byUnitKind: [],
    groupOrder: [],
    copies: [copy],
    filter: 'opened',
    page: 1,
    ...changes,
  });

it('counts who is missing', () => {
  const missing = view().totals.find(({ term }) => term === '未签收');
  expect(missing?.count).toBe(15);
});

it('counts subscribers apart, and lists them under a tab of their own', () => {
  const { totals, subscribers, filters, paging } = view({ subscribers: { copies: 5, opened: 2 }, filter: 'all' });
  expect(totals.map(({ count }) => count).slice(0, 1)).toEqual([115]);
  expect(totals.find(({ term }) => term === '未签收')?.count).toBe(15);
  expect(subscribers).toContain('另有订阅者5人，已打开2人');
  expect(filters.at(-1)?.text).toBe('订阅者');
  expect(paging.total).toBe(120);
  expect(view({ subscribers: { copies: 5, opened: 2 }, filter: 'subscribers' }).paging.total).toBe(5);
  expect(view().subscribers).toBe('');
  expect(view().filters.map(({ text }) => text)).not.toContain('订阅者');
});

it('keeps groups in the order of the scope, not by how many have acknowledged', () => {
  const byGroup = [
    { name: '乡镇', ...counts(13, 13) },
    { name: '旧名', ...counts(1) },
    { name: '县委常委', ...counts(11, 2) },
  ];
  const { groups } = view({ byGroup, groupOrder: ['县委常委', '乡镇'] });
  expect(groups.map(({ name }) => name)).toEqual(['县委常委', '乡镇', '旧名']);
  expect(groups[0]?.unacknowledged).toBe(9);
});

it('says 报, 送 or 发 of groups and people where the scope does, and nothing where it does not', () => {
  const byGroup = [{ name: '县委常委', ...counts(11) }];
  const [none, some] = [
    view({ byGroup }),
    view({ byGroup, addressing: new Map(copy.groups.map((name) => [name, '报'])) }),
  ];
  expect([none.addressed, none.rows[0]?.addressing, none.groups[0]?.name]).toEqual([false, '', '县委常委']);
  expect([some.addressed, some.rows[0]?.addressing]).toEqual([true, '报']);
  expect(view({ byGroup, addressing: new Map([['县委常委', '报']]) }).groups[0]?.name).toBe('报：县委常委');
  expect(boardTable([copy])[0]).not.toContain('报、送、发');
  expect(boardTable([copy], new Map(copy.groups.map((name) => [name, '报'])))[1]).toContain('报');
});

it('names the classes of units and leaves their order alone', () => {
  const byUnitKind = ['leader', 'unit', 'township'].map((name) => ({ name, ...counts(1) }));
  expect(view({ byUnitKind }).unitKinds.map(({ name }) => name)).toEqual(['县领导', '县直单位', '乡镇街道']);
});

it('marks the filter in use and keeps it while paging', () => {
  const { filters, paging } = view({ totals: { ...counts(300), openedOnly: 250 } });
  expect(filters.filter(({ current }) => current).map(({ text }) => text)).toEqual(['已打开未签收']);
  expect(paging.next).toBe('/issues/i/board?show=opened&page=2&after=3');
});

it('starts with whom to chase when the address names no filter', () => {
  expect(readBoardFilter(undefined)).toBe('unacknowledged');
  expect(readBoardFilter('everybody')).toBe('unacknowledged');
  expect(readBoardFilter('unreached')).toBe('unreached');
});

it('exports a row as wide as its header, with times in Beijing', () => {
  const [header, row] = boardTable([copy]);
  expect(row).toHaveLength(header?.length ?? 0);
  expect(row).toContain('2026年11月23日 08:05');
  expect(row).toContain('=赵甲（代理）');
});
