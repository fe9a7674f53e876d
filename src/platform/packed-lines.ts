import { once } from 'node:events';
import { createGunzip, createGzip } from 'node:zlib';

/** Values as gzipped lines of JSON, for what is too large to stand in memory otherwise. */
export class LinePacker {
  // Level 1: half the time of the default for a tenth more.
  private readonly gzip = createGzip({ level: 1 });
  private readonly packed: Buffer[] = [];

  constructor() {
    this.gzip.on('data', (chunk: Buffer) => this.packed.push(chunk));
  }

  async add(value: unknown): Promise<void> {
    if (!this.gzip.write(`${JSON.stringify(value)}\n`)) await once(this.gzip, 'drain');
  }

  /** All of it; nothing can be added any more. */
  async end(): Promise<Buffer> {
    this.gzip.end();
    await once(this.gzip, 'end');
    return Buffer.concat(this.packed);
  }
}

export async function packLines(values: Iterable<unknown>): Promise<Buffer> {
  const packer = new LinePacker();
  for (const value of values) await packer.add(value);
  return packer.end();
}

/**
 * Not with node:readline: it takes a U+2028 inside a value for the end of a line, and hides a damaged stream.
 *
 * @throws Error when the bytes are not what `packLines` made
 */
export async function* unpackLines(packed: Uint8Array): AsyncIterable<unknown> {
  const unpacked = createGunzip();
  unpacked.end(packed);
  const decoder = new TextDecoder();
  // Pieces of a line that is not over yet; joined once, for a line may be a megabyte long.
  let line: string[] = [];
  for await (const chunk of unpacked) {
    const [rest = '', ...others] = decoder.decode(chunk as Buffer, { stream: true }).split('\n');
    line.push(rest);
    for (const other of others) {
      yield JSON.parse(line.join('')) as unknown;
      line = [other];
    }
  }
}
