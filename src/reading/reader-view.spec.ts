import type { EditionContent } from '../domain/issue/edition.js';
import { readerPageView } from './reader-view.js';
import type { ReaderView } from './reading.service.js';

const view: ReaderView = {
  largeType: false,
  personId: 'p1',
  subscriber: false,
  copyId: 'c',
  copyNumber: 2,
  personName: '钱甲',
  postTitle: '县委副书记、县长',
  unitName: '县政府',
  liaison: null,
  acting: false,
  level: 'internal',
  asksAcknowledgement: true,
  reading: 'unread',
  openedAt: null,
  acknowledgedAt: null,
  acknowledgedVia: null,
  onBehalfBy: null,
  needsIdentity: true,
  token: 't',
  editionId: 'e',
};

const text: EditionContent = {
  publication: '延津政务快报',
  title: '延津政务快报第14期',
  number: 14,
  year: 2025,
  serialNumber: null,
  date: '2025-04-03',
  issuer: '延津县人民政府办公室',
  sections: [],
  scope: ['县委常委'],
  scopeLabel: null,
  editorName: null,
  reviewerName: null,
  approverName: null,
  level: 'internal',
  urgency: 'normal',
};

it('says whose copy it is', () => {
  expect(readerPageView(view, text)).toMatchObject({ copyNumber: '000002', addressee: '县委副书记、县长钱甲同志' });
  expect(readerPageView({ ...view, acting: true }, text).addressee).toContain('（代理）');
});

it('tells the Beijing time of the acknowledgement and who acted', () => {
  const at = new Date('2026-11-23T00:05:00Z');
  const mine = readerPageView({ ...view, reading: 'acknowledged', acknowledgedAt: at, acknowledgedVia: 'page' }, text);
  expect(mine.acknowledged).toEqual({ time: '2026年11月23日 08:05', note: '' });
  const behalf = readerPageView({ ...view, acknowledgedAt: at, acknowledgedVia: 'paper', onBehalfBy: '张三' }, text);
  expect(behalf.acknowledged?.note).toBe('由张三代签收（纸质签收）');
});

it('marks only a work secret with its reader', () => {
  expect(readerPageView(view, text).watermark).toEqual([]);
  expect(readerPageView({ ...view, level: 'workSecret' }, text).watermark[0]).toBe('钱甲 000002');
});

it('reports opening only while unread', () => {
  expect(readerPageView(view, text).reportsOpening).toBe(true);
  expect(readerPageView({ ...view, reading: 'opened' }, text).reportsOpening).toBe(false);
});

it('numbers items through all sections, as the contents do', () => {
  const item = (headline: string) => ({ headline, body: '正文', unitName: null, author: null });
  const sections = [
    { name: '一', items: [item('甲'), item('乙')] },
    { name: null, items: [item('丙')] },
  ];
  const shown = readerPageView(view, { ...text, sections });
  expect(shown.sections.flatMap(({ items }) => items.map(({ position }) => position))).toEqual([1, 2, 3]);
  expect(shown.edition.contents.map(({ headline }) => headline)).toEqual(['甲', '乙', '丙']);
});
