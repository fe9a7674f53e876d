import { domainToASCII } from 'node:url';
import type { SendOutcome } from '../../domain/delivery.js';
import { partsOf } from '../../rendering/slots.js';
import type { Channel, OutgoingMessage } from '../channel.js';
import { notStarted } from '../in-parallel.js';
import { type DkimKey, signMail } from './dkim.js';
import {
  type Letter,
  type LetterEnd,
  type MailServer,
  type MailTransport,
  patientSeconds,
  type SmtpMail,
  timeoutsFor,
} from './mail-transport.js';
import { composeMail, messageId, messageIdDomain, type Mailbox } from './mime.js';
import { NodemailerTransport } from './nodemailer-transport.js';
import { PipelinedTransport } from './pipelined-transport.js';
import { explainSmtpFailure } from './smtp-failure.js';
import { verpAddress } from './verp.js';

export interface EmailChannelOptions extends Omit<MailServer, 'connections' | 'timeouts'> {
  /** `smtp` unless it is a second relay. */
  account?: string;
  /** Which client talks to the server; `pipelined` unless told otherwise. */
  client?: 'pipelined' | 'nodemailer';
  /** The office's own address, which readers see and answer to. */
  from: Mailbox;
  /** Where answers go, if not to `from`. */
  replyTo?: string;
  list: { name: string; id: string };
  /** Where bounces come back; without it they come to the office's own address. */
  bounce?: { domain: string; secret: string };
  /** Signs each message; none where nothing is said. */
  dkim?: readonly DkimKey[];
  /** Ask servers that offer it for a delivery status notification; somebody must read what comes back. */
  askDeliveryStatus?: boolean;
  /** Connections to the server, one message on each at a time. */
  concurrency: number;
  /** As RFC 5321 asks for where nothing is said. */
  timeouts?: MailServer['timeouts'];
  now?: () => Date;
}

export class EmailChannel implements Channel {
  readonly kind = 'email';
  readonly provider = 'smtp';
  readonly account: string;
  readonly batchSize: number;
  readonly repeatableForMs = 0;
  /** SMTP cannot be asked; what stays unknown is for a person. */
  readonly reconcileAfterMs = 0;
  private readonly transport: MailTransport;
  private readonly messageIdDomain: string;
  private readonly now: () => Date;

  constructor(private readonly options: EmailChannelOptions) {
    this.account = options.account ?? 'smtp';
    this.batchSize = Math.max(400, options.concurrency * 20);
    this.messageIdDomain = messageIdDomain(options.from);
    this.now = options.now ?? (() => new Date());
    this.transport = openTransport(options);
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
        const mail = signal.aborted ? notStarted(signal) : this.mailOf(message);
        if (!('kind' in mail)) {
          return {
            mail,
            isStopped: () => signal.aborted,
            settled: (end) =>
              settled(deliveryId, end === 'notStarted' ? notStarted(signal) : this.outcome(deliveryId, end)),
          };
        }
        settled(deliveryId, mail);
      }
      return undefined;
    };
    // What has not begun goes back at once, however long the server takes over what has.
    const giveBack = () => void next();
    signal.addEventListener('abort', giveBack);
    return this.transport
      .send(next, Math.min(this.options.concurrency, messages.length))
      .finally(() => signal.removeEventListener('abort', giveBack));
  }

  async check(): Promise<string | null> {
    const failed = await this.transport.check();
    const outcome = failed && explainSmtpFailure({ error: failed.fault, messageBegun: false });
    return outcome && outcome.kind !== 'accepted' ? outcome.reason : null;
  }

  close(): Promise<void> {
    this.transport.close();
    return Promise.resolve();
  }

  private mailOf({ content, deliveryId, address }: OutgoingMessage): SmtpMail | SendOutcome {
    if (content.kind !== 'email') throw new Error(`e-mail channel was handed ${content.kind} content`);
    const recipient = asciiAddress(address);
    if (recipient === null) return malformedAddress;
    const date = this.now();
    const message = composeMail({
      deliveryId,
      messageIdDomain: this.messageIdDomain,
      from: this.options.from,
      replyTo: this.options.replyTo,
      to: recipient,
      subject: content.subject,
      ...(partsOf(content) ?? { text: content.text, html: content.html }),
      date,
      list: this.options.list,
      unsubscribe: content.unsubscribe,
      attachment: content.attachment,
    });
    return {
      sender: this.envelopeSender(deliveryId),
      recipient,
      message: signMail(message, this.options.dkim ?? [], date),
      notifyAs: this.options.askDeliveryStatus ? deliveryId : undefined,
    };
  }

  private outcome(deliveryId: string, end: Exclude<LetterEnd, 'notStarted'>): SendOutcome {
    if (end === 'taken') return { kind: 'accepted', reference: messageId(deliveryId, this.messageIdDomain) };
    return explainSmtpFailure({ error: end.fault, messageBegun: end.messageBegun });
  }

  private envelopeSender(deliveryId: string): string {
    const { bounce, from } = this.options;
    return bounce ? verpAddress(deliveryId, this.now(), bounce) : from.address;
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
  if (local === undefined || domain === undefined || /[<>"(),:;\\@]/.test(local)) return null;
  const asciiDomain = /^[!-~]+$/.test(domain) ? domain : domainToASCII(domain);
  return asciiDomain === '' ? null : `${local}@${asciiDomain}`;
}

function openTransport({ client, host, port, encryption, login, ca, concurrency, timeouts }: EmailChannelOptions) {
  const server: MailServer = {
    host,
    port,
    encryption,
    login,
    ca,
    connections: concurrency,
    timeouts: timeouts ?? timeoutsFor(patientSeconds),
  };
  return client === 'nodemailer' ? new NodemailerTransport(server) : new PipelinedTransport(server);
}
