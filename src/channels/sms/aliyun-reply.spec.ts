import { readAliyunReplies } from './aliyun-reply.js';

describe('replies pushed by Aliyun', () => {
  const row = {
    phone_number: '13900000001',
    content: 'TD',
    send_time: '2026-11-23 08:00:00',
    dest_code: '1',
    sequence_id: 7,
  };

  it('takes the sequence as string or number and the number with or without country code', () => {
    const reply = { provider: 'aliyun', sequenceId: '7', mobile: '13900000001', content: 'TD' };
    expect(readAliyunReplies([row])).toEqual([reply]);
    expect(readAliyunReplies([{ ...row, phone_number: '8613900000001', sequence_id: '7' }])).toEqual([reply]);
  });

  it('leaves out what is no mainland mobile, and refuses what is no list of replies', () => {
    expect(readAliyunReplies([{ ...row, phone_number: '10086' }])).toEqual([]);
    expect(readAliyunReplies({})).toHaveProperty('problem');
    expect(readAliyunReplies([{ ...row, content: 'x'.repeat(3000) }])).toHaveProperty('problem');
  });
});
