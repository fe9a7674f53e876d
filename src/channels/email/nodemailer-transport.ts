import nodemailer from 'nodemailer';
import type { Readable } from 'node:stream';
import type { Letter, MailServer, MailTransport, SmtpMail } from './mail-transport.js';

/** nodemailer's pool: slower, and known to every kind of server there is. */
export class NodemailerTransport implements MailTransport {
  private readonly pool: ReturnType<typeof createPool>;

  constructor(server: MailServer) {
    this.pool = createPool(server);
  }

  async send(next: () => Letter | undefined, limit: number): Promise<void> {
    const lane = async () => {
      for (let letter = next(); letter; letter = next()) await this.sendOne(letter);
    };
    await Promise.all(Array.from({ length: Math.max(1, limit) }, lane));
  }

  async check(): Promise<{ fault: unknown } | null> {
    try {
      await this.pool.verify();
      return null;
    } catch (fault) {
      return { fault };
    }
  }

  close(): void {
    this.pool.close();
  }

  private async sendOne(letter: Letter): Promise<void> {
    const { mail } = letter;
    const watch: MessageWatch = {};
    const watched: WatchedMail = {
      raw: mail.message,
      envelope: { from: mail.sender, to: [mail.recipient] },
      dsn: mail.notifyAs ? deliveryStatusRequest(mail.notifyAs, mail.recipient) : undefined,
      watch,
    };
    try {
      await this.pool.sendMail(watched);
    } catch (fault) {
      return letter.settled({ fault, messageBegun: watch.outgoing?.readableDidRead ?? false });
    }
    letter.settled('taken');
  }
}

/** The stream the pool made of a message; travels with the message so that the pool's plugin can fill it in. */
interface MessageWatch {
  outgoing?: Readable;
}

interface WatchedMail {
  raw: SmtpMail['message'];
  envelope: { from: string; to: string[] };
  dsn: ReturnType<typeof deliveryStatusRequest> | undefined;
  watch: MessageWatch;
}

function deliveryStatusRequest(id: string, recipient: string) {
  return { id, return: 'headers', notify: ['success', 'failure'], recipient };
}

function createPool({ host, port, encryption, login, ca, connections, timeouts }: MailServer) {
  const pool = nodemailer.createTransport({
    pool: true,
    host,
    port,
    secure: encryption === 'tls',
    requireTLS: encryption === 'starttls',
    ignoreTLS: encryption === 'none',
    tls: ca ? { ca } : undefined,
    auth: login ? { user: login.user, pass: login.password } : undefined,
    // A server that offers no login where one is configured is the wrong server: say so instead of sending without.
    forceAuth: login !== undefined,
    maxConnections: connections,
    maxMessages: 100,
    // The delivery rows decide about another try, never the pool.
    maxRequeues: 0,
    connectionTimeout: timeouts.connect,
    greetingTimeout: timeouts.greeting,
    // It knows one silence for commands and messages: the longer one.
    socketTimeout: timeouts.dataEnd,
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
