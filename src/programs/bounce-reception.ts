import { Logger } from '@nestjs/common';
import { AccountLookRepository } from '../channels/account-look.repository.js';
import { messageIdDomain } from '../channels/email/mime.js';
import { verpSecret } from '../channels/open-channels.js';
import { ReportInbox } from '../channels/report-inbox.js';
import type { Clock } from '../platform/clock.js';
import type { Vault } from '../platform/crypto.js';
import type { EmailSettings, MailboxSettings } from '../settings/email.js';
import type { LiveSettings } from '../settings/live-settings.js';
import { StartError } from '../settings/start-error.js';

interface Around {
  get: <T>(type: new (...args: never[]) => T) => T;
  live: LiveSettings;
  vault: Vault;
  clock: Clock;
}

/** Where bounces and delivery notifications come in: a port of ours, or a mailbox, which may be entered while we run. */
export class BounceReception {
  private readonly log = new Logger(BounceReception.name);
  private looked: { of: string; close(): Promise<void> } | null = null;
  private changing: Promise<void> = Promise.resolve();
  private receiver: { port: number; close(): Promise<void> } | null = null;

  constructor(private readonly around: Around) {}

  /** @returns the port of ours; null without one. @throws StartError */
  async open(): Promise<number | null> {
    const { live } = this.around;
    await this.follow(live.settings.email);
    live.onChange(({ email }) => void this.follow(email));
    // As the environment has it: a port is no matter of the console.
    const { email } = live.base;
    if (email?.bounce && !email.mailbox) this.receiver = await this.listen(email, email.bounce);
    return this.receiver?.port ?? null;
  }

  async close(): Promise<void> {
    await this.changing;
    await this.looked?.close();
    await this.receiver?.close();
  }

  private follow(email: EmailSettings | null): Promise<void> {
    this.changing = this.changing
      .then(() => this.lookThrough(email))
      .catch((error: Error) => this.log.error(`the mailbox of bounces is not looked through: ${error.name}`));
    return this.changing;
  }

  private async lookThrough(email: EmailSettings | null): Promise<void> {
    const mailbox = email?.mailbox ?? null;
    const wanted = email === null || mailbox === null ? '' : JSON.stringify([mailbox, email.from, email.bounce]);
    if (wanted === (this.looked?.of ?? '')) return;
    await this.looked?.close();
    this.looked = null;
    if (email === null || mailbox === null) return;
    const { BounceMailbox } = await import('../channels/email/bounce-mailbox.js');
    const { get, clock, vault } = this.around;
    const { bounce } = email;
    const box = new BounceMailbox({
      ...mailbox,
      ways: {
        addresses: bounce && { domain: bounce.domain, secret: verpSecret(vault) },
        messageIdDomain: messageIdDomain({ address: email.from }),
      },
      now: () => clock.now(),
      onReport: async (report) => (await get(ReportInbox).take('smtp', [report])) > 0,
      onState: (problem) => this.tell(mailbox, problem),
    });
    this.looked = { of: wanted, close: () => box.close() };
  }

  /** To the log, and to the page 通道. */
  private tell({ host }: MailboxSettings, problem: string | null): void {
    if (problem) this.log.warn(problem);
    else this.log.log(`${host} is looked through for bounces`);
    const look = { lookedAt: this.around.clock.now(), problem, filings: null, filingsProblem: null, balance: null };
    void this.around
      .get(AccountLookRepository)
      .keep('imap', look)
      .catch(() => undefined);
  }

  private async listen(email: EmailSettings, bounce: NonNullable<EmailSettings['bounce']>) {
    const { startBounceReceiver } = await import('../channels/email/bounce-receiver.js');
    const { get, clock, vault } = this.around;
    return startBounceReceiver({
      host: bounce.host,
      port: bounce.port,
      bounceDomain: bounce.domain,
      verpSecret: verpSecret(vault),
      messageIdDomain: messageIdDomain({ address: email.from }),
      now: () => clock.now(),
      onReport: (report) => get(ReportInbox).take('smtp', [report]),
    }).catch((error: Error) => {
      throw new StartError(
        `退信接收端口 ${bounce.port} 无法打开：${error.message}`,
        '请检查 BOUNCE_HOST 与 BOUNCE_PORT。',
      );
    });
  }
}
