import type { Socket } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { startBounceSender, type MailTarget } from './bounce-sender.js';
import type { Book, NewMessage } from './book.js';
import { pause, pick, type Pace } from './pace.js';
import { lastsForever, type MailFault, type RandomFaults, type SessionFault } from './random-faults.js';
import { readMail } from './read-mail.js';
import { refusalAtRecipient, smtpFaultOf, type Reply } from './smtp-faults.js';

export interface SmtpSandboxOptions {
  book: Book;
  pace: Pace;
  host: string;
  port: number;
  login?: { user: string; password: string };
  /** Where notifications go, asked each time. */
  bounceTarget: () => MailTarget | undefined;
  faults?: RandomFaults;
}

export interface SmtpSandbox {
  port: number;
  stop(): Promise<void>;
}

const maxMailBytes = 20_000_000;

/** The office's mail server and all recipients' mailboxes in one. */
export async function startSmtpSandbox(options: SmtpSandboxOptions): Promise<SmtpSandbox> {
  const { book, pace, login, faults } = options;
  const broken = new Map<number, SessionFault>();
  const troubled = new Map<string, MailFault | null>();
  const tries = new Map<string, number>();
  const bounces = startBounceSender(book, options.bounceTarget, pace.stopped, faults);
  const server = new SMTPServer({
    name: 'mail.sandbox.example',
    authOptional: login === undefined,
    allowInsecureAuth: true,
    authMethods: ['PLAIN', 'LOGIN'],
    disabledCommands: login ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    hideDSN: false,
    hideENHANCEDSTATUSCODES: true,
    disableReverseLookup: true,
    logger: false,
    size: maxMailBytes,
    socketTimeout: 120_000,
    onAuth(auth, session, done) {
      if (broken.get(session.remotePort) === 'cutAtLogin') return cutLink(server, session.id);
      const known = auth.username === login?.user && auth.password === login?.password;
      if (known) done(null, { user: auth.username });
      else done(replyError({ code: 535, text: '5.7.8 Authentication credentials invalid' }));
    },
    onMailFrom({ address }, session, done) {
      const fault = faults?.mail(address) ?? null;
      troubled.set(session.id, fault);
      if (fault === 'cutAtMail') cutLink(server, session.id);
      else done(fault === 'busyAtMail' ? replyError(tooBusy) : null);
    },
    onRcptTo({ address }, session, done) {
      const fault = troubled.get(session.id);
      if (fault === 'cutAtRecipient') return cutLink(server, session.id);
      if (fault === 'busyAtRecipient') return done(replyError(tooBusy));
      const before = tries.get(address) ?? 0;
      tries.set(address, before + 1);
      const refusal = refusalAtRecipient(smtpFaultOf(address), before);
      done(refusal ? replyError(refusal) : null);
    },
    onData(stream, session, done) {
      takeMail(stream, session).then(
        (taken) => {
          if (taken) done(null, taken);
        },
        () => done(replyError({ code: 451, text: '4.3.0 Local error' })),
      );
    },
  });

  /** The answer to the client, or null to leave it without one. */
  async function takeMail(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string | null> {
    const fault = troubled.get(session.id) ?? null;
    if (fault === 'cutInData') {
      cutLink(server, session.id);
      return null;
    }
    const raw = await readAll(stream);
    const wanted = session.envelope.rcptTo.map(({ address }) => smtpFaultOf(address));
    if (wanted.includes('slow')) return null;
    if (fault === 'busyAfterDot') throw new Error('not taken');
    const halfLatency = pick(pace.latencyMs) / 2;
    const mail = await readMail(raw);
    if (!(await pause(halfLatency, pace.stopped))) return null;
    const dropped = wanted.includes('drop') && !book.all().some((kept) => kept.messageId === mail.messageId);
    const cut = dropped || fault === 'cutAfterDot' || fault === 'silentAfterDot' || fault === 'closedAfterDot';
    let lastNumber = 0;
    for (const recipient of session.envelope.rcptTo) {
      const kept = book.add(entryOf(mail, recipient, session, !lastsForever(fault)), mail.html);
      if (kept.report) bounces.send(kept);
      lastNumber = kept.n;
    }
    if (fault === 'silentAfterDot' || fault === 'lateAfterDot') await pause(faults?.silenceMs ?? 0, pace.stopped);
    if (cut) cutLink(server, session.id);
    return !cut && (await pause(halfLatency, pace.stopped)) ? `2.0.0 Ok: queued as ${queueId(lastNumber)}` : null;
  }

  function entryOf(
    mail: Awaited<ReturnType<typeof readMail>>,
    recipient: SMTPServerSession['envelope']['rcptTo'][number],
    session: SMTPServerSession,
    notifies: boolean,
  ): NewMessage {
    const returnPath = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
    const late = smtpFaultOf(recipient.address) === 'late';
    const wanted = late || (recipient.dsn?.notify?.includes('SUCCESS') ?? false);
    const dueAt = new Date(Date.now() + pick(pace.reportDelayMs)).toISOString();
    return {
      provider: 'smtp',
      kind: 'email',
      reference: referenceOf(mail, session),
      to: recipient.address,
      providerId: queueId(book.all().length + 1),
      shown: !late,
      title: mail.subject,
      text: mail.text.slice(0, 300),
      link: mail.link,
      messageId: mail.messageId,
      returnPath,
      report:
        wanted && notifies && returnPath !== '' && faults?.report(referenceOf(mail, session)) !== 'never'
          ? { status: late ? 'failed' : 'delivered', code: late ? '5.1.1' : '2.0.0', dueAt }
          : undefined,
    };
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const sockets = new Set<Socket>();
  let links = 0;
  server.server.on('connection', (socket: Socket) => {
    const fault = faults?.session(++links);
    if (fault) broken.set(socket.remotePort ?? 0, fault);
    else broken.delete(socket.remotePort ?? 0);
    if (fault === 'cutAtGreeting') socket.destroy();
    if (fault === 'cutAtHello') socket.once('data', () => socket.destroy());
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  // A client that breaks off is part of the play.
  server.on('error', () => undefined);
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('mail sandbox has no port');
  return {
    port: address.port,
    stop: () =>
      new Promise((resolve) => {
        bounces.stop();
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

const tooBusy: Reply = { code: 450, text: '4.3.2 System busy, try again later' };

function referenceOf(mail: { messageId?: string }, session: SMTPServerSession): string {
  return session.envelope.dsn?.envid ?? /^<([^@>]+)@/.exec(mail.messageId ?? '')?.[1] ?? '';
}

function queueId(n: number): string {
  return n.toString(36).toUpperCase().padStart(8, '0');
}

function replyError({ code, text }: Reply): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** As a server that dies between storing a message and saying so. */
function cutLink(server: SMTPServer, sessionId: string): void {
  for (const connection of server.connections) {
    if (connection.id === sessionId) connection.close();
  }
}
