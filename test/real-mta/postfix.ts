import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../e2e/open-service.js';
import { ServerFolder, ServerProcess } from './server-process.js';

export const tlsFixture = (name: string): string =>
  join(import.meta.dirname, '..', 'fixtures', 'tls', `test-only.${name}`);

export interface PostfixWish {
  /** Looks at each message at the second hop. */
  milterPort: number;
  /** Mail to this domain goes to a server of ours. */
  route?: { domain: string; port: number };
  /** Mail to this domain is kept in the mailbox `bounces`, whatever stands before the @. */
  keptDomain?: string;
  /** Has no mailbox. Only the second hop knows, so that Postfix itself writes the bounce. */
  unknown: string;
}

const spoolFolders = [
  ...['active', 'bounce', 'corrupt', 'defer', 'deferred', 'flush', 'hold', 'incoming', 'maildrop', 'private', 'public'],
  ...['saved', 'trace', 'pid'],
];
/** nobody, nogroup of Debian. */
export const mailboxOwner = 65_534;

/**
 * Debian's Postfix with settings, queue and ports of its own: a relay that asks for STARTTLS, and behind it the server of the
 * recipients, whose mailboxes are folders. Must be started by root, who alone may start Postfix.
 */
export class Postfix {
  private server?: ServerProcess;

  private constructor(
    private readonly folder: ServerFolder,
    readonly port: number,
    readonly lastHopPort: number,
  ) {}

  static async start(program: string, wish: PostfixWish): Promise<Postfix> {
    const postfix = new Postfix(new ServerFolder(), await freePort(), await freePort());
    postfix.layOut(wish);
    const options = ['-c', postfix.folder.at('conf'), '-d'];
    postfix.server = await ServerProcess.start(program, options, [postfix.port, postfix.lastHopPort]);
    return postfix;
  }

  /** Where mailboxes are, each a Maildir by its name: `inbox` and `bounces`. */
  get mailboxes(): string {
    return this.folder.at('mail');
  }

  /** Whole messages as they came in, in no order. */
  arrived(mailbox = 'inbox'): string[] {
    const folder = join(this.mailboxes, mailbox, 'new');
    if (!existsSync(folder)) return [];
    return readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1'));
  }

  log(): string {
    return readFileSync(this.folder.at('log'), 'utf8');
  }

  async close(): Promise<void> {
    await this.server?.stop();
    this.folder.remove();
  }

  private layOut({ milterPort, route, keptDomain, unknown }: PostfixWish): void {
    const { folder } = this;
    const postfix = userId('postfix');
    for (const name of ['conf', 'spool', 'data', 'mail']) mkdirSync(folder.at(name));
    chownSync(folder.at('data'), postfix, 0);
    chownSync(folder.at('mail'), mailboxOwner, mailboxOwner);
    for (const name of spoolFolders) {
      mkdirSync(folder.at('spool', name), { mode: 0o700 });
      if (name !== 'pid') chownSync(folder.at('spool', name), postfix, 0);
    }
    chmodSync(folder.at('spool', 'public'), 0o755);
    for (const name of ['crt', 'key']) copyFileSync(tlsFixture(name), folder.at('conf', `tls.${name}`));
    const kept = keptDomain ? [`/@${asPattern(keptDomain)}$/ bounces/`] : [];
    const table = [...kept, `!/^${asPattern(unknown)}$/ inbox/`, ''];
    writeFileSync(folder.at('conf', 'mailboxes'), table.join('\n'));
    writeFileSync(folder.at('conf', 'main.cf'), mainSettings(folder.path, route));
    writeFileSync(folder.at('conf', 'master.cf'), services(this.port, this.lastHopPort, milterPort));
  }
}

const asPattern = (text: string): string => text.replace(/[.+]/g, '\\$&');

const userId = (name: string): number => Number(execFileSync('id', ['-u', name], { encoding: 'utf8' }));

const mainSettings = (folder: string, route: PostfixWish['route']): string => `
compatibility_level = 3.6
queue_directory = ${folder}/spool
data_directory = ${folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = ${folder}/log
maillog_file_prefixes = ${folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
disable_dns_lookups = yes
smtp_host_lookup = native
smtpd_peername_lookup = no
myhostname = first.relay.test
mynetworks = 127.0.0.0/8
mydestination =
local_recipient_maps =
local_transport = error:nobody is local
alias_maps =
alias_database =
smtpd_reject_unlisted_recipient = no
smtpd_tls_security_level = encrypt
smtpd_tls_cert_file = ${folder}/conf/tls.crt
smtpd_tls_key_file = ${folder}/conf/tls.key
transport_maps = ${route ? `inline:{{${route.domain} = smtp:[127.0.0.1]:${route.port}}}` : ''}
virtual_mailbox_domains = static:all
virtual_mailbox_maps = regexp:${folder}/conf/mailboxes
virtual_mailbox_base = ${folder}/mail
virtual_uid_maps = static:${mailboxOwner}
virtual_gid_maps = static:${mailboxOwner}
`;

/** Nothing is chrooted: the folder holds no copies of what a chroot needs. */
const services = (first: number, last: number, milter: number): string => `
127.0.0.1:${first} inet n - n - - smtpd
  -o content_filter=smtp:[127.0.0.1]:${last}
127.0.0.1:${last} inet n - n - - smtpd
  -o myhostname=second.relay.test
  -o smtpd_tls_security_level=none
  -o smtpd_milters=inet:127.0.0.1:${milter}
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
smtp unix - - n - - smtp
virtual unix - n n - - virtual
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
tlsmgr unix - - n 1000? 1 tlsmgr
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
`;
