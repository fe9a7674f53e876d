import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startEmbeddedPostgres } from '../../dist/platform/embedded-postgres.js';

/** A durable PostgreSQL apart from the service, which can lose its power and comes back on the same port. */
export class OutsidePostgres {
  url = '';
  restarting = Promise.resolve();

  constructor(folder, port) {
    this.folder = folder;
    this.port = port;
  }

  async start() {
    const deadline = Date.now() + 60_000;
    for (;;) {
      try {
        this.server = await startEmbeddedPostgres({ folder: this.folder, port: this.port, durable: true });
        this.url = this.server.url;
        return;
      } catch (error) {
        // The memory of the killed one is in use until its last process has noticed.
        if (Date.now() > deadline) throw error;
        await wait(100);
      }
    }
  }

  /** SIGKILL to the postmaster and another start after `downMs`. False while it is down. */
  kill(downMs) {
    if (this.down) return false;
    this.down = true;
    process.kill(
      Number(readFileSync(join(this.folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]),
      'SIGKILL',
    );
    this.restarting = wait(downMs)
      .then(() => this.start())
      .then(() => (this.down = false));
    return true;
  }

  async stop() {
    await this.restarting.catch(() => undefined);
    await this.server?.stop();
  }
}
