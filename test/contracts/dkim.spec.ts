import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dkimVerify } from 'mailauth';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { signMail, type DkimKey } from '../../src/channels/email/dkim.js';
import { dkimRecords, loadDkimKeys, makeDkimKeys } from '../../src/channels/email/dkim-keys.js';
import { composeMail } from '../../src/channels/email/mime.js';
import { dkimCommand, type Resolve } from '../../src/programs/dkim-command.js';
import { StartError } from '../../src/settings/start-error.js';
import { afterwards } from './afterwards.js';
import { emailChannel, emailContent } from './channels-under-test.js';
import { outcomeOf, outgoing } from './channel.contract.js';
import { office } from './sandbox-under-test.js';

const domain = 'example.cn';
const now = new Date('2026-11-23T01:12:00Z');
const nobody = (): Promise<string[][]> => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' }));

let folder: string;
let keys: DkimKey[];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kuaibao-dkim-'));
  makeDkimKeys(folder, domain, 'kb1');
  keys = loadDkimKeys(folder, domain, ['kb1r', 'kb1e']);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** DNS as it is once the records are in it, a value of more than 255 bytes in pieces. */
const dns = (name: string): Promise<string[][]> => {
  const record = dkimRecords(folder, domain).find((one) => one.name === name);
  return record ? Promise.resolve([record.value.match(/.{1,255}/g)!]) : nobody();
};

/** What a program that knows nothing of ours says of each signature. */
async function verdicts(message: string): Promise<string[]> {
  const { results } = await dkimVerify(Buffer.from(message, 'latin1'), { resolver: dns, curTime: now });
  return results.map(({ status, selector }) => `${selector ?? '-'} ${status.result}`);
}

const both = ['kb1r pass', 'kb1e pass'];
const mail = composeMail({
  deliveryId: '0b6a6a3e-1111-4222-8333-444455556666',
  messageIdDomain: domain,
  from: { name: '延津县人民政府办公室', address: `office@${domain}` },
  to: 'leader@example.org',
  subject: '延津政务快报2026年第31期（总第1482期）：全县重点项目观摩会召开；秋粮收购进入尾声；城区供暖提前两天',
  text: '正文\r\n\r\n完',
  html: '<p>正文</p>',
  date: now,
  list: { name: '延津政务快报', id: `kuaibao.${domain}` },
  unsubscribe: 'https://kb.example.cn/u/abc',
});

describe('signatures of mail', () => {
  it('pass an independent check, RSA and Ed25519', async () => {
    expect(await verdicts(signMail(mail, keys, now))).toEqual(both);
  });

  it.each([
    ['no body', ''],
    ['empty lines at the end', 'a\r\n\r\n\r\n'],
    ['no line end', 'a'],
    ['blanks in lines and at their ends', ' a \t b  \r\n\t\r\nc \r\n'],
    ['lines of dots', '.\r\n..\r\n. a\r\n'],
    ['headers in a body', 'From: x@y.cn\r\n\r\nDKIM-Signature: v=1\r\n'],
    [
      'all bytes',
      Array.from({ length: 256 }, (_, at) => String.fromCharCode(at))
        .join('')
        .replace(/[\r\n]/g, ''),
    ],
  ])('pass with %s', async (_, body) => {
    const head = `From:  office@${domain} \r\nSubject: a\r\n \t b \r\nTo:x@example.org\r\nDate: ${now.toUTCString()}\r\n`;
    expect(await verdicts(signMail(`${head}\r\n${body}`, keys, now))).toEqual(both);
  });

  it('keep to lines of 78', () => {
    expect(
      Math.max(
        ...signMail(mail, keys, now)
          .split('\r\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(78);
  });

  it('survive what relays may do to blanks and folds', async () => {
    const relayed = signMail(mail, keys, now)
      .replace('\r\nTo: ', '\r\nto:   ')
      .replace(/\r\nSubject: ([^\r]+)\r\n /, '\r\nSubject: $1\r\n\t  ');
    expect(relayed).not.toBe(signMail(mail, keys, now));
    expect(await verdicts(`Received: from a by b\r\n${relayed}\r\n\r\n`)).toEqual(both);
  });

  it('cover where answers go', async () => {
    const signed = signMail(mail.replace('\r\nTo: ', `\r\nReply-To: <desk@${domain}>\r\nTo: `), keys, now);
    expect(await verdicts(signed)).toEqual(both);
    expect((await verdicts(signed.replace('desk@', 'dusk@'))).join()).not.toContain('pass');
  });

  it.each<[string, (signed: string) => string]>([
    ['another sender', (signed) => signed.replace(`office@${domain}`, `0ffice@${domain}`)],
    ['a second sender', (signed) => `From: boss@${domain}\r\n${signed}`],
    ['another recipient', (signed) => signed.replace('leader@', 'reader@')],
    ['another subject', (signed) => signed.replace(/\r\nSubject: [^\r]+/, '\r\nSubject: x')],
    ['another date', (signed) => signed.replace(/\r\nDate: Mon/, '\r\nDate: Tue')],
    ['another way to leave', (signed) => signed.replace('/u/abc', '/u/abd')],
    ['no press to leave', (signed) => signed.replace(/List-Unsubscribe-Post:[^\r]+\r\n/, '')],
    ['another text', (signed) => signed.replace('5q2j5paH', '5q2j5paI')],
    ['a part more', (signed) => `${signed}x`],
  ])('fail with %s', async (_, change) => {
    const changed = change(signMail(mail, keys, now));
    expect(changed).not.toBe(signMail(mail, keys, now));
    expect((await verdicts(changed)).join()).not.toContain('pass');
  });

  it.each(['pipelined', 'nodemailer'] as const)('arrive whole by the %s client', async (client) => {
    const got: string[] = [];
    const server = new SMTPServer({
      ...{ authOptional: true, logger: false, disableReverseLookup: true, disabledCommands: ['STARTTLS'] },
      allowInsecureAuth: true,
      onAuth: ({ username }, _, done) => done(null, { user: username }),
      onData(stream, _, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          got.push(Buffer.concat(chunks).toString('latin1'));
          done();
        });
      },
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    closing({ close: () => new Promise<void>((closed) => server.close(() => closed())) });
    const { port } = server.server.address() as { port: number };
    const from = { name: '办公室', address: `office@${domain}` };
    const channel = closing(emailChannel(port, { client, from, dkim: keys, login: office.smtp, now: () => now }));
    expect(await outcomeOf(channel, outgoing('a@example.org', emailContent))).toMatchObject({ kind: 'accepted' });
    expect(await verdicts(got[0]!)).toEqual(both);

    const name = '延津政务快报第101期（更正）.pdf';
    // Of a length that base64 has to fill up, and with every byte in it.
    const bytes = Uint8Array.from({ length: 20_000 }, (_, at) => (at * 7) % 256);
    const attachment = { name, type: 'application/pdf', bytes } as const;
    for (const to of ['b@example.org', 'c@example.org'])
      await outcomeOf(channel, outgoing(to, { ...emailContent, attachment }));
    expect(got).toHaveLength(3);
    for (const mail of got.slice(1)) {
      expect(await verdicts(mail)).toEqual(both);
      const { attachments, text } = await simpleParser(mail);
      expect(text).toBe(emailContent.text);
      expect(attachments).toMatchObject([{ filename: name, contentType: 'application/pdf', size: bytes.length }]);
      expect(attachments[0]!.content.equals(bytes)).toBe(true);
    }
  });
  const closing = afterwards();
});

describe('the command for keys', () => {
  let own: string;
  beforeEach(() => (own = mkdtempSync(join(tmpdir(), 'kuaibao-dkim-'))));
  afterEach(() => rmSync(own, { recursive: true }));
  const run = async (args: string[], selectors: string[] = [], resolve: Resolve = nobody) => {
    const lines: string[] = [];
    const code = await dkimCommand(args, { dataDir: own, domain, selectors }, (line) => lines.push(line), resolve);
    return { code, said: lines.join('\n') };
  };

  it('makes two that only the owner can read, and says what to write into DNS', async () => {
    const { code, said } = await run(['new', 'kb2026']);
    expect(code).toBe(0);
    expect(said).toMatch(/kb2026r\._domainkey\.example\.cn\. TXT "v=DKIM1; k=rsa; p=[\w+/]{230,}" "[\w+/=]+"/);
    expect(said).toMatch(/kb2026e\._domainkey\.example\.cn\. TXT "v=DKIM1; k=ed25519; p=[\w+/]{43}="/);
    expect(said).toContain('DKIM_SELECTORS=kb2026r,kb2026e');
    expect(said).not.toContain('PRIVATE');
    const files = readdirSync(join(own, 'dkim'));
    expect(files).toHaveLength(2);
    for (const file of files) expect(statSync(join(own, 'dkim', file)).mode & 0o777).toBe(0o600);
    expect(statSync(join(own, 'dkim')).mode & 0o777).toBe(0o700);
  });

  it('never writes over a key, and keeps the old one beside the new', async () => {
    await run(['new', 'a']);
    const before = dkimRecords(own, domain);
    expect(await run(['new', 'a'], ['ar', 'ae'])).toMatchObject({
      code: 2,
      said: expect.stringContaining('没有改动') as string,
    });
    expect(dkimRecords(own, domain)).toEqual(before);
    expect((await run(['new', 'b'], ['ar', 'ae'])).said).toContain('继续用ar、ae签名');
    expect(dkimRecords(own, domain).map(({ selector }) => selector)).toEqual(['ae', 'ar', 'be', 'br']);
  });

  it.each([
    [['new']],
    [['new', 'Kb1']],
    [['new', '../x']],
    [['new', 'a.b']],
    [['new', '-a']],
    [['old', 'a']],
    [['new', 'a'.repeat(32)]],
  ])('refuses %j', async (args) => {
    expect(await run(args)).toMatchObject({ code: 2, said: expect.stringContaining('用法') as string });
    expect(readdirSync(own)).toEqual([]);
  });

  it('says of each key in use whether others can check it', async () => {
    await run(['new', 'a']);
    const records = dkimRecords(own, domain);
    const all = (name: string) => Promise.resolve([[records.find((one) => one.name === name)!.value]]);
    expect(await run([], ['ar', 'ae'], all)).toMatchObject({
      code: 0,
      said: 'ae（正在使用）：记录已生效。\nar（正在使用）：记录已生效。',
    });
    const other = () => Promise.resolve([['v=spf1 -all'], ['v=DKIM1; k=rsa; p=AAAA']]);
    expect(await run([], ['ar'], other)).toMatchObject({
      code: 1,
      said: expect.stringContaining('与密钥不符') as string,
    });
    expect(await run([], ['ar'])).toMatchObject({ code: 1, said: expect.stringContaining('还没有这条记录') as string });
    expect(await run([], [])).toMatchObject({ code: 0, said: expect.stringContaining('ar（未使用）') as string });
    const down = () => Promise.reject(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }));
    expect((await run([], ['ar'], down)).said).toContain('查询不到域名记录（ECONNREFUSED）');
  });

  it('says how to begin where there is none, and stops the start where one in use is missing', async () => {
    expect(await run([])).toMatchObject({ code: 0, said: expect.stringContaining('dkim new') as string });
    expect(() => loadDkimKeys(own, domain, ['kb9r'])).toThrow(StartError);
    expect(() => loadDkimKeys(own, domain, ['kb9r'])).toThrow(/找不到DKIM密钥/);
  });
});
