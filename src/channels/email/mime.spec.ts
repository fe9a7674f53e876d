import { simpleParser } from 'mailparser';
import { composeMail, mailDate, type MailParts } from './mime.js';

const mail: MailParts = {
  deliveryId: '0b2f9bb5-7f2e-4b5e-9a53-0a4d2ff2a6a1',
  messageIdDomain: 'mail.gov.example.cn',
  from: { name: '某县人民政府办公室', address: 'office@mail.gov.example.cn' },
  to: 'r001@yanjin.example',
  subject:
    '【某县政务】关于做好2026年防汛抗旱工作的紧急通知（第12期）😀，请各镇（街道）、县直各部门认真贯彻落实并及时反馈',
  text: '第一行\n.\n第二行',
  html: `<p>${'防汛'.repeat(500)}</p>`,
  date: new Date('2026-01-01T16:30:00Z'),
  list: { name: '每日快报', id: 'kuaibao.mail.gov.example.cn' },
};

describe('composeMail', () => {
  it('is read by a mail program as it was written', async () => {
    const read = await simpleParser(composeMail(mail));
    expect(read.subject).toBe(mail.subject);
    expect(read.text).toBe(mail.text);
    expect(read.html).toBe(mail.html);
    expect(read.from?.value).toEqual([mail.from]);
    expect(read.messageId).toBe('<0b2f9bb5-7f2e-4b5e-9a53-0a4d2ff2a6a1@mail.gov.example.cn>');
    expect(read.date).toEqual(mail.date);
    expect(read.headers.get('auto-submitted')).toBe('auto-generated');
    expect(read.headers.get('precedence')).toBe('bulk');
    expect(read.headers.get('feedback-id')).toBe('2026-01-02::bulletin:kuaibao');
    expect(read.headers.get('list')).toMatchObject({ id: { id: 'kuaibao.mail.gov.example.cn' } });
  });

  it('leads answers to another address where there is one', async () => {
    const read = await simpleParser(composeMail({ ...mail, replyTo: 'desk@gov.example.cn' }));
    expect(read.replyTo?.value).toMatchObject([{ address: 'desk@gov.example.cn' }]);
    expect((await simpleParser(composeMail(mail))).replyTo).toBeUndefined();
  });

  it('lets a mail program end a subscription with one press, and only where there is one to end', () => {
    const unsubscribe = 'https://kb.example.cn/u/abcdefghijklmnopqrstuv';
    const raw = composeMail({ ...mail, unsubscribe });
    // RFC 8058: the address and the promise that a POST to it suffices.
    expect(raw).toContain(`\r\nList-Unsubscribe: <${unsubscribe}>\r\n`);
    expect(raw).toContain('\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
    expect(composeMail(mail)).not.toContain('List-Unsubscribe');
  });

  it('has no line above 76 characters, only ASCII and only CRLF', () => {
    const raw = composeMail(mail);
    for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76);
    expect(raw.replaceAll('\r\n', '')).toMatch(/^[ -~]*$/);
  });

  it.each(['延津政务快报第101期.pdf', "a'(1)*%.pdf", `${'很长的刊物名称'.repeat(12)}第1期.pdf`])(
    'brings a file whose name every program can read: %s',
    async (name) => {
      const bytes = Buffer.from('%PDF-1.7\n'.repeat(100));
      const raw = composeMail({ ...mail, attachment: { name, type: 'application/pdf', bytes } });
      for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76);
      expect(raw.replaceAll('\r\n', '')).toMatch(/^[ -~]*$/);
      const { attachments, text, html } = await simpleParser(raw);
      expect([text, html]).toEqual([mail.text, mail.html]);
      expect(attachments.map(({ filename, content }) => [filename, content.equals(bytes)])).toEqual([[name, true]]);
      // A program that knows RFC 2231 alone, and one that does not know it.
      for (const without of [/;\r\n name="[^"]*"/, /(?:;\r\n filename\*\d+\*=[^\r;]*)+/])
        expect((await simpleParser(raw.replace(without, ''))).attachments[0]!.filename).toBe(name);
    },
  );

  it('lets no name of a file begin a header', () => {
    const name = 'a\r\nBcc: all@example.cn\r\n\r\n.pdf';
    const raw = composeMail({ ...mail, attachment: { name, type: 'application/pdf', bytes: Buffer.from('%PDF') } });
    expect(raw).not.toMatch(/^Bcc/m);
  });

  it('encodes each word of a header so that it can be decoded alone', () => {
    const raw = composeMail(mail);
    const words = [...raw.matchAll(/=\?UTF-8\?B\?([^?]*)\?=/g)].map(([word, text = '']) => {
      expect(word.length).toBeLessThanOrEqual(75);
      return Buffer.from(text, 'base64').toString('utf8');
    });
    expect(words.join('')).toContain(mail.subject);
    expect(words.join('')).not.toContain('\ufffd');
  });

  it('keeps a subject with line breaks in one header', async () => {
    const read = await simpleParser(composeMail({ ...mail, subject: 'a\r\nBcc: all@example.cn' }));
    expect(read.bcc).toBeUndefined();
    expect(read.subject).toBe('a Bcc: all@example.cn');
  });

  it('is the same each time a delivery is tried', () => {
    expect(composeMail(mail)).toBe(composeMail(mail));
  });

  it.each(['', 'abc', 'a'.repeat(57), 'a'.repeat(58), 'a'.repeat(114)])(
    'carries a text of any length: %#',
    async (text) => {
      const read = await simpleParser(composeMail({ ...mail, text, html: `<p>${text}</p>` }));
      expect((read.text ?? '').trim()).toBe(text);
    },
  );
});

describe('mailDate', () => {
  it('is Beijing time', () => {
    expect(mailDate(new Date('2026-01-01T16:30:00Z'))).toBe('Fri, 02 Jan 2026 00:30:00 +0800');
  });
});
