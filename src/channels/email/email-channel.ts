import nodemailer from 'nodemailer';
import type { Readable } from 'node:stream';
import type { SendOutcome } from '../../domain/delivery.js';
import type { Channel, OutgoingMessage } from '../channel.js';
import { sendEach } from '../in-parallel.js';
import { composeMail, messageId, type Mailbox } from './mime.js';
import { explainSmtpFailure } from './smtp-failure.js';
import { verpAddress } from './verp.js';

export interface EmailChannelOptions {
  host: string;
  port: number;
  /** `starttls` refuses to go on without it; `none` is for a relay on the same machine. */
  encryption: 'tls' | 'starttls' | 'none';
  login?: { user: string; password: string };
  /** The office's own address, which readers see and answer to. */
  from: Mailbox;
  list: { name: string; id: string };
  /** Where bounces come back; without it the envelope sender is the office and nothing is reported. */
  bounce?: { domain: string; secret: string };
  /** Ask servers that offer it for a delivery status notification. Needs `bounce`. */
  askDeliveryStatus?: boolean;
  /** Connections to the server, one message on each at a time. */
  concurrency: number;
  /** Milliseconds; the silence after which a transaction is given up. */
  timeouts?: { connect: number; greeting: number; socket: number };
  now?: () => Date;
}

type Transporter = ReturnType<typeof createPool>;

export class EmailChannel implements Channel {
  readonly kind = 'email';
  readonly provider = 'smtp';
  readonly batchSize: number;
  readonly repeatableForMs = 0;
  /** SMTP cannot be asked; what stays unknown is for a person. */
  readonly reconcileAfterMs = 0;
  private readonly pool: Transporter;
  private readonly messageIdDomain: string;
  private readonly now: () => Date;

  constructor(private readonly options: EmailChannelOptions) {
    this.batchSize = Math.max(100, options.concurrency * 10);
    this.messageIdDomain = options.from.address.slice(options.from.address.lastIndexOf('@') + 1);
    this.now = options.now ?? (() => new Date());
    this.pool = createPool(options);
  }

  send(
    messages: readonly OutgoingMessage[],
    signal: AbortSignal,
    settled: (deliveryId: string, outcome: SendOutcome) => void,
  ): Promise<void> {
    return sendEach(messages, this.options.concurrency, signal, (message) => this.sendOne(message), settled);
  }

  async check(): Promise<string | null> {
    try {
      await this.pool.verify();
      return null;
    } catch (error) {
      const outcome = explainSmtpFailure({ error, messageBegun: false });
      return outcome.kind === 'accepted' ? null : outcome.reason;
    }
  }

  close(): Promise<void> {
    this.pool.close();
    return Promise.resolve();
  }

  private async sendOne(message: OutgoingMessage): Promise<SendOutcome> {
    const { content, deliveryId, address } = message;
    if (content.kind !== 'email') throw new Error(`e-mail channel was handed ${content.kind} content`);
    // The address is written into a header by hand, so nothing that could end the header may pass.
    if (!/^[^\s<>"(),:;\\\p{Cc}]+@[^\s<>"(),:;\\@\p{Cc}]+$/u.test(address)) return malformedAddress;
    const raw = composeMail({
      deliveryId,
      messageIdDomain: this.messageIdDomain,
      from: this.options.from,
      to: address,
      subject: content.subject,
      text: content.text,
      html: content.html,
      date: this.now(),
      list: this.options.list,
    });
    const watch: MessageWatch = {};
    const dsn =
      this.options.askDeliveryStatus && this.options.bounce ? deliveryStatusRequest(deliveryId, address) : undefined;
    const mail: WatchedMail = { raw, envelope: { from: this.envelopeSender(deliveryId), to: [address] }, dsn, watch };
    try {
      await this.pool.sendMail(mail);
      return { kind: 'accepted', reference: messageId(deliveryId, this.messageIdDomain) };
    } catch (error) {
      return explainSmtpFailure({ error, messageBegun: watch.outgoing?.readableDidRead ?? false });
    }
  }

  private envelopeSender(deliveryId: string): string {
    const { bounce, from } = this.options;
    return bounce ? verpAddress(deliveryId, bounce.secret, bounce.domain) : from.address;
  }
}

/** The stream the pool made of a message; travels with the message so that the pool's plugin can fill it in. */
interface MessageWatch {
  outgoing?: Readable;
}

interface WatchedMail {
  raw: Buffer;
  envelope: { from: string; to: string[] };
  dsn: ReturnType<typeof deliveryStatusRequest> | undefined;
  watch: MessageWatch;
}

const malformedAddress: SendOutcome = {
  kind: 'refused',
  class: 'recipient',
  code: 'ADDRESS_MALFORMED',
  reason: '邮箱地址格式不正确，请核对地址。',
};

function deliveryStatusRequest(deliveryId: string, address: string) {
  return { id: deliveryId, return: 'headers', notify: ['success', 'failure'], recipient: address };
}

function createPool(options: EmailChannelOptions) {
  const timeouts = options.timeouts ?? { connect: 10_000, greeting: 10_000, socket: 60_000 };
  const pool = nodemailer.createTransport({
    pool: true,
    host: options.host,
    port: options.port,
    secure: options.encryption === 'tls',
    requireTLS: options.encryption === 'starttls',
    ignoreTLS: options.encryption === 'none',
    auth: options.login ? { user: options.login.user, pass: options.login.password } : undefined,
    // A server that offers no login where one is configured is the wrong server: say so instead of sending without.
    forceAuth: options.login !== undefined,
    maxConnections: options.concurrency,
    maxMessages: 100,
    // The delivery rows decide about another try, never the pool.
    maxRequeues: 0,
    connectionTimeout: timeouts.connect,
    greetingTimeout: timeouts.greeting,
    socketTimeout: timeouts.socket,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // The last stream before the socket is read from the moment the server said "354, go on": that is when a message may
  // have been taken, and the library's errors do not tell.
  pool.use('stream', (mail, done) => {
    mail.message.processFunc((input: Readable) => {
      (mail.data as unknown as WatchedMail).watch.outgoing = input;
      return input;
    });
    done();
  });
  return pool;
}
