import { aliyunOutcome } from './aliyun-errors.js';
import { readAliyunReports } from './aliyun-report.js';
import { beijingDay, readBeijingTime } from '../beijing-time.js';

const row = {
  phone_number: '15400000001',
  send_time: '2026-01-02 11:04:05',
  report_time: '2026-01-02 11:04:09',
  success: true,
  err_code: 'DELIVERED',
  err_msg: '用户接收成功',
  sms_size: '1',
  biz_id: '900619746936498440^0',
  out_id: '0b2f9bb5-7f2e-4b5e-9a53-0a4d2ff2a6a1',
};

const rowsOf = (body: unknown, now?: Date) => readAliyunReports(body, now)?.rows;

describe('readAliyunReports', () => {
  it('leaves out the messages of another system on the same account, and keeps the rest of the push', () => {
    const foreign = { ...row, out_id: 'order-4711' };
    expect(readAliyunReports([foreign, row])).toEqual(readAliyunReports([row]));
  });

  it('reads a push as the vendor documents it, in Beijing time', () => {
    expect(rowsOf([row])).toEqual([
      {
        provider: 'aliyun',
        deliveryId: row.out_id,
        status: 'delivered',
        code: 'DELIVERED',
        reason: '',
        reportedAt: new Date('2026-01-02T03:04:09Z'),
      },
    ]);
  });

  it('gives a reason for a failure', () => {
    expect(rowsOf([{ ...row, success: false, err_code: 'UNDELIV' }])).toMatchObject([
      { status: 'failed', code: 'UNDELIV', reason: '手机停机、空号或无法接收短信。' },
    ]);
  });

  it("leaves out other systems' messages and keeps the moment of arrival where no time is given", () => {
    const now = new Date('2026-01-02T04:00:00Z');
    expect(
      rowsOf(
        [
          { ...row, out_id: '' },
          { ...row, report_time: 'soon' },
        ],
        now,
      ),
    ).toMatchObject([{ reportedAt: now }]);
  });

  it.each([
    ['numbers for texts', { phone_number: 15400000001, err_code: 0, sms_size: 1, biz_id: 9 }],
    ['a text for a truth', { success: 'true' }],
    ['a number for a truth', { success: 1 }],
    ['nothing for a time', { report_time: null }],
    ['a number for a time', { report_time: 1767323049 }],
    ['no number', { phone_number: null }],
    ['no words', { err_msg: null, err_code: null }],
    ['an endless word', { err_code: 'x'.repeat(9999) }],
    ['words with NUL', { err_code: 'DELI\0VERED' }],
    ['an id in capitals', { out_id: row.out_id.toUpperCase() }],
  ])('reads a row with %s', (_what, odd) => {
    expect(rowsOf([{ ...row, ...odd }])).toMatchObject([{ deliveryId: row.out_id, status: 'delivered' }]);
  });

  it.each<[string, unknown]>([
    ['no id', { ...row, out_id: null }],
    ['a list for an id', { ...row, out_id: [row.out_id] }],
    ['an endless id', { ...row, out_id: 'x'.repeat(300) }],
    ['no word on success', { ...row, success: undefined }],
    ['success in other words', { ...row, success: 'perhaps' }],
    ['nothing', null],
    ['a text', 'DELIVERED'],
    ['a list', [row]],
  ])('keeps a row with %s apart, and takes the good ones beside it', (_what, odd) => {
    const push = readAliyunReports([row, odd, row]);
    expect(push?.rows).toHaveLength(2);
    expect(push?.odd).toHaveLength(1);
    expect(JSON.stringify(push?.odd)).not.toContain(row.phone_number);
  });

  it.each([
    ['no array', { ...row }],
    ['too many rows', Array.from({ length: 1001 }, () => row)],
    ['nothing', undefined],
  ])('refuses %s', (_what, body) => {
    expect(readAliyunReports(body)).toBeNull();
  });
});

describe('times', () => {
  it('files a message under the Beijing day', () => {
    expect(beijingDay(new Date('2026-01-01T15:59:59Z'))).toBe('20260101');
    expect(beijingDay(new Date('2026-01-01T16:00:00Z'))).toBe('20260102');
  });

  it('reads only times as the provider writes them', () => {
    expect(readBeijingTime('2026-01-02 00:00:00')).toEqual(new Date('2026-01-01T16:00:00Z'));
    expect(readBeijingTime('2026-13-02 00:00:00')).toBeNull();
    expect(readBeijingTime(undefined)).toBeNull();
  });
});

describe('aliyunOutcome', () => {
  it.each([
    ['isv.MOBILE_NUMBER_ILLEGAL', 'refused', 'recipient'],
    ['isv.AMOUNT_NOT_ENOUGH', 'refused', 'configuration'],
    ['SignatureDoesNotMatch', 'refused', 'configuration'],
    ['isv.TEMPLATE_MISSING_PARAMETERS', 'refused', 'content'],
    ['isv.DAY_LIMIT_CONTROL', 'retry', 'throttled'],
    ['isv.BUSINESS_LIMIT_CONTROL', 'retry', 'provider'],
    ['Throttling.User', 'retry', 'throttled'],
    ['isp.SYSTEM_ERROR', 'retry', 'provider'],
    ['isv.NEVER_HEARD_OF', 'retry', 'provider'],
  ])('takes %s for %s %s', (code, kind, of) => {
    expect(aliyunOutcome(code)).toMatchObject({ kind, class: of, code });
  });
});
