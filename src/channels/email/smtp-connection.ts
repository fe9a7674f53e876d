import { hostname } from 'node:os';
import type { MailServer, MailTimeouts, SmtpMail } from './mail-transport.js';
import { said, SmtpLink, type Address, type SmtpFault } from './smtp-link.js';
import { logIn } from './smtp-login.js';
import { noAbilities, readAbilities, type ServerAbilities } from './smtp-replies.js';
import { noGreeting } from './smtp-failure.js';
import { dataBlock, xtext } from './smtp-text.js';

export type SmtpServer = Omit<MailServer, 'connections'>;

/**
 * A session with a mail server after greeting, encryption and login. A transaction has two steps: `begin` names sender and
 * recipient and ends at "354, go on"; `finish` hands the message over. Between the two nothing can have been taken.
 *
 * Where the server offers PIPELINING (RFC 2920), `begin` is one write, and the next `begin` may follow `finish` at once,
 * so that a mail costs one round trip.
 */
export class SmtpConnection {
  /** Transactions begun. */
  begun = 0;
  /** A refused transaction leaves its sender standing at the server. */
  private needsReset = false;

  private constructor(
    private readonly link: SmtpLink,
    private readonly abilities: ServerAbilities,
    private readonly timeouts: MailTimeouts,
  ) {}

  static async open(server: SmtpServer): Promise<SmtpConnection | SmtpFault> {
    const { timeouts } = server;
    const address: Address = { ...server, encrypted: server.encryption === 'tls' };
    const link = await SmtpLink.open(address, timeouts);
    if (!(link instanceof SmtpLink)) return link;
    const abilities = await greet(link, server, address);
    if ('code' in abilities) {
      link.quit();
      return abilities;
    }
    return new SmtpConnection(link, abilities, timeouts);
  }

  get hasEnded(): boolean {
    return this.link.hasEnded;
  }

  get pipelines(): boolean {
    return this.abilities.pipelining;
  }

  set onEnd(heard: () => void) {
    this.link.onEnd = heard;
  }

  /** Up to "go on". After a fault nothing of the message has left and the next transaction may begin. */
  async begin(mail: SmtpMail): Promise<SmtpFault | null> {
    const { limit } = this.abilities.size;
    if (limit > 0 && mail.message.length > limit) return { code: 'EMESSAGE', command: 'MAIL FROM' };
    this.begun++;
    const fault = this.abilities.pipelining ? await this.beginAtOnce(mail) : await this.beginStepwise(mail);
    if (fault) this.needsReset = true;
    return fault;
  }

  /** Only after `begin` went well, and only once. A fault without `responseCode` leaves open whether it was taken. */
  async finish(mail: SmtpMail): Promise<SmtpFault | null> {
    this.link.write(dataBlock(mail.message));
    const fault = said(await this.link.expect('DATA', this.timeouts.dataEnd), 2);
    if (fault?.code === 'EPROTOCOL') this.link.end(fault);
    return fault;
  }

  quit(): void {
    this.link.quit();
  }

  /** Closes without another word: a message that was announced and not handed over is not taken. */
  drop(): void {
    this.link.end({ code: 'ECONNECTION' });
  }

  private async beginAtOnce(mail: SmtpMail): Promise<SmtpFault | null> {
    const { link, timeouts } = this;
    const reset = this.needsReset;
    this.needsReset = false;
    link.write(`${reset ? 'RSET\r\n' : ''}${this.mailFrom(mail)}\r\n${this.rcptTo(mail)}\r\nDATA\r\n`);
    const afterReset = reset ? link.expect('RSET', timeouts.command) : null;
    const [sender, recipient, data] = await Promise.all([
      link.expect('MAIL FROM', timeouts.command),
      link.expect('RCPT TO', timeouts.command),
      link.expect('DATA', timeouts.command),
    ]);
    const refused = (afterReset && said(await afterReset, 2)) ?? said(sender, 2) ?? said(recipient, 2);
    const goOn = said(data, 354);
    // A server may say "go on" although nobody is left to receive (RFC 2920, 3.1): it gets an empty message.
    if (refused && !goOn) await link.ask('.', 'DATA', timeouts.dataEnd);
    return refused ?? goOn;
  }

  private async beginStepwise(mail: SmtpMail): Promise<SmtpFault | null> {
    const { link, timeouts } = this;
    if (this.needsReset) {
      const fault = said(await link.ask('RSET', 'RSET', timeouts.command), 2);
      if (fault) return fault;
      this.needsReset = false;
    }
    return (
      said(await link.ask(this.mailFrom(mail), 'MAIL FROM', timeouts.command), 2) ??
      said(await link.ask(this.rcptTo(mail), 'RCPT TO', timeouts.command), 2) ??
      said(await link.ask('DATA', 'DATA', timeouts.command), 354)
    );
  }

  private mailFrom({ sender, message, notifyAs }: SmtpMail): string {
    const { size, dsn } = this.abilities;
    return `MAIL FROM:<${sender}>${size.offered ? ` SIZE=${message.length}` : ''}${
      dsn && notifyAs ? ` RET=HDRS ENVID=${xtext(notifyAs)}` : ''
    }`;
  }

  private rcptTo({ recipient, notifyAs }: SmtpMail): string {
    const asked = this.abilities.dsn && notifyAs ? ` NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;${xtext(recipient)}` : '';
    return `RCPT TO:<${recipient}>${asked}`;
  }
}

/** Everything before the first message. */
async function greet(link: SmtpLink, server: SmtpServer, address: Address): Promise<ServerAbilities | SmtpFault> {
  const { timeouts, encryption, login } = server;
  const fault = said(await link.expect('CONN', timeouts.greeting), 2);
  if (fault?.code === 'ETIMEDOUT') return { ...fault, message: noGreeting };
  if (fault) return fault;
  let abilities = await hello(link, timeouts.command);
  if ('code' in abilities) return abilities;
  if (encryption === 'starttls') {
    if (!abilities.startTls) return { code: 'ETLS', message: 'STARTTLS', command: 'STARTTLS' };
    const refused = said(await link.ask('STARTTLS', 'STARTTLS', timeouts.command), 2);
    const failed = refused ?? (await link.encrypt(address, timeouts.connect));
    if (failed) return failed;
    // What was said in clear does not count (RFC 3207, 4.2).
    abilities = await hello(link, timeouts.command);
    if ('code' in abilities) return abilities;
  }
  const stranger = login ? await logIn(link, abilities.auth, login, timeouts.command) : null;
  return stranger ?? abilities;
}

/** EHLO, or HELO for a server that does not know it. */
async function hello(link: SmtpLink, timeoutMs: number): Promise<ServerAbilities | SmtpFault> {
  const name = ownName(link);
  const extended = await link.ask(`EHLO ${name}`, 'EHLO', timeoutMs);
  const fault = said(extended, 2);
  if (!fault && 'reply' in extended) return readAbilities(extended.reply);
  if (fault?.responseCode === undefined || ![500, 501, 502, 504].includes(fault.responseCode))
    return fault ?? { code: 'EPROTOCOL' };
  return said(await link.ask(`HELO ${name}`, 'HELO', timeoutMs), 2) ?? noAbilities;
}

/** A full name where this machine has one, else its address (RFC 5321, 4.1.3). */
function ownName(link: SmtpLink): string {
  const name = hostname();
  if (/^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(name)) return name;
  const address = link.localAddress.replace(/^::ffff:/, '');
  return address.includes(':') ? `[IPv6:${address}]` : `[${address}]`;
}
