import { readTencentReports } from './tencent-report.js';

const id = '0b2f9bb5-7f2e-4b5e-9a53-0a4d2ff2a6a1';
const row = {
  user_receive_time: '2026-01-02 11:04:09',
  nationcode: '86',
  mobile: '15400000001',
  report_status: 'SUCCESS',
  errmsg: 'DELIVRD',
  sid: '1:2',
  ext: id,
};
const now = new Date('2026-01-02T04:00:00Z');

it.each([
  ['as documented', {}, 'delivered'],
  ['with a failure', { report_status: 'FAIL', errmsg: 'MK:0001' }, 'failed'],
  ['without words', { errmsg: null }, 'delivered'],
  ['with numbers for texts', { errmsg: 0, sid: 12, nationcode: 86 }, 'delivered'],
  ['with a time that is none', { user_receive_time: 7 }, 'delivered'],
])('a row %s is read', (_what, more, status) => {
  expect(readTencentReports([{ ...row, ...more }], now)).toMatchObject({ rows: [{ deliveryId: id, status }], odd: [] });
});

it.each([
  ['with an empty word of ours', { ext: '' }, 'delivered'],
  ['with none', { ext: undefined }, 'delivered'],
  ['with null', { ext: null }, 'delivered'],
  ['of a failure', { ext: '', report_status: 'FAIL', errmsg: 'MK:0001' }, 'failed'],
])('as the provider ships it, %s, a row is read by its own number', (_what, more, status) => {
  const push = readTencentReports([{ ...row, ...more }], now);
  expect(push).toMatchObject({ rows: [{ reference: '1:2', status }], odd: [] });
  expect(push!.rows[0]).not.toHaveProperty('deliveryId');
});

it.each<[string, unknown]>([
  ['without a status', { ...row, report_status: null }],
  ['without a status and our word', { ...row, ext: '', report_status: null }],
  ['with a number that is none', { ...row, ext: '', sid: { a: 1 } }],
  ['that is none', 7],
])('a row %s is kept apart, and the others are taken', (_what, odd) => {
  const push = readTencentReports([row, odd], now);
  expect(push?.rows).toHaveLength(1);
  expect(push?.odd).toHaveLength(1);
});

it('another system on the account is left out, and a body that is no list refused', () => {
  expect(
    readTencentReports(
      [
        { ...row, ext: 'order-77' },
        { ...row, ext: '', sid: undefined },
      ],
      now,
    ),
  ).toEqual({
    rows: [],
    odd: [],
  });
  expect(readTencentReports(row, now)).toBeNull();
});
