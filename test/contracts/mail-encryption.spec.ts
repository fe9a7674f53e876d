import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterwards } from './afterwards.js';
import { emailChannel, emailContent } from './channels-under-test.js';
import { outcomeOf, outgoing } from './channel.contract.js';
import { office } from './sandbox-under-test.js';

const fixture = (name: string) =>
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'tls', `test-only.${name}`), 'utf8');
const [key, ca] = [fixture('key'), fixture('crt')];
const closing = afterwards();

/** A server with a certificate of its own, which says what it was told under encryption. */
async function openServer(fromFirstByte: boolean, authMethods = ['PLAIN', 'LOGIN'], more: SMTPServerOptions = {}) {
  const seen: { encrypted: boolean; login: string; message: string }[] = [];
  const server = new SMTPServer({
    key,
    cert: ca,
    secure: fromFirstByte,
    authMethods,
    allowInsecureAuth: true,
    logger: false,
    disableReverseLookup: true,
    onAuth: ({ username, password }, _, done) =>
      password === office.smtp.password ? done(null, { user: username }) : done(new Error('no')),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        seen.push({
          encrypted: session.secure,
          login: String(session.user),
          message: Buffer.concat(chunks).toString(),
        });
        done();
      });
    },
    ...more,
  });
  server.on('error', () => undefined);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  closing({ close: () => new Promise<void>((closed) => server.close(() => closed())) });
  return { port: address.port, seen };
}

describe.each(['pipelined', 'nodemailer'] as const)('e-mail by %s client', (client) => {
  it.each([
    ['starttls', false, ['PLAIN']],
    ['starttls', false, ['LOGIN']],
    ['tls', true, ['PLAIN', 'LOGIN']],
  ] as const)('logs in and sends only under encryption (%s, %s, %j)', async (encryption, fromFirstByte, methods) => {
    const { port, seen } = await openServer(fromFirstByte, [...methods]);
    const channel = closing(emailChannel(port, { client, encryption, ca }));
    for (const to of ['a@example.cn', 'b@example.cn'])
      expect(await outcomeOf(channel, outgoing(to, emailContent))).toMatchObject({ kind: 'accepted' });
    expect(seen).toMatchObject([
      { encrypted: true, login: office.smtp.user },
      { encrypted: true, login: office.smtp.user },
    ]);
  });

  describe.each([
    ['starttls', false],
    ['tls', true],
  ] as const)('with %s', (encryption, fromFirstByte) => {
    const own = (name: string) => ({ key: fixture(`${name}.key`), cert: fixture(`${name}.crt`) });
    it.each<[string, string | undefined, SMTPServerOptions, RegExp]>([
      ['that nobody vouches for', undefined, {}, /不是受信任的机构签发.*SMTP_CA_FILE/],
      ['of another authority', fixture('expired.crt'), {}, /不是受信任的机构签发.*SMTP_CA_FILE/],
      ['for another name', fixture('another-name.crt'), own('another-name'), /签发给other\.test.*SMTP_HOST/],
      ['that is over', fixture('expired.crt'), own('expired'), /已过期.*本机时间/],
      ['that has not begun', fixture('future.crt'), own('future'), /尚未生效.*本机时间/],
      [
        'behind an old version',
        ca,
        { maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'ALL@SECLEVEL=0' },
        /TLS 1\.2/,
      ],
    ])('sends nothing to a server with a certificate %s, and says what to do', async (_, trusted, more, advice) => {
      const { port, seen } = await openServer(fromFirstByte, undefined, more);
      const channel = closing(emailChannel(port, { client, encryption, ca: trusted }));
      const outcome = await outcomeOf(channel, outgoing('a@example.cn', emailContent));
      expect(outcome).toMatchObject({ kind: 'refused', class: 'configuration', code: 'ETLS' });
      expect('reason' in outcome && outcome.reason).toMatch(advice);
      expect(await channel.check()).toMatch(advice);
      expect(seen).toEqual([]);
    });
  });

  it.each<['tls' | 'starttls' | 'none', boolean, SMTPServerOptions, RegExp]>([
    ['tls', false, {}, /不是一开始就加密.*SMTP_ENCRYPTION改为starttls/],
    ['starttls', false, { disabledCommands: ['STARTTLS'] }, /没有提供STARTTLS.*SMTP_ENCRYPTION改为tls/],
    ['starttls', true, {}, /没有问候.*SMTP_ENCRYPTION改为tls/],
    ['none', true, {}, /没有问候.*SMTP_ENCRYPTION改为tls/],
  ])('says what to change where %s was set (server encrypted from the first byte: %s)', async (...row) => {
    const [encryption, fromFirstByte, more, advice] = row;
    const { port, seen } = await openServer(fromFirstByte, undefined, more);
    const timeouts = { connect: 5_000, greeting: 300, command: 5_000, dataEnd: 5_000 };
    const channel = closing(emailChannel(port, { client, encryption, ca, timeouts }));
    const outcome = await outcomeOf(channel, outgoing('a@example.cn', emailContent));
    expect(outcome.kind).toMatch(/^(refused|retry)$/);
    expect('reason' in outcome && outcome.reason).toMatch(advice);
    expect(await channel.check()).toMatch(advice);
    expect(seen).toEqual([]);
  });
});
