import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterwards } from './afterwards.js';
import { emailChannel, emailContent } from './channels-under-test.js';
import { outcomeOf, outgoing } from './channel.contract.js';
import { office } from './sandbox-under-test.js';

const fixture = (name: string) =>
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'tls', `test-only.${name}`), 'utf8');
const [key, ca] = [fixture('key'), fixture('crt')];
const closing = afterwards();

/** A server with a certificate of its own, which says what it was told under encryption. */
async function openServer(fromFirstByte: boolean, authMethods = ['PLAIN', 'LOGIN']) {
  const seen: { encrypted: boolean; login: string; message: string }[] = [];
  const server = new SMTPServer({
    key,
    cert: ca,
    secure: fromFirstByte,
    authMethods,
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

  it.each([
    ['starttls', false],
    ['tls', true],
  ] as const)(
    'sends nothing to a server whose certificate nobody vouches for (%s)',
    async (encryption, fromFirstByte) => {
      const { port, seen } = await openServer(fromFirstByte);
      const channel = closing(emailChannel(port, { client, encryption }));
      const outcome = await outcomeOf(channel, outgoing('a@example.cn', emailContent));
      // nodemailer does not tell a certificate from the network; ours names the configuration.
      expect(outcome.kind).toBe(client === 'pipelined' ? 'refused' : 'retry');
      expect(seen).toEqual([]);
    },
  );
});
