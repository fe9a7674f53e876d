import { type FetchMessageObject, ImapFlow } from 'imapflow';
import type { DeliveryReport } from '../../domain/delivery.js';
import type { MailboxSettings } from '../../settings/email.js';
import { addresseeHeaders, type BounceWays, deliveryNamed, senderOf } from './bounce-addressee.js';
import { mayBeBounce, mostBytes, readBounceSafely } from './bounce-mail.js';
import { reportOf } from './bounce-verdict.js';
import { mailboxSentence } from './mailbox-fault.js';
import { readMime } from './mime-reader.js';
import { bounceDays } from './verp.js';

export interface BounceMailboxOptions extends MailboxSettings {
  ways: BounceWays;
  /** Stores the report and says whether it was about a delivery of ours; a bounce is put away only then. */
  onReport: (report: DeliveryReport) => Promise<boolean>;
  /** Told when the mailbox cannot be read, once for each reason in Chinese; null when it can. */
  onState?: (problem: string | null) => void;
  now?: () => Date;
  waits?: { pollMs: number; retryMs: number; mostRetryMs: number };
}

const usualWaits = { pollMs: 60_000, retryMs: 5_000, mostRetryMs: 300_000 };

/** Says on the server that a bounce was noted, where it keeps words of other programs. */
const taken = '$KuaibaoTaken';
/** Heads looked at in one question. */
const atOnce = 50;

/**
 * Looks for bounces in a mailbox, which may be one that people use: it reads the heads of the last 15 days' mail, the rest only of
 * what a mail system wrote, and touches nothing but bounces of our own. These it marks as read or moves, once they are stored;
 * it deletes nothing. What is read twice is one report: it is dated by when the mail came in.
 */
export class BounceMailbox {
  private readonly waits: NonNullable<BounceMailboxOptions['waits']>;
  private readonly ending = new AbortController();
  private readonly running: Promise<void>;
  /** Up to where the mailbox was looked through; its numbers hold while `validity` stays the same (RFC 9051, 2.3.1.1). */
  private place = { validity: -1n, uid: 0 };
  private problem: string | null | undefined;

  constructor(private readonly options: BounceMailboxOptions) {
    this.waits = options.waits ?? usualWaits;
    this.running = this.run();
  }

  async close(): Promise<void> {
    this.ending.abort();
    await this.running;
  }

  private get now(): Date {
    return this.options.now?.() ?? new Date();
  }

  private async run(): Promise<void> {
    let wait = this.waits.retryMs;
    while (!this.ending.signal.aborted) {
      const wasWell = await this.session();
      wait = wasWell ? this.waits.retryMs : Math.min(wait * 2, this.waits.mostRetryMs);
      await this.pause(wait);
    }
  }

  /** One connection, until it ends. True where the mailbox could be looked through. */
  private async session(): Promise<boolean> {
    const client = openClient(this.options);
    const end = () => client.close();
    this.ending.signal.addEventListener('abort', end);
    let isWell = false;
    try {
      await client.connect();
      await client.mailboxOpen(pathOf(this.options.folder));
      const news = new News(client);
      for (;;) {
        await this.takeNew(client);
        isWell = true;
        this.state(null);
        await news.wait(this.waits.pollMs);
      }
    } catch (error) {
      if (!this.ending.signal.aborted) this.state(error instanceof NotStored ? notStored : mailboxSentence(error));
    } finally {
      this.ending.signal.removeEventListener('abort', end);
      client.close();
    }
    return isWell;
  }

  private state(problem: string | null): void {
    if (problem !== this.problem) this.options.onState?.(problem);
    this.problem = problem;
  }

  private async takeNew(client: ImapFlow): Promise<void> {
    const { mailbox } = client;
    if (!mailbox) throw new Error('folder is closed');
    if (mailbox.uidValidity !== this.place.validity) this.place = { validity: mailbox.uidValidity, uid: 0 };
    const since = new Date(this.now.getTime() - bounceDays * 86_400_000);
    const found = await client.search({ uid: `${this.place.uid + 1}:*`, since }, { uid: true });
    // A range that ends in * always holds the last mail.
    const uids = (found || []).filter((uid) => uid > this.place.uid).sort((a, b) => a - b);
    for (let at = 0; at < uids.length; at += atOnce) {
      const heads = await client.fetchAll(uids.slice(at, at + atOnce).join(','), whatOfHeads, { uid: true });
      for (const head of heads.sort((a, b) => a.uid - b.uid)) {
        await this.takeOne(client, head);
        this.place.uid = Math.max(this.place.uid, head.uid);
      }
    }
  }

  private async takeOne(client: ImapFlow, { uid, headers, flags, internalDate }: FetchMessageObject): Promise<void> {
    const head = readMime(headers ?? Buffer.alloc(0));
    const sender = senderOf(head);
    if (flags?.has(taken) || !mayBeBounce(head, sender)) return;
    const whole = await client.fetchOne(String(uid), { source: { maxLength: mostBytes } }, { uid: true });
    const news = whole && whole.source ? readBounceSafely(whole.source, sender) : null;
    const deliveryId = news && deliveryNamed(head, news, this.now, this.options.ways);
    if (!news || !deliveryId) return;
    const cameIn = internalDate === undefined ? this.now : new Date(internalDate);
    const isOurs = await this.options.onReport(reportOf(deliveryId, news, cameIn)).catch(() => {
      throw new NotStored();
    });
    if (isOurs) await this.putAway(client, uid);
  }

  /** Without MOVE a move is a copy and an expunge, which would take along what a person has marked to be deleted. */
  private async putAway(client: ImapFlow, uid: number): Promise<void> {
    const { doneFolder } = this.options;
    if (client.mailbox && client.mailbox.readOnly) return;
    if (doneFolder !== null && (client.capabilities.has('MOVE') || client.capabilities.has('IMAP4rev2'))) {
      const path = pathOf(doneFolder);
      if (await client.messageMove(String(uid), path, { uid: true })) return;
      await client.mailboxCreate(path).catch(() => undefined);
      if (await client.messageMove(String(uid), path, { uid: true })) return;
    }
    await client.messageFlagsAdd(String(uid), ['\\Seen', taken], { uid: true });
  }

  private pause(ms: number): Promise<void> {
    const { signal } = this.ending;
    return new Promise((done) => {
      if (signal.aborted) return done();
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', () => (clearTimeout(timer), done()), { once: true });
    });
  }
}

/** The bounce stays where it is, and is looked at again. */
class NotStored extends Error {}
const notStored = '退信暂时无法登记，仍留在邮箱里，稍后自动重试。';

/** Connects, logs in and opens the folder; a Chinese sentence where that fails. */
export async function checkMailbox(settings: MailboxSettings): Promise<string | null> {
  const client = openClient(settings);
  try {
    await client.connect();
    await client.mailboxOpen(pathOf(settings.folder), { readOnly: true });
    return null;
  } catch (error) {
    return mailboxSentence(error);
  } finally {
    client.close();
  }
}

/** A folder in a folder, as settings write it; servers divide them by characters of their own. */
const pathOf = (folder: string): string[] => folder.split('/');

/** Neither changes what people see as unread (BODY.PEEK). */
const whatOfHeads = {
  ...{ uid: true, flags: true, internalDate: true },
  headers: ['from', 'return-path', 'content-type', ...addresseeHeaders],
};

/** Wakes up when the server tells of mail, after a while, or with an error when the connection ended. */
class News {
  private isThere = false;
  private wake: (error?: Error) => void = () => undefined;

  constructor(private readonly client: ImapFlow) {
    client.on('exists', () => {
      this.isThere = true;
      this.wake();
    });
    client.on('close', () => this.wake(ended));
  }

  async wait(ms: number): Promise<void> {
    if (!this.isThere) {
      await new Promise<void>((done, fail) => {
        if (!this.client.usable) return fail(ended);
        const timer = setTimeout(done, ms);
        this.wake = (error) => (clearTimeout(timer), error ? fail(error) : done());
        this.client.idle().catch(() => undefined);
      });
    }
    this.isThere = false;
  }
}

const ended = new Error('the connection ended');

function openClient({ host, port, encryption, user, password, ca }: MailboxSettings): ImapFlow {
  const client = new ImapFlow({
    ...{
      host,
      port,
      secure: encryption === 'tls',
      auth: { user, pass: password },
      logger: false,
      disableAutoIdle: true,
    },
    // Without it a server that offers no STARTTLS would be given the password in clear.
    ...(encryption === 'starttls' ? { doSTARTTLS: true } : {}),
    tls: { ...(ca === null ? {} : { ca }), minVersion: 'TLSv1.2' },
    ...{ connectionTimeout: 30_000, greetingTimeout: 30_000, socketTimeout: 300_000 },
    ...{ maxLineLength: 4_000_000, maxLiteralSize: 4_000_000, maxResponseSize: 8_000_000 },
    clientInfo: { name: 'kuaibao' },
  });
  // Heard where it matters, as the failure of what was asked; unheard, the event would end the process.
  client.on('error', () => undefined);
  return client;
}
