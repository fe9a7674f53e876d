import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { DeliveryReport } from '../../domain/delivery.js';
import { readBounceMail } from './bounce-mail.js';
import { readVerpAddress } from './verp.js';

export interface BounceReceiverOptions {
  host: string;
  /** 0 takes a free port. */
  port: number;
  bounceDomain: string;
  verpSecret: string;
  /** Stores the report; the bounce is only taken from the other server once this has resolved. */
  onReport: (report: DeliveryReport) => Promise<void>;
  now?: () => Date;
}

export interface BounceReceiver {
  port: number;
  close(): Promise<void>;
}

const maxBounceBytes = 1_000_000;

/** A mail server that takes bounces for addresses this system wrote and nothing else. Never answers a mail. */
export async function startBounceReceiver(options: BounceReceiverOptions): Promise<BounceReceiver> {
  const now = options.now ?? (() => new Date());
  const deliveryOf = (address: string) => readVerpAddress(address, options.verpSecret, options.bounceDomain);
  const server = new SMTPServer({
    name: options.bounceDomain,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: maxBounceBytes,
    maxClients: 50,
    socketTimeout: 60_000,
    closeTimeout: 2_000,
    onRcptTo(address, _session, done) {
      done(deliveryOf(address.address) === null ? new Refusal(550, '5.1.1 No such bounce address') : null);
    },
    onData(stream, session, done) {
      takeBounce(stream, session).then(
        () => done(null, 'Bounce noted'),
        (error: unknown) => done(error instanceof Refusal ? error : new Refusal(451, '4.3.0 Not stored, try again')),
      );
    },
  });

  async function takeBounce(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const raw = await readAll(stream);
    const { mailFrom, rcptTo } = session.envelope;
    // What cannot be parsed is no bounce; refusing it would only make the other server send it again for days.
    const verdict = await readBounceMail(raw, mailFrom === false ? '' : mailFrom.address).catch(() => null);
    if (!verdict) return;
    for (const { address } of rcptTo) {
      const deliveryId = deliveryOf(address);
      if (deliveryId) await options.onReport({ provider: 'smtp', deliveryId, ...verdict, reportedAt: now() });
    }
  }

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
