import { scanKindOf, signedAt, signedOnFault } from './paper.js';

const at = (beijing: string) => new Date(`${beijing}+08:00`);
const now = at('2026-11-23T09:00:00');
const sent = (beijing: string, copyNumber = 1) => ({ copyNumber, sentAt: at(beijing) });
const fault = (day: string, copies = [sent('2026-11-20T18:00:00')], withdrawnAt: Date | null = null) =>
  signedOnFault(day, { copies, now, withdrawnAt });

describe('the day beside signatures', () => {
  it.each(['2026-11-20', '2026-11-22', '2026-11-23'])('may be %s', (day) => expect(fault(day)).toBeNull());

  it.each([
    ['2026-11-24', '签收日期不能晚于今天。'],
    ['2026-11-19', '签收日期不能早于发送的日期：第1份是2026年11月20日发送的。'],
  ])('may not be %s', (day, why) => expect(fault(day)).toBe(why));

  it('is counted in Beijing, where a day begins while it is still the day before elsewhere', () => {
    expect(fault('2026-11-21', [sent('2026-11-21T00:10:00')])).toBeNull();
    expect(fault('2026-11-20', [sent('2026-11-21T00:10:00')])).toContain('11月21日');
  });

  it('is that of each copy: one that was sent late was not signed before', () => {
    expect(fault('2026-11-21', [sent('2026-11-20T18:00:00'), sent('2026-11-22T10:00:00', 116)])).toBe(
      '签收日期不能早于发送的日期：第116份是2026年11月22日发送的。',
    );
  });

  it('ends with the day on which the issue was taken back', () => {
    const withdrawn = at('2026-11-21T10:00:00');
    expect(fault('2026-11-21', undefined, withdrawn)).toBeNull();
    expect(fault('2026-11-22', undefined, withdrawn)).toBe('本期已于2026年11月21日撤回，签收日期不能晚于那一天。');
  });

  it('counts as of its end, today as of now', () => {
    expect(signedAt('2026-11-22', now)).toEqual(at('2026-11-22T23:59:59.999'));
    expect(signedAt('2026-11-23', now)).toEqual(now);
  });
});

describe('a scan', () => {
  const bytes = (hex: string) => Buffer.from(hex, 'hex');
  it.each([
    ['pdf', Buffer.from('%PDF-1.7\n…')],
    ['jpeg', bytes('ffd8ffe000104a46')],
    ['jpeg', bytes('ffd8ffe1')],
    ['png', bytes('89504e470d0a1a0a0000000d')],
  ] as const)('is a %s by its first bytes', (kind, file) => expect(scanKindOf(file)).toBe(kind));

  it.each([
    ['a web page', Buffer.from('<html>%PDF-1.7')],
    ['a picture that holds script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg">')],
    ['a GIF', Buffer.from('GIF89a')],
    ['half a beginning', bytes('89504e47')],
    ['a program', bytes('4d5a9000')],
    ['nothing', Buffer.alloc(0)],
  ])('is not %s', (_what, file) => expect(scanKindOf(file)).toBeNull());
});
