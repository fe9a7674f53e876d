import type { Server, Socket } from 'node:net';
import type { SendOutcome } from '../../domain/delivery.js';
import { EmailChannel, type EmailChannelOptions } from './email-channel.js';
import { type Answers, pipelining, sending, serveMail, takingEveryMail } from '../../../test/scripted-mail-server.js';

let server: Server;
let channel: EmailChannel;
let close: () => Promise<void>;

async function serve(answers: Answers, changes: Partial<EmailChannelOptions> = {}): Promise<void> {
  ({ server, channel, close } = await serveMail(answers, { client: 'pipelined', ...changes }));
}
afterEach(() => close());

const { sendAll, send } = sending(() => channel);
const wellBehaved = takingEveryMail(() => pipelining);

describe('EmailChannel on pipelined links', () => {
  it('does not send without the login it was given', async () => {
    await serve(wellBehaved, { login: { user: 'u', password: 'p' } });
    expect(await send()).toMatchObject({ kind: 'refused', class: 'configuration' });
  });

  it('asks for everything up to the message in one breath, the next mail with the message before it', async () => {
    const breaths: string[][] = [];
    await serve(wellBehaved);
    server.on('connection', (socket: Socket) =>
      socket.on('data', (chunk) => breaths.push(chunk.toString('latin1').match(/^(MAIL|RCPT|DATA|\.$)/gm) ?? [])),
    );
    await sendAll(['d1', 'd2']);
    expect(breaths.filter((commands) => commands.length > 0)).toEqual([
      ['MAIL', 'RCPT', 'DATA'],
      ['.', 'MAIL', 'RCPT', 'DATA'],
      ['.'],
    ]);
  });

  it('lets no message leave whose time ran out while the server was thinking about the one before', async () => {
    const lease = new AbortController();
    const taken: string[] = [];
    await serve((line, inMessage) => {
      const id = /^Message-ID: <([^@]*)/.exec(line)?.[1];
      if (id) taken.push(id);
      if (inMessage && line === '.') lease.abort();
      return wellBehaved(line, inMessage);
    });
    const outcomes = await sendAll(['d1', 'd2', 'd3'], lease.signal);
    expect(taken).toEqual(['d1']);
    expect(outcomes.get('d1')).toMatchObject({ kind: 'accepted' });
    for (const id of ['d2', 'd3']) expect(outcomes.get(id)).toMatchObject({ kind: 'retry', code: 'NOT_STARTED' });
  });

  it('gives a server that says "go on" without a recipient nothing to send', async () => {
    const messages: string[] = [];
    await serve((line, inMessage) => {
      if (inMessage && line !== '.') messages.push(line);
      return line.startsWith('RCPT') ? '550 5.1.1 No such user here' : wellBehaved(line, inMessage);
    });
    expect(await send()).toMatchObject({ kind: 'refused', class: 'recipient' });
    expect(messages).toEqual([]);
  });

  it('does not try what the server has said is too large', async () => {
    const commands: string[] = [];
    await serve((line, inMessage) => {
      commands.push(line);
      return wellBehaved(line, inMessage);
    });
    const outcomes = await sendAll(['d1'], undefined, 'x'.repeat(20_000));
    expect(outcomes.get('d1')).toMatchObject({ kind: 'refused', class: 'content' });
    expect(commands.filter((line) => line.startsWith('MAIL'))).toEqual([]);
  });

  it('believes no server whose answers are out of step', async () => {
    await serve((line, inMessage) => (inMessage && line === '.' ? '354 what is it?' : wellBehaved(line, inMessage)));
    expect(await send()).toMatchObject({ kind: 'unknown' });
  });

  it('believes nothing that came in clear before the handshake', async () => {
    await serve(
      (line, inMessage) => {
        if (line.startsWith('EHLO')) return '250-mail.example.cn\r\n250 STARTTLS';
        // An attacker in the middle adds an answer that would be read as the first one under encryption.
        return line === 'STARTTLS' ? '220 go on\r\n250-mail\r\n250 AUTH PLAIN' : wellBehaved(line, inMessage);
      },
      { encryption: 'starttls' },
    );
    const outcome = await send();
    expect(outcome?.kind).toMatch(/retry|refused/);
  });

  it.each(['ü@example.cn', 'a b@example.cn', 'a@b@example.cn', 'a>@example.cn', 'a@', '@b', 'a\r\nb@example.cn'])(
    'writes no command with the address %j',
    async (address) => {
      const commands: string[] = [];
      await serve((line, inMessage) => {
        commands.push(line);
        return wellBehaved(line, inMessage);
      });
      const content = { kind: 'email' as const, subject: 's', text: 't', html: 'h' };
      let outcome: SendOutcome | undefined;
      await channel.send(
        [{ deliveryId: 'd1', address, content }],
        new AbortController().signal,
        (_, o) => (outcome = o),
      );
      expect(outcome).toMatchObject({ kind: 'refused', class: 'recipient', code: 'ADDRESS_MALFORMED' });
      expect(commands.filter((line) => /^(MAIL|RCPT)/.test(line))).toEqual([]);
    },
  );
});
