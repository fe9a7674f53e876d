import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import type { MailTimeouts } from './mail-transport.js';
import { saidBy } from './tls-fault.js';
import { ReplyReader, type ServerReply } from './smtp-replies.js';

/** Why something did not succeed: the server's own words where there were any. */
export interface SmtpFault {
  /** `ECONNECTION`, `ETIMEDOUT`, `ETLS`, `EAUTH`, `EPROTOCOL`, `EREPLY`, or the system's own code. */
  code: string;
  responseCode?: number;
  response?: string;
  /** What the system or the encryption library said. */
  message?: string;
  /** The command it belongs to, without arguments. */
  command?: string;
}

export type Answer = { command: string; reply: ServerReply } | { fault: SmtpFault };

interface Expected {
  command: string;
  timeoutMs: number;
  answered: (answer: Answer) => void;
}

export interface Address {
  host: string;
  port: number;
  encrypted: boolean;
  /** PEM of authorities to trust instead of the system's. */
  ca?: string;
}

/** One connection's bytes: lines out, replies in, in order. Once it has failed, every further question gets the same fault. */
export class SmtpLink {
  private readonly expected: Expected[] = [];
  private reader = new ReplyReader();
  private waitingText = '';
  private timer: NodeJS.Timeout | undefined;
  private failure: SmtpFault | null = null;
  /** Called once when the link has ended, for whatever reason. */
  onEnd: () => void = () => undefined;

  private readonly listeners: readonly (readonly [string, (chunk: Buffer & NodeJS.ErrnoException) => void])[] = [
    ['data', (chunk: Buffer) => this.receive(chunk)],
    // A long message leaves in pieces; while it moves, the server is not silent.
    ['drain', () => this.watchTime()],
    ['error', (error: NodeJS.ErrnoException) => void this.end({ code: error.code ?? 'ECONNECTION' })],
    ['end', () => void this.end({ code: 'ECONNECTION' })],
    ['close', () => void this.end({ code: 'ECONNECTION' })],
  ];

  private constructor(private socket: Socket) {}

  /** The TCP connection, with TLS from the first byte where asked for. */
  static async open(address: Address, timeouts: MailTimeouts): Promise<SmtpLink | SmtpFault> {
    const socket = address.encrypted
      ? connectTls({ host: address.host, port: address.port, ...tlsOptions(address) })
      : connectTcp({ host: address.host, port: address.port });
    const fault = await ready(socket, address.encrypted ? 'secureConnect' : 'connect', timeouts.connect);
    if (fault) return fault;
    const link = new SmtpLink(socket);
    link.listen();
    return link;
  }

  get hasEnded(): boolean {
    return this.failure !== null;
  }

  /** The address of this side, for EHLO. */
  get localAddress(): string {
    return this.socket.localAddress ?? '127.0.0.1';
  }

  /** Hands text over; what is written within one turn of the event loop leaves together. */
  write(text: string): void {
    if (this.failure) return;
    if (this.waitingText === '') queueMicrotask(() => this.flush());
    this.waitingText += text;
  }

  /** The next reply nobody waits for yet. */
  expect(command: string, timeoutMs: number): Promise<Answer> {
    return new Promise((answered) => {
      if (this.failure) return answered({ fault: { ...this.failure, command } });
      this.expected.push({ command, timeoutMs, answered });
      if (this.expected.length === 1) this.watchTime();
    });
  }

  ask(line: string, command: string, timeoutMs: number): Promise<Answer> {
    this.write(`${line}\r\n`);
    return this.expect(command, timeoutMs);
  }

  /** Goes on encrypted. Anything that came before the handshake was not said under its protection, so it ends the link. */
  async encrypt(address: Address, timeoutMs: number): Promise<SmtpFault | null> {
    if (this.failure) return this.failure;
    if (this.reader.isInsideReply) return this.end({ code: 'ETLS', message: 'data before the handshake' });
    this.listeners.forEach(([event, heard]) => this.socket.off(event, heard));
    const plain = this.socket;
    const secure = connectTls({ socket: plain, ...tlsOptions(address) });
    const fault = await ready(secure, 'secureConnect', timeoutMs);
    this.socket = secure;
    if (fault) {
      plain.destroy();
      return this.end(fault);
    }
    this.listen();
    return null;
  }

  /** Says goodbye without waiting for the answer. */
  quit(): void {
    if (this.failure) return;
    this.waitingText += 'QUIT\r\n';
    this.flush();
    const { socket } = this;
    this.end({ code: 'ECONNECTION' }, false);
    socket.end();
    // A server that never closes its side must not keep ours.
    const kill = setTimeout(() => socket.destroy(), 2_000);
    kill.unref();
    socket.once('close', () => clearTimeout(kill));
  }

  /** The first fault stays; all who wait for replies get it. */
  end(fault: SmtpFault, destroy = true): SmtpFault {
    if (this.failure) return this.failure;
    this.failure = fault;
    clearTimeout(this.timer);
    if (destroy) this.socket.destroy();
    for (const { command, answered } of this.expected.splice(0)) answered({ fault: { ...fault, command } });
    this.onEnd();
    return fault;
  }

  private listen(): void {
    this.socket.setNoDelay(true);
    for (const [event, heard] of this.listeners) this.socket.on(event, heard);
  }

  private receive(chunk: Buffer): void {
    if (this.failure) return;
    let replies: ServerReply[];
    try {
      replies = this.reader.read(chunk);
    } catch (error) {
      return void this.end({ code: 'EPROTOCOL', response: (error as Error).message });
    }
    for (const reply of replies) {
      const head = this.expected.shift();
      head?.answered({ command: head.command, reply });
      // 421 may come at any time and is the last thing the server says (RFC 5321, 3.8).
      if (reply.code === 421) return void this.end({ code: 'ECONNECTION', response: reply.text });
      if (!head) return void this.end({ code: 'EPROTOCOL', response: `unasked: ${reply.text}` });
    }
    this.watchTime();
  }

  private watchTime(): void {
    clearTimeout(this.timer);
    const head = this.expected[0];
    this.timer = head && setTimeout(() => this.end({ code: 'ETIMEDOUT' }), head.timeoutMs);
  }

  private flush(): void {
    const text = this.waitingText;
    this.waitingText = '';
    if (text !== '' && !this.failure) this.socket.write(text, 'latin1');
  }
}

function tlsOptions({ host, ca }: Address): ConnectionOptions {
  // An address is no name to send, but certificates may be made out to one: then the host itself is compared.
  return { host, ...(isIP(host) ? {} : { servername: host }), ...(ca ? { ca } : {}), minVersion: 'TLSv1.2' };
}

/** Waits for the event; a socket that failed or took too long is destroyed. */
function ready(socket: Socket, event: 'connect' | 'secureConnect', timeoutMs: number): Promise<SmtpFault | null> {
  return new Promise((done) => {
    const finish = (fault: SmtpFault | null) => {
      clearTimeout(timer);
      socket.off(event, succeeded).off('close', closed).off('error', failed);
      if (fault) socket.on('error', () => undefined).destroy();
      done(fault);
    };
    const succeeded = () => finish(null);
    const closed = () => finish({ code: 'ECONNECTION', command: 'CONN' });
    const failed = (error: NodeJS.ErrnoException) =>
      finish({ code: error.code ?? 'ECONNECTION', message: saidBy(error), command: 'CONN' });
    const timer = setTimeout(() => finish({ code: 'ETIMEDOUT', command: 'CONN' }), timeoutMs);
    socket.once(event, succeeded).once('close', closed).once('error', failed);
  });
}

/** Null for the wanted code or, given as one digit, any of its class. */
export function said(answer: Answer, wanted: number): SmtpFault | null {
  if ('fault' in answer) return answer.fault;
  const { code, text: response } = answer.reply;
  if (code === wanted || Math.floor(code / 100) === wanted) return null;
  // An answer of another kind than asked for is no refusal: the dialog is out of step.
  if (code < 400) return { code: 'EPROTOCOL', response, command: answer.command };
  return { code: 'EREPLY', responseCode: code, response, command: answer.command };
}
