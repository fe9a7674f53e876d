import { domainToASCII } from 'node:url';
import type { SendOutcome } from '../../domain/delivery.js';
import type { Channel, OutgoingMessage } from '../channel.js';
import { notStarted } from '../in-parallel.js';
import { composeMail, messageId, type Mailbox } from './mime.js';
import type { SmtpMail } from './smtp-connection.js';
import { explainSmtpFailure } from './smtp-failure.js';
import { type Letter, sendOnLanes } from './smtp-lanes.js';
import { SmtpPool } from './smtp-pool.js';
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
  /**
   * Milliseconds; `socket` is the silence after which a command is given up, `dataEnd`, by default twice as long, the wait
   * for the answer to a message.
   */
  timeouts?: { connect: number; greeting: number; socket: number; dataEnd?: number };
  /** PEM of the authorities to trust instead of the system's, for a mail server with a certificate of the office's own. */
  ca?: string;
  now?: () => Date;
}

export class EmailChannel implements Channel {
  readonly kind = 'email';
  readonly provider = 'smtp';
  readonly batchSize: number;
  readonly repeatableForMs = 0;
  /** SMTP cannot be asked; what stays unknown is for a person. */
  readonly reconcileAfterMs = 0;
  private readonly pool: SmtpPool;
  private readonly messageIdDomain: string;
  private readonly now: () => Date;

  constructor(private readonly options: EmailChannelOptions) {
    this.batchSize = Math.max(100, options.concurrency * 10);
    this.messageIdDomain = options.from.address.slice(options.from.address.lastIndexOf('@') + 1);
    this.now = options.now ?? (() => new Date());
    this.pool = openPool(options);
  }

  send(
    messages: readonly OutgoingMessage[],
    signal: AbortSignal,
    settled: (deliveryId: string, outcome: SendOutcome) => void,
  ): Promise<void> {
    let place = 0;
    const next = (): Letter | undefined => {
      for (let message = messages[place++]; message; message = messages[place++]) {
        const { deliveryId } = message;
        const mail = signal.aborted ? notStarted : this.mailOf(message);
        if (!('kind' in mail))
          return { mail, settled: (...end) => settled(deliveryId, this.outcome(deliveryId, ...end)) };
        settled(deliveryId, mail);
      }
      return undefined;
    };
    return sendOnLanes(this.pool, Math.min(this.options.concurrency, messages.length), next);
  }

  async check(): Promise<string | null> {
    const connection = await this.pool.take(true);
    if (!('code' in connection)) {
      this.pool.giveBack(connection);
      return null;
    }
    const outcome = explainSmtpFailure({ error: connection, messageBegun: false });
    return outcome.kind === 'accepted' ? null : outcome.reason;
  }

  close(): Promise<void> {
    this.pool.close();
    return Promise.resolve();
  }

  private mailOf({ content, deliveryId, address }: OutgoingMessage): SmtpMail | SendOutcome {
    if (content.kind !== 'email') throw new Error(`e-mail channel was handed ${content.kind} content`);
    const recipient = asciiAddress(address);
    if (recipient === null) return malformedAddress;
    const message = composeMail({
      deliveryId,
      messageIdDomain: this.messageIdDomain,
      from: this.options.from,
      to: recipient,
      subject: content.subject,
      text: content.text,
      html: content.html,
      date: this.now(),
      list: this.options.list,
    });
    const asksStatus = this.options.askDeliveryStatus && this.options.bounce;
    return {
      sender: this.envelopeSender(deliveryId),
      recipient,
      message,
      ...(asksStatus ? { notifyAs: deliveryId } : {}),
    };
  }

  private outcome(deliveryId: string, ...[fault, messageBegun]: Parameters<Letter['settled']>): SendOutcome {
    return fault
      ? explainSmtpFailure({ error: fault, messageBegun })
      : { kind: 'accepted', reference: messageId(deliveryId, this.messageIdDomain) };
  }

  private envelopeSender(deliveryId: string): string {
    const { bounce, from } = this.options;
    return bounce ? verpAddress(deliveryId, bounce.secret, bounce.domain) : from.address;
  }
}

const malformedAddress: SendOutcome = {
  kind: 'refused',
  class: 'recipient',
  code: 'ADDRESS_MALFORMED',
  reason: '邮箱地址格式不正确，请核对地址。',
};

/**
 * The address with its domain in ASCII. Null for what is none, or could end the header or command it is written into, or
 * has a local part that only servers with SMTPUTF8 could take.
 */
function asciiAddress(address: string): string | null {
  const [, local, domain] = /^([!-~]+)@([^\s<>"(),:;\\@\p{Cc}]+)$/u.exec(address) ?? [];
  if (local === undefined || domain === undefined || /[<>"(),:;\\]/.test(local)) return null;
  const asciiDomain = /^[!-~]+$/.test(domain) ? domain : domainToASCII(domain);
  return asciiDomain === '' ? null : `${local}@${asciiDomain}`;
}

function openPool(options: EmailChannelOptions): SmtpPool {
  const { host, port, encryption, login, ca } = options;
  const { connect, greeting, socket, dataEnd } = {
    connect: 10_000,
    greeting: 10_000,
    socket: 60_000,
    ...options.timeouts,
  };
  return new SmtpPool({
    host,
    port,
    encryption,
    ...(login ? { login } : {}),
    ...(ca ? { ca } : {}),
    timeouts: { connect, greeting, command: socket, dataEnd: dataEnd ?? socket * 2 },
  });
}
