import { echo, readYunmasReplies, readYunmasReports } from './yunmas-report.js';

const now = new Date('2026-11-30T04:00:00Z');
const fields = {
  ...{ reportStatus: 'reportStatus', errorCode: 'errorCode', mobile: 'mobile' },
  ...{ submitDate: 'submitDate', receiveDate: 'receiveDate', msgGroup: 'msgGroup' },
};
const pushed = {
  ...{ reportStatus: 'CM:0000', errorCode: 'DELIVRD', mobile: '13800138000', msgGroup: '0927152506001000833076' },
  ...{ submitDate: '2026-11-30 11:00:00', receiveDate: '2026-11-30 11:00:07' },
};
const read = (body: unknown) => readYunmasReports(body, now, fields);
const first = (changes: object) => read({ ...pushed, ...changes })?.rows[0];

describe('a pushed report', () => {
  it('tells of the number in the group, without the number', () => {
    expect(read(pushed)).toEqual({
      rows: [
        {
          provider: 'yunmas',
          reference: '0927152506001000833076/8000',
          status: 'delivered',
          code: 'DELIVRD',
          reason: '',
          reportedAt: new Date('2026-11-30T03:00:07Z'),
        },
      ],
      odd: [],
    });
  });

  it.each([
    ['the carrier refused', { reportStatus: 'CM:0001', errorCode: 'REJECTD' }, 'REJECTD'],
    ['the carrier refused what the platform is content with', { errorCode: 'UNDELIV' }, 'UNDELIV'],
    ['the carrier has a word of its own', { reportStatus: 'CM:0002', errorCode: 'mk:0001' }, 'MK:0001'],
    ['the carrier dropped it', { errorCode: 'DELETED' }, 'DELETED'],
    ['nobody knows any more', { errorCode: 'UNKNOWN' }, 'UNKNOWN'],
    ['only the platform says so', { reportStatus: 'CM:1010', errorCode: '' }, 'CM:1010'],
    ['only the platform says so, twice', { reportStatus: 'CM:1010', errorCode: 'CM:1010' }, 'CM:1010'],
  ])('is of a failure where %s', (_what, changes, code) =>
    expect(first(changes)).toMatchObject({ status: 'failed', code, reason: expect.stringMatching(/。$/) as string }),
  );

  it.each([
    ['the gateway merely took it', { errorCode: 'CM:0000' }],
    ['the platform says nothing of the carrier', { errorCode: '' }],
    ['the carrier is waited for', { reportStatus: 'CM:3000', errorCode: 'CM:3000' }],
    ['the carrier is waited for, whatever stands beside it', { reportStatus: 'CM:3000', errorCode: 'DELIVRD' }],
    ['the carrier has only accepted it', { errorCode: 'ACCEPTD' }],
  ])('says nothing yet where %s', (_what, changes) =>
    expect(read({ ...pushed, ...changes })).toEqual({ rows: [], odd: [] }),
  );

  it.each([
    ['of no group', { msgGroup: undefined }],
    ['of a group that is an object', { msgGroup: {} }],
    ['of a group whose last digits are lost', { msgGroup: Number('927152506001000833076') }],
    ['of no number', { mobile: '' }],
    ['of a number that is none', { mobile: '10086' }],
    ['without a state', { reportStatus: null }],
    ['that arrived and did not', { reportStatus: 'CM:0001' }],
  ])('is odd %s', (_what, changes) => {
    const push = read({ ...pushed, ...changes });
    expect(push).toMatchObject({ rows: [], odd: [{ problem: expect.stringMatching(/./) as string }] });
    expect(JSON.stringify(push!.odd)).not.toContain('13800138000');
  });

  it.each([
    ['fourteen digits', '20261130110007'],
    ['dashes and colons', '2026-11-30 11:00:07'],
  ])('may write its time in %s', (_what, receiveDate) =>
    expect(first({ receiveDate })).toMatchObject({ reportedAt: new Date('2026-11-30T03:00:07Z') }),
  );

  it.each(['', '2026/11/30', '20261399999999', 7, null])(
    'is dated by its arrival where its time is %p',
    (receiveDate) => expect(first({ receiveDate })).toMatchObject({ reportedAt: now }),
  );

  it('may be several, in a list, of a list of numbers, with a country code, and a number as a number', () => {
    const more = [
      pushed,
      { ...pushed, mobile: undefined, mobiles: ['13900139001', '+8613900139002'] },
      { ...pushed, mobile: '8613900139003,13900139004,' },
      { ...pushed, mobile: 13_900_139_005 },
      'nothing',
    ];
    const push = read(more)!;
    expect(push.rows.map(({ reference }) => reference.slice(-4))).toEqual([
      '8000',
      '9001',
      '9002',
      '9003',
      '9004',
      '9005',
    ]);
    expect(push.odd).toHaveLength(1);
  });

  it('may call its fields as the contract has it', () => {
    const named = { ...fields, reportStatus: 'status', msgGroup: 'batchNo' };
    const { reportStatus, msgGroup, ...rest } = pushed;
    expect(readYunmasReports({ ...rest, status: reportStatus, batchNo: msgGroup }, now, named)?.rows).toHaveLength(1);
  });

  it.each([null, 'text', 3, undefined])('is not %p', (body) => expect(read(body)).toBeNull());

  it('is answered with itself', () => expect([echo(pushed), echo('x')]).toEqual([pushed, {}]));
});

describe('a pushed reply', () => {
  const reply = { mobile: '13800138000', smsContent: ' TD ', sendTime: '2026-11-30 11:00:00', addSerial: '0017' };

  it('is the same however often it comes, and another one later', () => {
    const idOf = (changes: object) => readYunmasReplies({ ...reply, ...changes }, '')?.rows[0]?.sequenceId;
    expect(readYunmasReplies([reply], '00')?.rows).toMatchObject([
      {
        provider: 'yunmas',
        mobile: '13800138000',
        content: 'TD',
        sentTo: '0017',
        writtenAt: new Date('2026-11-30T03:00:00Z'),
      },
    ]);
    expect(readYunmasReplies([reply], '0017')?.rows[0]?.sentTo).toBe('');
    expect(idOf({})).toBe(idOf({ addSerial: '' }));
    expect(idOf({ sendTime: '2026-11-30 11:00:01' })).not.toBe(idOf({}));
  });

  it('is odd without text or number, and left out from what is no mobile phone', () => {
    expect(readYunmasReplies([{ ...reply, smsContent: {} }, { smsContent: '1' }], '')?.odd).toHaveLength(2);
    expect(readYunmasReplies({ ...reply, mobile: '10086' }, '')).toEqual({ rows: [], odd: [] });
  });
});
