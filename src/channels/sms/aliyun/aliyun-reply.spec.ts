import { readAliyunReplies } from './aliyun-reply.js';

describe('replies pushed by Aliyun', () => {
  const row = {
    phone_number: '13900000001',
    content: 'TD',
    send_time: '2026-11-23 08:00:00',
    dest_code: '1',
    sequence_id: 7,
  };

  const rowsOf = (...rows: unknown[]) => readAliyunReplies(rows)?.rows;

  it('takes the sequence as string or number and the number with or without country code', () => {
    const writtenAt = new Date('2026-11-23T00:00:00Z');
    const reply = { provider: 'aliyun', sequenceId: '7', mobile: '13900000001', content: 'TD', sentTo: '1', writtenAt };
    expect(rowsOf(row)).toEqual([reply]);
    expect(rowsOf({ ...row, phone_number: '8613900000001', sequence_id: '7' })).toEqual([reply]);
    expect(rowsOf({ ...row, phone_number: 13900000001 })).toEqual([reply]);
  });

  it('knows neither number nor time where none is given', () => {
    const [reply] = rowsOf({ ...row, dest_code: {}, send_time: 'yesterday' })!;
    expect(reply).toMatchObject({ sentTo: '', writtenAt: null });
  });

  it('leaves out what is no mainland mobile, and refuses what is no list of replies', () => {
    expect(rowsOf({ ...row, phone_number: '10086' })).toEqual([]);
    expect(readAliyunReplies({})).toBeNull();
  });

  it('takes the same reply without a number of its own for the same when it is pushed again', () => {
    const [one, two, three] = [row, row, { ...row, content: '已阅' }].map(
      (each) => rowsOf({ ...each, sequence_id: null })?.[0]?.sequenceId,
    );
    expect(one).toMatch(/^[0-9a-f]{32}$/);
    expect(two).toBe(one);
    expect(three).not.toBe(one);
  });

  it.each([
    ['no content', { content: null }],
    ['an endless content', { content: 'x'.repeat(3000) }],
    ['no number', { phone_number: {} }],
  ])('keeps a row with %s apart, without what was written', (_what, odd) => {
    const push = readAliyunReplies([{ ...row, ...odd }, row]);
    expect(push?.rows).toHaveLength(1);
    expect(push?.odd).toHaveLength(1);
    expect(push?.odd[0]?.row).not.toMatch(/xxx|13900000001/);
  });
});
