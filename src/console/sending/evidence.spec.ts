import { evidenceTime, evidenceWords } from './evidence.js';

type Told = Parameters<typeof evidenceWords>[0];
const at = new Date('2026-11-23T00:05:00Z');
const nothing: Told = {
  reading: 'unread',
  openedAt: null,
  acknowledgedAt: null,
  acknowledgedVia: null,
  onBehalfBy: null,
  enteredBy: null,
  signedOn: null,
  unreachable: null,
  sentOn: [],
  deliveredAt: null,
  sentAt: null,
  digestAt: null,
  waiting: false,
  held: false,
  lastReason: null,
  subscriber: false,
};
const word = (told: Partial<Told>): string => evidenceWords({ ...nothing, ...told }).word;

it('never claims more than there is proof of', () => {
  const rising: Partial<Told>[] = [
    { waiting: true },
    { waiting: true, sentOn: ['sms'] },
    { waiting: true, sentOn: ['sms'], deliveredAt: at },
    { waiting: true, sentOn: ['sms'], deliveredAt: at, reading: 'opened' },
    { waiting: true, sentOn: ['sms'], deliveredAt: at, reading: 'acknowledged', acknowledgedVia: 'page' },
  ];
  expect(rising.map(word)).toEqual(['待发送', '已提交', '已送达', '已打开', '已签收']);
});

it('says of a signature on paper who entered it, and the day without a time', () => {
  const told = {
    ...nothing,
    ...({ reading: 'acknowledged', acknowledgedVia: 'paper', onBehalfBy: '编辑甲', acknowledgedAt: at } as const),
    ...{ enteredBy: '编辑甲', signedOn: '2026-11-20' },
  };
  expect(evidenceWords(told)).toMatchObject({
    word: '纸质签收',
    detail: '纸质签收（由编辑甲登记），签收日期2026年11月20日。',
  });
  expect(evidenceTime(told)).toBe('2026年11月20日');
  // A single record says who signed, not who entered it.
  const single = { ...told, enteredBy: null, signedOn: null, onBehalfBy: '联络员甲' };
  expect(evidenceWords(single).detail).toBe('由联络员甲办理，方式：纸质签收。');
});

it('says that WeCom reports no delivery, but only where nothing else was sent', () => {
  expect(evidenceWords({ ...nothing, sentOn: ['wecom'] }).detail).toContain('不提供送达回执');
  expect(evidenceWords({ ...nothing, sentOn: ['email', 'wecom'] }).detail).toBe(
    '电子邮件、企业微信已接收，尚无送达回执。',
  );
});

it('shows an acknowledgement on behalf as such, with who and how', () => {
  const told = { reading: 'acknowledged', onBehalfBy: '王联络员', acknowledgedVia: 'paper' } as const;
  expect(evidenceWords({ ...nothing, ...told })).toMatchObject({
    word: '代签收',
    detail: '由王联络员办理，方式：纸质签收。',
  });
});

it('tells why nobody was reached', () => {
  expect(word({})).toBe('无法送达');
  expect(evidenceWords({ ...nothing, unreachable: '没有登记联系方式。', lastReason: '空号' }).detail).toBe(
    '没有登记联系方式。',
  );
  expect(evidenceWords({ ...nothing, lastReason: '空号' }).detail).toBe('空号');
});

it('puts what waits for a person before giving up', () => {
  expect(word({ held: true })).toBe('待人工处理');
  expect(word({ held: true, sentOn: ['email'] })).toBe('已提交');
});

it('gives the time of the strongest proof, and none of a sending that failed', () => {
  const later = new Date('2026-11-23T01:00:00Z');
  expect(evidenceTime({ ...nothing, deliveredAt: at, openedAt: later })).toBe('2026年11月23日 09:00');
  expect(evidenceTime({ ...nothing, sentAt: at })).toBe('');
  expect(evidenceTime({ ...nothing, sentAt: at, sentOn: ['sms'] })).toBe('2026年11月23日 08:05');
});

it('tells when the digest leaves for which a mail waits, until there is a sign of the person', () => {
  const waiting = { waiting: true, digestAt: new Date('2026-11-23T09:00:00Z') };
  expect(evidenceWords({ ...nothing, ...waiting })).toMatchObject({
    word: '待发送',
    detail: '电子邮件随每日汇总发送，时间为2026年11月23日 17:00。',
  });
  const { word, detail } = evidenceWords({ ...nothing, ...waiting, sentOn: ['sms'] });
  expect(word).toBe('已提交');
  expect(detail).toContain('电子邮件随每日汇总发送');
  expect(evidenceWords({ ...nothing, ...waiting, reading: 'opened' }).detail).not.toContain('每日汇总');
});

it('misses no acknowledgement of a subscriber', () => {
  expect(evidenceWords({ ...nothing, reading: 'opened' }).detail).toContain('尚未签收');
  expect(evidenceWords({ ...nothing, reading: 'opened', subscriber: true }).detail).not.toContain('签收');
});
