import { refusalOutcome, submitOutcome } from './cmpp-errors.js';

const wordsOf = (outcome: ReturnType<typeof submitOutcome>) =>
  [outcome.kind, ...('class' in outcome ? [outcome.class] : [])].join(' ');

describe('the result of a SUBMIT', () => {
  it.each([
    ['refused configuration', [1, 2, 5, 7, 10, 11, 12]],
    ['refused content', [4, 6]],
    ['refused recipient', [9, 13]],
    ['retry throttled', [8]],
    ['retry provider', [3, 14, 99, 100, 150, 255, 4_294_967_295]],
  ])('is %s for %p, and the number is kept', (words, results) => {
    for (const result of results) {
      expect(wordsOf(submitOutcome(result))).toBe(words);
      expect(submitOutcome(result)).toMatchObject({
        code: `CMPP:${result}`,
        reason: expect.stringMatching(/[\u4e00-\u9fff].*。$/) as string,
      });
    }
  });
});

describe('a link that does not open', () => {
  it.each([
    ['refused configuration', [1, 2, 3, 4]],
    ['retry provider', [5, 6, 99]],
  ])('is %s for status %p', (words, all) => {
    for (const status of all) expect(wordsOf(refusalOutcome({ kind: 'status', status }))).toBe(words);
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'TIMEOUT', 'BAD_FRAME', 'LINK_LOST', 'CONNECTION_LOST', 'constructor'])(
    'is a matter of the network: %s',
    (code) =>
      expect(refusalOutcome({ kind: 'network', code })).toMatchObject({
        ...{ kind: 'retry', class: 'network', code },
        reason: expect.stringMatching(/。$/) as string,
      }),
  );
});
