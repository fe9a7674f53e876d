import { ReplyReader, readAbilities } from './smtp-replies.js';

const read = (...chunks: string[]) => {
  const reader = new ReplyReader();
  return chunks.flatMap((chunk) => reader.read(Buffer.from(chunk)));
};

describe('ReplyReader', () => {
  it('joins replies however the network cut them', () => {
    const whole = '250-mail.example.cn\r\n250 SIZE 100\r\n550 5.1.1 无此用户\r\n';
    const bytes = Buffer.from(whole);
    for (let at = 1; at < bytes.length; at++) {
      const reader = new ReplyReader();
      const replies = [...reader.read(bytes.subarray(0, at)), ...reader.read(bytes.subarray(at))];
      expect(replies.map(({ code }) => code)).toEqual([250, 550]);
      expect(replies[1]?.text).toBe('550 5.1.1 无此用户');
    }
  });

  it.each(['HTTP/1.1 200 OK\r\n', '99 x\r\n', '250x\r\n', '\r\n'])('takes %j for no mail server', (text) => {
    expect(() => read(text)).toThrow('no SMTP reply');
  });

  it('does not wait for ever for the end of a line', () => {
    expect(() => read('250 ', 'x'.repeat(70_000))).toThrow('does not end');
    expect(() => read(...Array.from({ length: 800 }, () => `250-${'x'.repeat(100)}\r\n`))).toThrow('does not end');
  });
});

it('reads what a server can do, old spellings too', () => {
  const [reply] = read(
    '250-mail.example.cn PIPELINING\r\n250-size 35882577\r\n250-AUTH=LOGIN\r\n250-AUTH PLAIN\r\n250 DSN\r\n',
  );
  expect(readAbilities(reply!)).toEqual({
    pipelining: false,
    dsn: true,
    startTls: false,
    size: { offered: true, limit: 35_882_577 },
    auth: ['LOGIN', 'PLAIN'],
  });
});
