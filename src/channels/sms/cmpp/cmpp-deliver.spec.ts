import { bodyOf, vectors } from '../../../../test/cmpp-vectors.js';
import { decodeText, readDeliver } from './cmpp-deliver.js';
import { partReportOf } from './cmpp-report.js';

const now = new Date('2026-01-02T04:00:00Z');

describe('what is delivered', () => {
  it.each(vectors.mo)('is $text from $src, in version $v', ({ v, hex, src, dest, text, msgId }) =>
    expect(readDeliver(v, bodyOf(hex))).toEqual({
      messageId: msgId,
      from: src,
      to: dest,
      text,
      report: null,
      part: null,
    }),
  );

  it.each(vectors.moLong)('may be one part of a longer text, in version $v', ({ v, ref, hex, text }) => {
    const parts = hex.map((one) => readDeliver(v, bodyOf(one))!);
    expect(parts.map((one) => one.text).join('')).toBe(text);
    const reference = ref === 16 ? 0x1234 : 0x2a;
    expect(parts.map(({ part }) => part)).toEqual([1, 2].map((number) => ({ reference, total: 2, number })));
  });

  it.each(vectors.report)('may report $stat of $width digits, in version $v', ({ v, hex, stat, msgId, number }) => {
    const { report, text } = readDeliver(v, bodyOf(hex))!;
    expect([report, text]).toEqual([
      { messageId: msgId, state: stat, number, doneAt: new Date('2026-01-02T03:05:00Z') },
      '',
    ]);
  });

  it('is nothing in the other version, or when a byte is too many or missing', () => {
    for (const { v, hex } of [...vectors.mo, ...vectors.report]) {
      const body = bodyOf(hex);
      for (const wrong of [
        body.subarray(0, -1),
        Buffer.concat([body, Buffer.alloc(1)]),
        body.subarray(0, 20),
        Buffer.alloc(0),
      ])
        expect(readDeliver(v, wrong)).toBeNull();
      expect(readDeliver(v === 2 ? 3 : 2, body)).toBeNull();
    }
  });

  it('survives heads and lengths that lie', () => {
    const { v, hex } = vectors.moLong[0]!;
    const body = bodyOf(hex[0]!);
    const head = body.indexOf(Buffer.from('050003', 'hex'));
    for (const [offset, value] of [
      ...[0, 1, 2, 4, 5, 255].map((value) => [0, value] as const),
      ...[7, 0xff].map((value) => [1, value] as const),
      ...[0, 1, 200].map((value) => [2, value] as const),
    ]) {
      const odd = Buffer.from(body);
      odd[head + offset] = value;
      expect(readDeliver(v, odd)).toMatchObject({ from: '13800138000' });
    }
  });

  it.each([
    [0, '54440a', 'TD\n'],
    [8, '5df29605', '已阅'],
    [8, '5df29605ff', '已阅'],
    [15, 'cad5b5bd', '收到'],
    [15, '8139ee39', '㐀'],
    [4, '0102', ''],
    [246, '31', '1'],
    [8, '', ''],
  ])('is decoded by its format %d: %s', (format, hex, text) =>
    expect(decodeText(format, Buffer.from(hex, 'hex'))).toBe(text),
  );
});

describe('a report on a part', () => {
  const report = (state: string) => partReportOf({ messageId: '7', state, number: '13800138000', doneAt: null }, now);

  it('says that it arrived', () =>
    expect(report('DELIVRD')).toEqual({
      ...{ provider: 'cmpp', reference: '7', status: 'delivered', code: 'DELIVRD', reason: '', reportedAt: now },
    }));

  it.each(['EXPIRED', 'DELETED', 'UNDELIV', 'UNKNOWN', 'REJECTD', 'MB:1042', 'DB:0101', 'CA:0053', 'SC:0001', ''])(
    'says for good that it failed: %s',
    (state) =>
      expect(report(state)).toMatchObject({ status: 'failed', reason: expect.stringMatching(/。$/) as string }),
  );

  it('says nothing while the carrier has only accepted it', () => expect(report('ACCEPTD')).toBeNull());
});
