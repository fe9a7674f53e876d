import type { Socket } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { DeliveryReport } from '../../domain/delivery.js';
import { returnsAnother } from './bounce-addressee.js';
import { readBounceSafely } from './bounce-mail.js';
import { reportOf } from './bounce-verdict.js';
import { PeerLimits, type PeerLimitSettings } from '../../platform/peer-limits.js';
import { readVerpAddress } from './verp.js';

export interface BounceReceiverOptions {
  host: string;
  /** 0 takes a free port. */
  port: number;
  bounceDomain: string;
  verpSecret: string;
  /** Domain of the Message-IDs this system writes: a bounce that holds another mail of ours is not about this one. */
  messageIdDomain?: string;
  /** Stores the report; the bounce is only taken from the other server once this has resolved. */
  onReport: (report: DeliveryReport) => Promise<unknown>;
  now?: () => Date;
  limits?: BounceLimits;
}

export interface BounceLimits extends PeerLimitSettings {
  /** From all peers together. */
  clients: number;
  /** Without a byte. */
  idleMs: number;
  /** From the connection or the last mail to the next mail, however many bytes come meanwhile. */
  mailMs: number;
}

export interface BounceReceiver {
  port: number;
  close(): Promise<void>;
}

const maxBounceBytes = 1_000_000;

/** A relay of the office's own sends all notifications of an issue; Postfix opens 20 connections to one destination. */
const usualLimits: BounceLimits = { clients: 400, connections: 20, perMinute: 1200, idleMs: 60_000, mailMs: 300_000 };

/** A mail server that takes bounces for addresses this system wrote and nothing else. Never answers a mail. */
export async function startBounceReceiver(options: BounceReceiverOptions): Promise<BounceReceiver> {
  const now = options.now ?? (() => new Date());
  const limits = options.limits ?? usualLimits;
  const peers = new PeerLimits(limits);
  const admitted = new Set<string>();
  const links = new Map<string, Link>();
  const addresses = { secret: options.verpSecret, domain: options.bounceDomain };
  const server = new SMTPServer({
    name: options.bounceDomain,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: maxBounceBytes,
    maxClients: limits.clients,
    socketTimeout: limits.idleMs,
    closeTimeout: 2_000,
    // Exim ends its half of the connection right after its last command and waits for the answer.
    allowHalfOpen: true,
    onConnect(session, done) {
      if (!peers.admit(session.remoteAddress, now())) return done(new Refusal(421, '4.7.0 Too many connections'));
      admitted.add(session.id);
      done();
    },
    onClose({ id, remoteAddress }) {
      if (admitted.delete(id)) peers.release(remoteAddress);
    },
    onRcptTo({ address }, _session, done) {
      const named = readVerpAddress(address, now(), addresses);
      if (named && !named.expired) done();
      else done(new Refusal(550, named ? '5.1.6 This bounce address has expired' : '5.1.1 No such bounce address'));
    },
    onData(stream, session, done) {
      const link = links.get(linkOf(session));
      link?.begin();
      takeBounce(stream, session)
        .then(
          () => done(null, 'Bounce noted'),
          (error: unknown) => done(error instanceof Refusal ? error : new Refusal(451, '4.3.0 Not stored, try again')),
        )
        .finally(() => link?.end());
    },
  });

  async function takeBounce(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const raw = await readAll(stream);
    const { mailFrom, rcptTo } = session.envelope;
    // What cannot be read is no bounce; refusing it would only make the other server send it again for days.
    const news = readBounceSafely(raw, mailFrom === false ? '' : mailFrom.address);
    if (!news) return;
    for (const { address } of rcptTo) {
      const named = readVerpAddress(address, now(), addresses);
      if (!named || returnsAnother(news.returnedId, named.deliveryId, options.messageIdDomain)) continue;
      await options.onReport(reportOf(named.deliveryId, news, now()));
    }
  }

  server.server.on('connection', (socket: Socket) => {
    const key = linkOf(socket);
    links.set(key, new Link(socket, limits.mailMs));
    socket.once('close', () => links.delete(key));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // A peer that breaks off is its own concern; unheard, the event would end the process.
  server.on('error', () => undefined);
  return { port: portOf(server), close: () => new Promise((resolve) => server.close(() => resolve())) };
}

const linkOf = ({ remoteAddress, remotePort }: { remoteAddress?: string; remotePort?: number }): string =>
  `${remoteAddress} ${remotePort}`;

/** One connection: it ends when the peer has ended its half and is owed no answer, and when it takes too long over a mail. */
class Link {
  private isBusy = false;
  private deadline: NodeJS.Timeout;

  constructor(
    private readonly socket: Socket,
    private readonly mailMs: number,
  ) {
    this.deadline = this.startDeadline();
    // The library answers only sockets that are open both ways.
    Object.defineProperty(socket, 'readyState', { get: () => (socket.writable ? 'open' : 'closed') });
    socket.once('end', () => {
      if (!this.isBusy) socket.end();
    });
    socket.once('close', () => clearTimeout(this.deadline));
  }

  begin(): void {
    this.isBusy = true;
  }

  end(): void {
    this.isBusy = false;
    clearTimeout(this.deadline);
    this.deadline = this.startDeadline();
    if (this.socket.readableEnded) this.socket.end();
  }

  private startDeadline(): NodeJS.Timeout {
    return setTimeout(() => this.socket.destroy(), this.mailMs).unref();
  }
}

/** An error the mail server library turns into a reply. */
class Refusal extends Error {
  constructor(
    readonly responseCode: number,
    text: string,
  ) {
    super(text);
  }
}

async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The rest is still read, so that the refusal arrives as an answer and not as a broken connection.
    if (size <= maxBounceBytes) chunks.push(chunk);
  }
  if (size > maxBounceBytes) throw new Refusal(552, '5.3.4 Message too large');
  return Buffer.concat(chunks);
}

function portOf(server: SMTPServer): number {
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('mail server has no port');
  return address.port;
}
