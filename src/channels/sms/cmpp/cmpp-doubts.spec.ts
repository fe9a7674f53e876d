import { CmppDoubts } from './cmpp-doubts.js';

const hour = 3_600_000;

describe('a message whose answer was lost', () => {
  let at = new Date('2026-11-30T04:00:00Z');
  let doubts: CmppDoubts;
  const startedAt = at;
  const own = { srcId: '10650000170042', number: '13800138000' };
  beforeEach(() => {
    at = startedAt;
    doubts = new CmppDoubts(() => at);
  });
  const settled = (id = 'a') => doubts.settled(id, startedAt);

  it('was taken when a report names its own digits and its number', () => {
    doubts.doubt('a', { ...own, parts: 1, known: [] });
    expect(settled()).toBeNull();
    doubts.noteReport(own.srcId, own.number, '7');
    expect(settled()).toEqual(['7']);
  });

  it('was taken when the report came before the doubt', () => {
    doubts.noteReport(own.srcId, own.number, '7');
    doubts.doubt('a', { ...own, parts: 1, known: [] });
    expect(settled()).toEqual(['7']);
  });

  it.each([
    ['other digits', { srcId: '10650000170043' }],
    ['another number', { number: '13900139000' }],
  ])('is not proved by a report with %s', (_what, changes) => {
    doubts.doubt('a', { ...own, parts: 1, known: [] });
    const { srcId, number } = { ...own, ...changes };
    doubts.noteReport(srcId, number, '7');
    expect(settled()).toBeNull();
  });

  it('is not proved by a report on what is another message’s own, nor by one from before it was begun', () => {
    doubts.claim('7');
    doubts.doubt('a', { ...own, parts: 1, known: [] });
    doubts.noteReport(own.srcId, own.number, '7');
    expect(settled()).toBeNull();
    doubts.noteReport(own.srcId, own.number, '8');
    expect(doubts.settled('a', new Date(startedAt.getTime() + 1))).toBeNull();
    doubts.claim('8');
    expect(settled()).toBeNull();
  });

  it('was taken whole only when all its parts are known', () => {
    doubts.claim('1');
    doubts.doubt('a', { ...own, parts: 3, known: ['1'] });
    doubts.noteReport(own.srcId, own.number, '1');
    doubts.noteReport(own.srcId, own.number, '2');
    expect(settled()).toBeNull();
    doubts.noteReport(own.srcId, own.number, '3');
    expect(settled()).toEqual(['1', '2', '3']);
    doubts.noteReport(own.srcId, own.number, '4');
    expect(settled()).toBeNull();
  });

  it('is forgotten with its reports after two days', () => {
    doubts.doubt('a', { ...own, parts: 1, known: [] });
    at = new Date(at.getTime() + 49 * hour);
    doubts.noteReport(own.srcId, own.number, '7');
    expect(settled()).toBeNull();
  });
});
