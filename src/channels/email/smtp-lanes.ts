import { messagesPerConnection, type SmtpPool } from './smtp-pool.js';
import type { SmtpConnection, SmtpMail } from './smtp-connection.js';
import type { SmtpFault } from './smtp-link.js';

export interface Letter {
  mail: SmtpMail;
  /** Called once; `messageBegun` tells whether a byte of the message had left. */
  settled(fault: SmtpFault | null, messageBegun: boolean): void;
}

/** Sends what `next` gives until it gives nothing, on at most `limit` connections. */
export async function sendOnLanes(pool: SmtpPool, limit: number, next: () => Letter | undefined): Promise<void> {
  await Promise.all(Array.from({ length: Math.max(1, limit) }, () => sendOnLane(pool, next)));
}

async function sendOnLane(pool: SmtpPool, next: () => Letter | undefined): Promise<void> {
  for (let letter = next(); letter;) {
    const connection = await pool.take();
    if ('code' in connection) {
      letter.settled(connection, false);
      letter = next();
      continue;
    }
    const stranded = await sendOnConnection(connection, letter, next);
    pool.giveBack(connection);
    letter = stranded ? await sendOnFresh(pool, stranded, next) : next();
  }
}

/** A letter whose connection ended under it before the message left gets one more try. */
async function sendOnFresh(
  pool: SmtpPool,
  letter: Letter,
  next: () => Letter | undefined,
): Promise<Letter | undefined> {
  const connection = await pool.take(true);
  if ('code' in connection) {
    letter.settled(connection, false);
    return next();
  }
  const stranded = await sendOnConnection(connection, letter, next);
  pool.giveBack(connection);
  return stranded ?? next();
}

/**
 * Letter after letter until there is none, or the connection has ended or done its share. The next transaction begins in
 * the same write as the message before it (RFC 2920 allows that in so many words). Returns a letter that was begun on a
 * connection used before and found it gone.
 */
async function sendOnConnection(
  connection: SmtpConnection,
  first: Letter,
  next: () => Letter | undefined,
): Promise<Letter | undefined> {
  let letter: Letter | undefined = first;
  let isUsed = connection.begun > 0;
  let begun = connection.begin(first.mail);
  while (letter) {
    const refused: SmtpFault | null = await begun;
    let following: Letter | undefined;
    if (refused) {
      if (isUsed && hasLeft(connection, refused)) return letter;
      letter.settled(refused, false);
      if (mayGoOn(connection)) following = next();
      if (following) begun = connection.begin(following.mail);
    } else {
      const finished = connection.finish(letter.mail);
      const early = connection.pipelines && mayGoOn(connection);
      if (early) following = next();
      if (following) begun = connection.begin(following.mail);
      letter.settled(await finished, true);
      if (!early && mayGoOn(connection)) {
        following = next();
        if (following) begun = connection.begin(following.mail);
      }
    }
    isUsed = true;
    letter = following;
  }
  return undefined;
}

const mayGoOn = (connection: SmtpConnection) => !connection.hasEnded && connection.begun < messagesPerConnection;

/** The server closed without a word about this letter; 421 speaks of the connection, not of the letter. */
function hasLeft(connection: SmtpConnection, fault: SmtpFault): boolean {
  const aboutTheLink = fault.responseCode === undefined || (fault.responseCode === 421 && fault.command !== 'DATA');
  return connection.hasEnded && aboutTheLink && fault.code !== 'ETIMEDOUT' && fault.code !== 'EPROTOCOL';
}
