import { createServer, type Server, type Socket } from 'node:net';
import type { SendOutcome } from '../../domain/delivery.js';
import { EmailChannel, type EmailChannelOptions } from './email-channel.js';

/** A mail server that answers each line as the test says; `cut` drops the link instead. */
let server: Server;
let sockets: Socket[];
let channel: EmailChannel;
/** What the server under test offers and which client talks to it. */
let way: { client: 'pipelined' | 'nodemailer'; hello: string };

const cut = '(cut)';

type Answers = (line: string, inMessage: boolean) => string | null;

async function serve(answers: Answers, changes: Partial<EmailChannelOptions> = {}): Promise<void> {
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
    client: way.client,
    ...changes,
  });
}

afterEach(async () => {
  await channel.close();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

async function sendAll(ids: readonly string[], signal = new AbortController().signal, text = 't') {
  const outcomes = new Map<string, SendOutcome>();
  const content = { kind: 'email' as const, subject: 's', text, html: '<p>h</p>' };
  const messages = ids.map((deliveryId) => ({ deliveryId, address: `${deliveryId}@example.cn`, content }));
  await channel.send(messages, signal, (id, settled) => {
    if (outcomes.has(id)) throw new Error(`${id} settled twice`);
    outcomes.set(id, settled);
  });
  return outcomes;
}

const send = async (deliveryId = 'd1'): Promise<SendOutcome | undefined> =>
  (await sendAll([deliveryId])).get(deliveryId);

const wellBehaved: Answers = (line, inMessage) => {
  if (inMessage) return line === '.' ? '250 2.0.0 Ok' : null;
  if (line === 'DATA') return '354 go on';
  return line.startsWith('EHLO') ? way.hello : '250 2.0.0 Ok';
};

const pipelining = '250-mail.example.cn\r\n250-SIZE 20000\r\n250 PIPELINING';
const plain = '250 mail.example.cn';

describe.each([
  { name: 'pipelined client, server with PIPELINING', client: 'pipelined' as const, hello: pipelining },
  { name: 'pipelined client, server without', client: 'pipelined' as const, hello: plain },
  { name: 'nodemailer', client: 'nodemailer' as const, hello: plain },
])('EmailChannel by $name', (given) => {
  beforeEach(() => (way = given));

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
    expect(senders).toEqual([expect.stringMatching(/^MAIL FROM:<office@example\.cn>( SIZE=\d+)?$/)]);
  });

  it('goes on after a refusal, on the same link, with what is not refused', async () => {
    await serve((line, inMessage) =>
      line.startsWith('RCPT TO:<d2@') ? '550 5.1.1 No such user here' : wellBehaved(line, inMessage),
    );
    const outcomes = await sendAll(['d1', 'd2', 'd3', 'd4']);
    expect([...outcomes].map(([id, { kind }]) => `${id} ${kind}`).sort()).toEqual([
      'd1 accepted',
      'd2 refused',
      'd3 accepted',
      'd4 accepted',
    ]);
    expect(outcomes.get('d2')).toMatchObject({ class: 'recipient', code: '5.1.1' });
  });

  it('doubts only the message under way when the link is cut, and sends the rest on another', async () => {
    let cuts = 0;
    const taken: string[] = [];
    await serve((line, inMessage) => {
      const id = /^Message-ID: <([^@]*)/.exec(line)?.[1];
      if (id) taken.push(id);
      if (inMessage && line === '.' && taken.at(-1) === 'd3' && cuts++ === 0) return cut;
      return wellBehaved(line, inMessage);
    });
    const outcomes = await sendAll(['d1', 'd2', 'd3', 'd4', 'd5']);
    expect([...outcomes].filter(([, { kind }]) => kind !== 'accepted').map(([id, { kind }]) => [id, kind])).toEqual([
      ['d3', 'unknown'],
    ]);
    expect(taken.sort()).toEqual(['d1', 'd2', 'd3', 'd4', 'd5']);
  });

  it('hides no dot of a message', async () => {
    const lines: string[] = [];
    await serve((line, inMessage) => {
      if (inMessage && line !== '.') lines.push(line);
      return wellBehaved(line, inMessage);
    });
    await send();
    expect(lines.filter((line) => line.startsWith('.') && !line.startsWith('..'))).toEqual([]);
  });

  it('takes a server that says goodbye between two messages for no fault of theirs', async () => {
    let messages = 0;
    await serve((line, inMessage) => {
      if (inMessage && line === '.') messages++;
      if (line.startsWith('MAIL FROM') && messages === 2 && sockets.length === 1) {
        setImmediate(() => sockets[0]?.end());
        return '421 4.4.2 Too many messages on this connection';
      }
      return wellBehaved(line, inMessage);
    });
    const kinds = [...(await sendAll(['d1', 'd2', 'd3', 'd4'])).values()].map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'accepted').length).toBeGreaterThanOrEqual(3);
    expect(kinds).not.toContain('unknown');
    expect(messages).toBe(kinds.filter((kind) => kind === 'accepted').length);
  });

  it('tells an answer that never comes from a refusal', async () => {
    await serve((line, inMessage) => (inMessage && line === '.' ? null : wellBehaved(line, inMessage)), {
      // Only the answer to the message is not waited for: what fails before it is no doubt.
      timeouts: {
        connect: 30_000,
        greeting: 30_000,
        socket: way.client === 'nodemailer' ? 1000 : 30_000,
        dataEnd: 150,
      },
    });
    expect(await send()).toMatchObject({ kind: 'unknown' });
  });

  it('knows that nothing left when the greeting never comes', async () => {
    await serve(wellBehaved, { timeouts: { connect: 300, greeting: 150, socket: 150 } });
    server.removeAllListeners('connection').on('connection', (socket: Socket) => sockets.push(socket));
    expect(await send()).toMatchObject({ kind: 'retry', class: 'network' });
    expect(await channel.check()).toMatch(/。$/);
  });

  it('refuses to go on in clear where encryption is asked for', async () => {
    const seen: string[] = [];
    await serve(
      (line, inMessage) => {
        seen.push(line);
        return line === 'STARTTLS' ? '502 5.5.1 Not known' : wellBehaved(line, inMessage);
      },
      { encryption: 'starttls', login: { user: 'u', password: 'p' } },
    );
    expect(await send()).toMatchObject({ kind: 'refused', class: 'configuration' });
    expect(seen.filter((line) => /^(AUTH|MAIL)/.test(line))).toEqual([]);
  });
});

describe('EmailChannel on pipelined links', () => {
  beforeEach(() => (way = { client: 'pipelined', hello: pipelining }));

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
