import { SmtpConnection, type SmtpServer } from './smtp-connection.js';
import type { SmtpFault } from './smtp-link.js';

/** Many servers end a session after this many messages. */
export const messagesPerConnection = 100;

/** Servers hang up on the idle after some minutes; leaving first avoids finding out in the middle of a message. */
const idleMs = 20_000;

/** Open connections between uses. */
export class SmtpPool {
  private readonly idle: { connection: SmtpConnection; leave: NodeJS.Timeout }[] = [];
  private closed = false;

  constructor(private readonly server: SmtpServer) {}

  /** `fresh` asks for one that was never used. */
  async take(fresh = false): Promise<SmtpConnection | SmtpFault> {
    const waiting = fresh ? undefined : this.idle.pop();
    if (waiting) clearTimeout(waiting.leave);
    const connection = waiting?.connection ?? (await SmtpConnection.open(this.server));
    if ('code' in connection) return connection;
    if (this.closed) {
      connection.quit();
      return { code: 'ECONNECTION', command: 'CONN' };
    }
    connection.onEnd = () => this.forget(connection);
    return connection;
  }

  giveBack(connection: SmtpConnection): void {
    if (connection.hasEnded) return;
    if (this.closed || connection.begun >= messagesPerConnection) return connection.quit();
    const leave = setTimeout(() => connection.quit(), idleMs);
    this.idle.push({ connection, leave });
  }

  /** Those in use are closed when they are given back. */
  close(): void {
    this.closed = true;
    for (const { connection, leave } of [...this.idle]) {
      clearTimeout(leave);
      connection.quit();
    }
  }

  private forget(connection: SmtpConnection): void {
    const place = this.idle.findIndex((each) => each.connection === connection);
    if (place === -1) return;
    clearTimeout(this.idle[place]?.leave);
    this.idle.splice(place, 1);
  }
}
