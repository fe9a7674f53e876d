import { matchReply, replyDays, replyWindow, type SentMessage, writtenAt } from './reply-match.js';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 30, 1, minute));
const message = (copyId: string, more: Partial<SentMessage> = {}): SentMessage => ({
  ...{ copyId, sentAt: at(0), serial: '', isWithdrawal: false, failed: false, asks: true, withdrawn: false },
  isHis: true,
  ...{ reading: 'unread', ...more },
});
const acknowledged = { reading: 'acknowledged' } as const;
const withdrawn = { withdrawn: true };
const notice = { isWithdrawal: true, withdrawn: true };

describe('a reply that acknowledges', () => {
  it.each<[string, SentMessage[], string]>([
    ['the one open copy', [message('a')], 'a'],
    ['one that is opened', [message('a', { reading: 'opened' })], 'a'],
    ['one that several messages were about', [message('a'), message('a', { sentAt: at(9) })], 'a'],
    ['the open one beside what is acknowledged', [message('a', acknowledged), message('b')], 'b'],
    ['the open one beside a subscription', [message('a', { asks: false }), message('b')], 'b'],
    ['the open one beside one that did not arrive', [message('a', { failed: true }), message('b')], 'b'],
    ['one whose first message failed and whose second did not', [message('a', { failed: true }), message('a')], 'a'],
    ['the open one beside a withdrawn one', [message('a', withdrawn), message('b', { sentAt: at(1) })], 'b'],
    ['one that left within the difference of two clocks', [message('a', { sentAt: at(11) })], 'a'],
    ['one of whose messages only the reminder is later', [message('a'), message('a', { sentAt: at(15) })], 'a'],
    ['one that went out after a notice', [message('a', notice), message('b', { sentAt: at(1) })], 'b'],
  ])('acknowledges %s', (_, messages, copyId) =>
    expect(matchReply(messages, '', at(10))).toEqual({ kind: 'copy', copyId }),
  );

  it.each<[string, SentMessage[]]>([
    ['nothing was sent', []],
    ['two are open', [message('a'), message('b')]],
    ['the only one did not arrive', [message('a', { failed: true })]],
    ['the only one is withdrawn', [message('a', withdrawn)]],
    ['it answers a notice of withdrawal', [message('a', notice)]],
    ['the newest message is a notice', [message('b'), message('a', { ...notice, sentAt: at(1) })]],
    ['it was written before the only message left', [message('a', { sentAt: at(12) })]],
    ['the number is no more that of its reader', [message('a', { isHis: false })]],
    ['one is acknowledged and one withdrawn', [message('a', acknowledged), message('b', withdrawn)]],
  ])('leaves it to the office when %s', (_, messages) =>
    expect(matchReply(messages, '', at(10))).toEqual({ kind: 'unclear' }),
  );

  it.each<[string, SentMessage[]]>([
    ['it is acknowledged', [message('a', acknowledged)]],
    ['all are', [message('a', acknowledged), message('b', acknowledged)]],
    ['nothing is asked', [message('a', { asks: false })]],
  ])('changes nothing when %s', (_, messages) =>
    expect(matchReply(messages, '', at(10))).toEqual({ kind: 'nothingOpen' }),
  );

  describe('to a number with digits of its own', () => {
    const [a, b] = [message('a', { serial: '0017' }), message('b', { serial: '4711' })];
    it.each<[string, SentMessage[], string, object]>([
      ['tells two apart', [a, b], '10650000174711', { kind: 'copy', copyId: 'b' }],
      ['given alone', [a, b], '0017', { kind: 'copy', copyId: 'a' }],
      ['not given, tells nothing', [a, b], '', { kind: 'unclear' }],
      ['of neither, is no answer to the one that is open', [a], '10650000179999', { kind: 'unclear' }],
      [
        'of one that is acknowledged, acknowledges no other',
        [a, { ...b, ...acknowledged }],
        '4711',
        { kind: 'nothingOpen' },
      ],
      ['of several by chance', [a, { ...b, serial: '0017' }], '0017', { kind: 'unclear' }],
      ['where no message had any, tells nothing', [message('a')], '1065000017', { kind: 'copy', copyId: 'a' }],
    ])('%s', (_, messages, sentTo, expected) => expect(matchReply(messages, sentTo, at(10))).toEqual(expected));
  });
});

it('looks at messages of some days, with room for clocks that differ', () => {
  const { from, to } = replyWindow(at(30));
  expect(at(30).getTime() - from.getTime()).toBe(replyDays * 86_400_000);
  expect(to).toEqual(at(40));
});

it.each<[string, Date | null, Date]>([
  ['its own', at(0), at(0)],
  ['the receipt where none is given', null, at(30)],
  ['the receipt where it lies ahead', at(31), at(30)],
  ['the receipt where it cannot be', new Date(NaN), at(30)],
  ['the receipt where it is older than any message asked about', new Date(0), at(30)],
])('takes for its time %s', (_, given, expected) => expect(writtenAt(given, at(30))).toEqual(expected));
