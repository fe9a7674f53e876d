import type { Letter, MailServer, MailTransport } from './mail-transport.js';
import { sendOnLanes } from './smtp-lanes.js';
import { SmtpPool } from './smtp-pool.js';

/** Our own client: one round trip a mail where the server offers PIPELINING, command by command where it does not. */
export class PipelinedTransport implements MailTransport {
  private readonly pool: SmtpPool;

  constructor(server: MailServer) {
    this.pool = new SmtpPool(server);
  }

  send(next: () => Letter | undefined, limit: number): Promise<void> {
    return sendOnLanes(this.pool, limit, next);
  }

  async check(): Promise<{ fault: unknown } | null> {
    const connection = await this.pool.take(true);
    if ('code' in connection) return { fault: connection };
    this.pool.giveBack(connection);
    return null;
  }

  close(): void {
    this.pool.close();
  }
}
