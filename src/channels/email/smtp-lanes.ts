import type { Letter } from './mail-transport.js';
import type { SmtpConnection } from './smtp-connection.js';
import type { SmtpFault } from './smtp-link.js';
import { messagesPerConnection, type SmtpPool } from './smtp-pool.js';

/** Sends what `next` gives until it gives nothing, on at most `limit` connections. */
export async function sendOnLanes(pool: SmtpPool, limit: number, next: () => Letter | undefined): Promise<void> {
  await Promise.all(Array.from({ length: Math.max(1, limit) }, () => sendOnLane(pool, next)));
}

async function sendOnLane(pool: SmtpPool, next: () => Letter | undefined): Promise<void> {
  let stranded = false;
  for (let letter = next(); letter;) {
    // A letter whose connection ended under it before the message left gets one more try, on a connection never used.
    const connection = await pool.take(stranded);
    if ('code' in connection) {
      letter.settled({ fault: connection, messageBegun: false });
      [letter, stranded] = [next(), false];
      continue;
    }
    const left = await sendOnConnection(connection, letter, next);
    pool.giveBack(connection);
    [letter, stranded] = [left ?? next(), left !== undefined];
  }
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
  const follow = (): Letter | undefined => {
    const following = mayGoOn(connection) ? next() : undefined;
    if (following) begun = connection.begin(following.mail);
    return following;
  };
  while (letter) {
    const refused: SmtpFault | null = await begun;
    let following: Letter | undefined;
    if (refused) {
      if (isUsed && hasLeft(connection, refused)) return letter;
      letter.settled({ fault: refused, messageBegun: false });
      following = follow();
    } else if (letter.isStopped()) {
      // The answer to the message before may have taken longer than this one's right to leave. "Go on" has been said: only
      // a closed link takes that back.
      connection.drop();
      letter.settled('notStarted');
    } else {
      const finished = connection.finish(letter.mail);
      const early = connection.pipelines;
      if (early) following = follow();
      const fault: SmtpFault | null = await finished;
      letter.settled(fault ? { fault, messageBegun: true } : 'taken');
      if (!early) following = follow();
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
