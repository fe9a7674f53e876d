import { createServer, type Server, type Socket } from 'node:net';
import type { SendOutcome } from '../../domain/delivery.js';
import { EmailChannel } from './email-channel.js';

/** A mail server that answers each line as the test says; `cut` drops the link instead. */
let server: Server;
let sockets: Socket[];
let channel: EmailChannel;

const cut = '(cut)';

type Answers = (line: string, inMessage: boolean) => string | null;

async function serve(answers: Answers): Promise<void> {
  sockets = [];
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    let inMessage = false;
    let rest = '';
    socket.write('220 mail.example.cn ESMTP\r\n');
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const answer = answers(line, inMessage);
        if (answer === cut) return void socket.destroy();
        if (answer === null) continue;
        inMessage = answer.startsWith('354');
        socket.write(`${answer}\r\n`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  channel = new EmailChannel({
    host: '127.0.0.1',
    port: address.port,
    encryption: 'none',
    from: { address: 'office@example.cn' },
    list: { name: '', id: 'kuaibao.example.cn' },
    concurrency: 1,
  });
}

afterEach(async () => {
  await channel.close();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

async function send(deliveryId = 'd1'): Promise<SendOutcome | undefined> {
  let outcome: SendOutcome | undefined;
  const content = { kind: 'email' as const, subject: 's', text: 't', html: '<p>h</p>' };
  const message = { deliveryId, address: 'a@example.cn', content };
  await channel.send([message], new AbortController().signal, (_id, settled) => (outcome = settled));
  return outcome;
}

const wellBehaved: Answers = (line, inMessage) => {
  if (inMessage) return line === '.' ? '250 2.0.0 Ok' : null;
  if (line === 'DATA') return '354 go on';
  return line.startsWith('EHLO') ? '250 mail.example.cn' : '250 2.0.0 Ok';
};

describe('EmailChannel', () => {
  it('knows that nothing left when the link is cut instead of "go on"', async () => {
    await serve((line, inMessage) => (line === 'DATA' ? cut : wellBehaved(line, inMessage)));
    expect(await send()).toMatchObject({ kind: 'retry', class: 'network' });
  });

  it('does not know when the link is cut in the middle of the message', async () => {
    await serve((line, inMessage) => (inMessage ? cut : wellBehaved(line, inMessage)));
    expect(await send()).toMatchObject({ kind: 'unknown' });
  });

  it('does not know when the link is cut after the last dot', async () => {
    await serve((line, inMessage) => (inMessage && line === '.' ? cut : wellBehaved(line, inMessage)));
    expect(await send()).toMatchObject({ kind: 'unknown' });
  });

  it('trusts a refusal after the last dot', async () => {
    await serve((line, inMessage) =>
      inMessage && line === '.' ? '554 5.7.1 Message contains spam' : wellBehaved(line, inMessage),
    );
    expect(await send()).toMatchObject({ kind: 'refused', class: 'content' });
  });

  it('never doubts a message for which the link was already gone', async () => {
    const taken: string[] = [];
    await serve((line, inMessage) => {
      if (line.startsWith('Message-ID')) taken.push(line);
      return wellBehaved(line, inMessage);
    });
    expect(await send('d1')).toMatchObject({ kind: 'accepted', reference: '<d1@example.cn>' });
    sockets[0]?.end();
    const second = await send('d2');
    // Whether the pool notices in time and takes a new link is its own affair.
    expect(second?.kind).toMatch(/accepted|retry/);
    expect(taken).toHaveLength(second?.kind === 'accepted' ? 2 : 1);
  });

  it('writes From as the envelope sender where no bounces are awaited', async () => {
    const senders: string[] = [];
    await serve((line, inMessage) => {
      if (line.startsWith('MAIL FROM')) senders.push(line);
      return wellBehaved(line, inMessage);
    });
    await send();
    expect(senders).toEqual(['MAIL FROM:<office@example.cn>']);
  });
});
