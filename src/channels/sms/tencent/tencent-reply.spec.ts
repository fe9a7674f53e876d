import { readTencentReplies } from './tencent-reply.js';

describe('replies pushed by Tencent', () => {
  const one = { extend: '1', mobile: '13900000001', nationcode: '86', sign: '某县政务', text: 'TD', time: 1795396320 };
  const reply = {
    ...{ provider: 'tencent', mobile: '13900000001', content: 'TD' },
    ...{ sentTo: '1', writtenAt: new Date(1_795_396_320_000) },
  };

  it('come one at a time, and are read in a list too', () => {
    expect(readTencentReplies(one)).toMatchObject({ rows: [reply], odd: [] });
    expect(readTencentReplies([one, { ...one, text: '已阅' }])?.rows).toHaveLength(2);
  });

  it.each([
    ['a number with its country', { mobile: '+8613900000001' }],
    ['a number for a text', { mobile: 13900000001 }],
    ['a number for the country', { nationcode: 86 }],
    ['no country', { nationcode: undefined }],
    ['blanks around', { text: ' TD\n' }],
  ])('are read with %s', (_what, more) => {
    expect(readTencentReplies({ ...one, ...more })).toMatchObject({ rows: [reply], odd: [] });
  });

  it.each([{ extend: '' }, { extend: undefined }, { extend: 'a1' }])('went to no digits of ours with %p', (more) =>
    expect(readTencentReplies({ ...one, ...more })?.rows[0]?.sentTo).toBe(''),
  );

  it('have no time where none is given', () =>
    expect(readTencentReplies({ ...one, time: 'today' })?.rows[0]?.writtenAt).toBeNull());

  it('are the same when pushed again, and another when something differs', () => {
    const ids = [one, one, { ...one, time: 1795396321 }, { ...one, text: 'T' }, { ...one, mobile: '13900000002' }].map(
      (each) => readTencentReplies(each)!.rows[0]!.sequenceId,
    );
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(4);
  });

  it('of other countries and of services are left out', () => {
    expect(
      readTencentReplies([
        { ...one, nationcode: '852' },
        { ...one, mobile: '10086' },
      ]),
    ).toEqual({ rows: [], odd: [] });
  });

  it.each([
    ['no text', { text: null }],
    ['an endless text', { text: 'x'.repeat(3000) }],
    ['no number', { mobile: {} }],
  ])('with %s are kept apart, without what was written', (_what, odd) => {
    const push = readTencentReplies([{ ...one, ...odd }, one]);
    expect(push?.rows).toHaveLength(1);
    expect(push?.odd).toHaveLength(1);
    expect(push?.odd[0]?.row).not.toMatch(/xxx|13900000001/);
  });

  it.each([
    ['a text', 'TD'],
    ['nothing', null],
    ['a number', 7],
  ])('that are %s are refused', (_what, body) => {
    expect(readTencentReplies(body)).toBeNull();
  });
});
