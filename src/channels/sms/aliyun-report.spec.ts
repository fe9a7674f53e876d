import { aliyunOutcome } from './aliyun-errors.js';
import { readAliyunReports } from './aliyun-report.js';
import { beijingDay, readBeijingTime } from './beijing-time.js';

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

describe('readAliyunReports', () => {
  it('leaves out the messages of another system on the same account, and keeps the rest of the push', () => {
    const foreign = { ...row, out_id: 'order-4711' };
    expect(readAliyunReports([foreign, row])).toEqual(readAliyunReports([row]));
  });

  it('reads a push as the vendor documents it, in Beijing time', () => {
    expect(readAliyunReports([row])).toEqual([
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
    expect(readAliyunReports([{ ...row, success: false, err_code: 'UNDELIV' }])).toMatchObject([
      { status: 'failed', code: 'UNDELIV', reason: '手机停机、空号或无法接收短信。' },
    ]);
  });

  it("leaves out other systems' messages and keeps the moment of arrival where no time is given", () => {
    const now = new Date('2026-01-02T04:00:00Z');
    const reports = readAliyunReports(
      [
        { ...row, out_id: '' },
        { ...row, report_time: 'soon' },
      ],
      now,
    );
    expect(reports).toMatchObject([{ reportedAt: now }]);
  });

  it.each([
    ['no array', { ...row }],
    ['a wrong type', [{ ...row, success: 'true' }]],
    ['an endless id', [{ ...row, out_id: 'x'.repeat(300) }]],
    ['too many rows', Array.from({ length: 1001 }, () => row)],
    ['nothing', undefined],
  ])('refuses %s', (_what, body) => {
    expect(readAliyunReports(body)).toHaveProperty('problem');
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
