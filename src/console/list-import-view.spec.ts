import { parse } from 'csv-parse/sync';
import { readRoster } from '../domain/roster.js';
import { listImportView, listTemplate } from './list-import-view.js';

it('names columns the way the file does', () => {
  const faults = [
    { row: 3, column: 'mobile', message: '手机号不正确。' },
    { row: 1, column: '乱写', message: '不认识表头。' },
  ];
  expect(listImportView({ ok: false, faults }).faults.map(({ column }) => column)).toEqual(['手机', '乱写']);
});

it('shortens long lists and says how much is hidden', () => {
  const added = Array.from({ length: 250 }, (_, i) => `岗位${i}`);
  const { diff } = listImportView({ ok: true, rows: 250, added, changed: [], ended: [], unchanged: 0 });
  expect(diff?.added).toMatchObject({ count: 250, hidden: 50 });
  expect(diff?.added.lines).toHaveLength(200);
});

it('knows when there is nothing to import', () => {
  const same = listImportView({ ok: true, rows: 2, added: [], changed: [], ended: [], unchanged: 2 });
  expect(same.diff?.nothing).toBe(true);
});

it('offers a template that the import itself accepts', () => {
  const rows: string[][] = parse(listTemplate(), { bom: true });
  expect(readRoster(rows)).toMatchObject({ ok: true });
});
