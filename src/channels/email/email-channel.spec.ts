import type { Server, Socket } from 'node:net';
import type { SendOutcome } from '../../domain/delivery.js';
import { EmailChannel, type EmailChannelOptions } from './email-channel.js';
import {
  type Answers,
  cut,
  pipelining,
  sending,
  serveMail,
  takingEveryMail,
} from '../../../test/scripted-mail-server.js';

let server: Server;
let sockets: Socket[];
let channel: EmailChannel;
let close: () => Promise<void>;
/** What the server under test offers and which client talks to it. */
let way: { client: 'pipelined' | 'nodemailer'; hello: string };

async function serve(answers: Answers, changes: Partial<EmailChannelOptions> = {}): Promise<void> {
  ({ server, sockets, channel, close } = await serveMail(answers, { client: way.client, ...changes }));
}
afterEach(() => close());

const { sendAll, send } = sending(() => channel);
const wellBehaved = takingEveryMail(() => way.hello);
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
        command: 30_000,
        dataEnd: way.client === 'nodemailer' ? 1000 : 150,
      },
    });
    expect(await send()).toMatchObject({ kind: 'unknown' });
  });

  it('gives back at once what has not begun when it is told to stop while the server is slow', async () => {
    const stop = new AbortController();
    await serve((line, inMessage) => {
      if (!inMessage || line !== '.') return wellBehaved(line, inMessage);
      stop.abort('停。');
      return null;
    });
    const content = { kind: 'email' as const, subject: 's', text: 't', html: '<p>h</p>' };
    const messages = ['d1', 'd2', 'd3'].map((deliveryId) => ({ deliveryId, address: 'a@example.cn', content }));
    const back = new Map<string, SendOutcome>();
    await new Promise<void>((done) => {
      void channel.send(messages, stop.signal, (id, outcome) => {
        back.set(id, outcome);
        // The one behind the slow answer may have been announced already.
        if (back.has('d3')) done();
      });
    });
    expect(back.get('d3')).toMatchObject({ code: 'NOT_STARTED', reason: '本条尚未发出：停。' });
    expect(back.has('d1')).toBe(false);
  });

  it('knows that nothing left when the greeting never comes', async () => {
    await serve(wellBehaved, { timeouts: { connect: 300, greeting: 150, command: 150, dataEnd: 150 } });
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
