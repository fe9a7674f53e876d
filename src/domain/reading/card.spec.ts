import { cardWords, judgeCardPress, pressedAt } from './card.js';

const at = (text: string) => new Date(`${text}+08:00`);
const open = { withdrawnAt: null, acknowledgedAt: null, onBehalfBy: null };
const now = at('2025-04-03T10:00:00');

describe('what stands in place of the button', () => {
  const morning = at('2025-04-03T09:12:30');
  it.each([
    ['nothing while it may be pressed', open, null],
    ['the time', { ...open, acknowledgedAt: morning }, '已签收 09:12'],
    ['that it was another’s act', { ...open, acknowledgedAt: morning, onBehalfBy: '联络员甲' }, '已代签收 09:12'],
    ['the day once it is over', { ...open, acknowledgedAt: at('2025-04-02T23:59:59') }, '4月2日已签收'],
    ['the withdrawal before all else', { ...open, acknowledgedAt: morning, withdrawnAt: now }, '本期已撤回'],
  ])('%s', (_, copy, words) => {
    expect(cardWords(copy, now)).toBe(words);
  });

  it('has room on a button, whatever the day', () => {
    for (const day of ['2025-01-01', '2025-12-31'])
      for (const onBehalfBy of [null, '联络员甲'])
        for (const time of [at(`${day}T00:00:00`), at('2025-04-03T00:00:00')])
          expect([...cardWords({ ...open, acknowledgedAt: time, onBehalfBy }, now)!].length).toBeLessThanOrEqual(10);
  });
});

describe('a press on a card', () => {
  const card = { ...open, addressee: 'ZhangSan', revoked: false };
  it.each([
    ['acknowledges', card, 'ZhangSan', 'acknowledge'],
    ['is the same member’s in another writing', card, 'zhangsan', 'acknowledge'],
    ['of another member counts for nobody', card, 'lisi', 'notHis'],
    ['of a longer id counts for nobody', card, 'zhangsan1', 'notHis'],
    ['of nobody counts for nobody', card, '', 'notHis'],
    ['counts for nobody once the address is not kept', { ...card, addressee: '' }, '', 'notHis'],
    ['after an own acknowledgement says nothing new', { ...card, acknowledgedAt: now }, 'zhangsan', 'again'],
    [
      'says more than what another did for him',
      { ...card, acknowledgedAt: now, onBehalfBy: '甲' },
      'zhangsan',
      'acknowledge',
    ],
    ['on what was withdrawn acknowledges nothing', { ...card, withdrawnAt: now }, 'zhangsan', 'gone'],
    ['on a copy that was taken back acknowledges nothing', { ...card, revoked: true }, 'zhangsan', 'gone'],
    ['of another member learns nothing of a withdrawal', { ...card, withdrawnAt: now }, 'lisi', 'notHis'],
  ])('%s', (_, pressed, presser, what) => {
    expect(judgeCardPress(pressed, presser)).toBe(what);
  });
});

describe('the time of a press', () => {
  it.each([
    ['2025-04-03T09:59:58', '2025-04-03T09:59:58'],
    ['2025-04-03T09:55:00', '2025-04-03T09:55:00'],
    ['2025-04-03T09:54:59', '2025-04-03T10:00:00'],
    ['2025-04-03T10:00:01', '2025-04-03T10:00:00'],
  ])('%s is kept as %s', (said, kept) => {
    expect(pressedAt(at(said), now)).toEqual(at(kept));
  });
  it('is the time it came where the provider says none', () => expect(pressedAt(null, now)).toEqual(now));
});
