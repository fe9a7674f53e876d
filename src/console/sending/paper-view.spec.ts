import type { EnteredSheet, PaperRow } from './paper-list.repository.js';
import { paperUnits, readPaperList, sheetView } from './paper-view.js';

const row = (more: Partial<PaperRow>): PaperRow => ({
  copyId: 'c',
  copyNumber: 1,
  unitName: '县委',
  postTitle: '书记',
  personName: '赵甲',
  acting: false,
  reading: 'unread',
  acknowledgedAt: null,
  acknowledgedVia: null,
  onBehalfBy: null,
  enteredBy: null,
  signedOn: null,
  onPaper: false,
  unreached: false,
  whyUnreachable: null,
  ...more,
});
const line = (more: Partial<PaperRow>) => paperUnits([row(more)])[0]!.lines[0]!;

it('stands unit by unit as the rows come, with numbers of six digits', () => {
  const units = paperUnits([row({}), row({ copyNumber: 12 }), row({ copyNumber: 2, unitName: '县政府' })]);
  expect(units.map(({ unit, lines }) => [unit, lines.map(({ copyNumber }) => copyNumber)])).toEqual([
    ['县委', ['000001', '000012']],
    ['县政府', ['000002']],
  ]);
});

it('says why somebody gets paper', () => {
  expect(line({ onPaper: true }).why).toBe('另送纸质件');
  expect(line({ unreached: true }).why).toBe('各通道均未送达');
  expect(line({ unreached: true, onPaper: true, whyUnreachable: '没有登记联系方式。' }).why).toBe(
    '另送纸质件；没有登记联系方式',
  );
});

it('leaves nothing to sign where it was acknowledged, however that was', () => {
  const done = { reading: 'acknowledged', acknowledgedAt: new Date('2026-11-23T00:05:00Z') } as const;
  expect(line({ ...done, acknowledgedVia: 'page' })).toMatchObject({
    ...{ done: true, how: '阅读页', when: '2026年11月23日 08:05' },
  });
  expect(line({ ...done, acknowledgedVia: 'phone', onBehalfBy: '联络员乙' }).how).toBe('由联络员乙办理，电话确认');
  const paper = { ...done, acknowledgedVia: 'paper', onBehalfBy: '李编辑', enteredBy: '李编辑' } as const;
  expect(line({ ...paper, signedOn: '2026-11-20' })).toMatchObject({
    ...{ state: { text: '纸质签收', tone: 'good' }, how: '由李编辑登记', when: '2026年11月20日' },
  });
});

it('keeps the ticks of a form, but for those who have acknowledged since', () => {
  const [unit] = paperUnits(
    [row({ copyId: 'a' }), row({ copyId: 'b', reading: 'acknowledged' }), row({ copyId: 'c' })],
    new Set(['a', 'b']),
  );
  expect(unit).toMatchObject({ open: true });
  expect(unit!.lines.map(({ ticked }) => ticked)).toEqual([true, false, false]);
});

it('begins with those who get paper, whatever is asked', () =>
  expect([undefined, '', 'x', 'toString', 'all'].map(readPaperList)).toEqual([
    ...['paper', 'paper', 'paper', 'paper', 'all'],
  ]));

it('names whom an entry passed over', () => {
  const sheet: EnteredSheet = {
    ...{ id: 's', signedOn: '2026-11-20', note: '', enteredBy: '李编辑', counted: 2 },
    enteredAt: new Date('2026-11-23T00:05:00Z'),
    passedOver: [{ copyNumber: 5, personName: '钱乙' }],
    scans: [{ id: 'p', name: '单.pdf', size: 2_400_000 }],
  };
  expect(sheetView(sheet)).toMatchObject({
    words: '2026年11月23日 08:05由李编辑登记2人，签收日期2026年11月20日。',
    passedOver: '跳过1人，登记前已经签收：第5份钱乙。',
    scans: [{ size: '2.3 MB' }],
  });
});
