import { command, type Frame, headerBytes } from './cmpp-packet.js';

/** Above any packet there is: a DELIVER has some 300 bytes. */
const longest = 4096;
const known: ReadonlySet<number> = new Set(Object.values(command));

/** What came cannot be a packet; whatever follows cannot be found its beginning of. The link must be closed. */
export class FrameError extends Error {}

/** Whole packets out of a stream, however the network cuts it, in memory that never grows, whatever a length field says. */
export class FrameReader {
  private readonly buffer = Buffer.alloc(longest);
  private used = 0;

  /** @throws FrameError also on every later call */
  *read(chunk: Buffer): Generator<Frame> {
    for (let at = 0; at < chunk.length;) {
      const wanted = this.wanted();
      const taken = chunk.copy(this.buffer, this.used, at, at + wanted - this.used);
      this.used += taken;
      at += taken;
      if (this.used < this.wanted()) continue;
      const frame = {
        command: this.buffer.readUInt32BE(4),
        sequence: this.buffer.readUInt32BE(8),
        body: Buffer.from(this.buffer.subarray(headerBytes, this.used)),
      };
      this.used = 0;
      yield frame;
    }
  }

  /** How many bytes must be there before more can be said; the packet's length once that is known. */
  private wanted(): number {
    if (this.used < 4) return 4;
    const length = this.buffer.readUInt32BE(0);
    if (length < headerBytes || length > longest) throw new FrameError(`a packet of ${length} bytes`);
    if (this.used < 8) return 8;
    const id = this.buffer.readUInt32BE(4);
    if (!known.has(id & 0x7fff_ffff)) throw new FrameError(`command ${id.toString(16)}`);
    return length;
  }
}
