import { createServer, type Server, type Socket } from 'node:net';
import { EmailChannel, type EmailChannelOptions } from '../src/channels/email/email-channel.js';
import type { SendOutcome } from '../src/domain/delivery.js';

/** What the server says to a line; null says nothing, `cut` drops the link instead. */
export type Answers = (line: string, inMessage: boolean) => string | null;

export const cut = '(cut)';
export const pipelining = '250-mail.example.cn\r\n250-SIZE 20000\r\n250 PIPELINING';

/** A mail server that answers each line as the test says, with a channel to it. */
export async function serveMail(answers: Answers, options: Partial<EmailChannelOptions>) {
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => {
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
  const channel = new EmailChannel({
    host: '127.0.0.1',
    port: address.port,
    encryption: 'none',
    from: { address: 'office@example.cn' },
    list: { name: '', id: 'kuaibao.example.cn' },
    concurrency: 1,
    ...options,
  });
  const close = async () => {
    await channel.close();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { server, sockets, channel, close };
}

/** Takes every mail, and greets with what `hello` gives. */
export function takingEveryMail(hello: () => string): Answers {
  return (line, inMessage) => {
    if (inMessage) return line === '.' ? '250 2.0.0 Ok' : null;
    if (line === 'DATA') return '354 go on';
    return line.startsWith('EHLO') ? hello() : '250 2.0.0 Ok';
  };
}

/** Sends over the channel of the running test and waits for what becomes of each message. */
export function sending(channel: () => EmailChannel) {
  async function sendAll(ids: readonly string[], signal = new AbortController().signal, text = 't') {
    const outcomes = new Map<string, SendOutcome>();
    const content = { kind: 'email' as const, subject: 's', text, html: '<p>h</p>' };
    const messages = ids.map((deliveryId) => ({ deliveryId, address: `${deliveryId}@example.cn`, content }));
    await channel().send(messages, signal, (id, settled) => {
      if (outcomes.has(id)) throw new Error(`${id} settled twice`);
      outcomes.set(id, settled);
    });
    return outcomes;
  }

  const send = async (deliveryId = 'd1'): Promise<SendOutcome | undefined> =>
    (await sendAll([deliveryId])).get(deliveryId);
  return { sendAll, send };
}
