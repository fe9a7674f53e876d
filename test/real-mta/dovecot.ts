import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { ImapFlow } from 'imapflow';
import type { MailboxSettings } from '../../src/settings/email.js';
import { freePort } from '../e2e/open-service.js';
import { tlsFixture } from './postfix.js';
import { ServerFolder, ServerProcess } from './server-process.js';

export const mailboxPassword = '授权码-1';

/** Debian's Dovecot over mailboxes that are folders: the name of the account is that of the folder. */
export class Dovecot {
  private server?: ServerProcess;
  private readonly folder = new ServerFolder();

  private constructor(
    private readonly program: string,
    /** Encrypted from the first byte. */
    readonly tlsPort: number,
    readonly starttlsPort: number,
  ) {}

  /** @param mailboxes folder of the Maildirs, whose owner is `owner` */
  static async start(program: string, mailboxes: string, owner: number): Promise<Dovecot> {
    const dovecot = new Dovecot(program, await freePort(), await freePort());
    dovecot.layOut(mailboxes, owner);
    await dovecot.start();
    return dovecot;
  }

  async start(): Promise<void> {
    const options = ['-F', '-c', this.folder.at('conf')];
    this.server = await ServerProcess.start(this.program, options, [this.tlsPort, this.starttlsPort]);
  }

  /** All who are connected lose their connection. */
  async stop(): Promise<void> {
    await this.server?.stop();
  }

  async close(): Promise<void> {
    await this.stop();
    this.folder.remove();
  }

  /** As the settings of a mailbox. */
  account(user: string): MailboxSettings {
    const login = { user, password: mailboxPassword, folder: 'INBOX', doneFolder: null };
    return {
      host: '127.0.0.1',
      port: this.tlsPort,
      encryption: 'tls',
      ca: readFileSync(tlsFixture('crt'), 'utf8'),
      ...login,
    };
  }

  /** How many mails are in a folder; 0 where there is none. */
  async count(user: string, folder: string): Promise<number> {
    return this.ask(user, async (client) => {
      const there = (await client.list()).find(({ path, delimiter }) => path.replaceAll(delimiter, '/') === folder);
      const status = there && (await client.status(there.path, { messages: true }));
      return (status && status.messages) || 0;
    });
  }

  /** As the owner of the mailbox. */
  async ask<T>(user: string, question: (client: ImapFlow) => Promise<T>): Promise<T> {
    const { host, port, password, ca } = this.account(user);
    const auth = { user, pass: password };
    const client = new ImapFlow({ host, port, secure: true, auth, tls: { ca: ca! }, logger: false });
    await client.connect();
    try {
      return await question(client);
    } finally {
      client.close();
    }
  }

  private layOut(mailboxes: string, owner: number): void {
    for (const name of ['run', 'state']) mkdirSync(this.folder.at(name));
    writeFileSync(
      this.folder.at('conf'),
      `
protocols = imap
base_dir = ${this.folder.at('run')}
state_dir = ${this.folder.at('state')}
log_path = ${this.folder.at('log')}
listen = 127.0.0.1
ssl = required
ssl_cert = <${tlsFixture('crt')}
ssl_key = <${tlsFixture('key')}
first_valid_uid = 1
auth_failure_delay = 0
passdb {
  driver = static
  args = password=${mailboxPassword}
}
userdb {
  driver = static
  args = uid=${owner} gid=${owner} home=${mailboxes}
}
mail_location = maildir:${mailboxes}/%n
service imap-login {
  inet_listener imap {
    port = ${this.starttlsPort}
  }
  inet_listener imaps {
    port = ${this.tlsPort}
  }
}
`,
    );
  }
}
