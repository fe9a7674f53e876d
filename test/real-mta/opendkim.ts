import { writeFileSync } from 'node:fs';
import type { DkimRecord } from '../../src/channels/email/dkim-keys.js';
import { freePort } from '../e2e/open-service.js';
import { ServerFolder, ServerProcess } from './server-process.js';

/** Debian's opendkim, which writes what it thinks of each signature into Authentication-Results. */
export class Opendkim {
  private constructor(
    private readonly folder: ServerFolder,
    private readonly server: ServerProcess,
    readonly port: number,
  ) {}

  /** @param records what DNS would answer */
  static async start(program: string, records: readonly DkimRecord[]): Promise<Opendkim> {
    const folder = new ServerFolder();
    const port = await freePort();
    writeFileSync(folder.at('dns'), records.map(({ name, value }) => `${name} ${value}\n`).join(''));
    writeFileSync(
      folder.at('conf'),
      [
        'Mode v',
        `Socket inet:${port}@127.0.0.1`,
        'Syslog no',
        // All mail comes from this machine, which would make it our own, to be signed.
        'InternalHosts 192.0.2.1',
        `TestDNSData file:${folder.at('dns')}`,
        'AlwaysAddARHeader yes',
        'AuthservID verifier.test',
        '',
      ].join('\n'),
    );
    const server = await ServerProcess.start(program, ['-f', '-x', folder.at('conf')], [port]);
    return new Opendkim(folder, server, port);
  }

  async close(): Promise<void> {
    await this.server.stop();
    this.folder.remove();
  }
}
