import { Inflate } from 'fflate';
import { damaged, locked, tooLarge } from './file-fault.js';

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const localHeader = 0x04034b50;
const mostEntries = 2000;
/** Deflate unfolds a byte into at most 1,032: what one piece becomes always fits into memory. */
const pieceSize = 16 * 1024;

interface ZipEntry {
  method: number;
  encrypted: boolean;
  header: number;
  length: number;
}

/**
 * The entries of a zip by its directory, as office programs read it: what stands in front of the archive, or between entries, is
 * never looked at. Sizes that the directory states are not believed.
 */
export class ZipArchive {
  private readonly entries = new Map<string, ZipEntry>();
  private inflated = 0;

  /**
   * @param largest bytes that may come out of all entries together
   * @throws FileFault when there is no directory, or one that points outside the file
   */
  constructor(
    private readonly bytes: Buffer,
    private readonly largest: number,
  ) {
    this.readDirectory();
  }

  has(name: string): boolean {
    return this.entries.has(key(name));
  }

  /**
   * An entry's content, piece by piece: whoever stops asking stops the inflating.
   *
   * @throws FileFault when it is missing, damaged, encrypted, or larger than what is left
   */
  *pieces(name: string): Iterable<Uint8Array> {
    const entry = this.entries.get(key(name));
    if (entry === undefined) throw damaged();
    if (entry.encrypted) throw locked();
    const packed = this.packed(entry);
    const unpacked = entry.method === 0 ? slices(packed) : entry.method === 8 ? inflate(packed) : null;
    if (unpacked === null) throw damaged();
    for (const piece of unpacked) {
      this.inflated += piece.length;
      if (this.inflated > this.largest) throw tooLarge();
      yield piece;
    }
  }

  private packed({ header, length }: ZipEntry): Buffer {
    const { bytes } = this;
    if (header < 0 || header + 30 > bytes.length || bytes.readUInt32LE(header) !== localHeader) throw damaged();
    const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
    if (start + length > bytes.length) throw damaged();
    return bytes.subarray(start, start + length);
  }

  private readDirectory(): void {
    const { bytes } = this;
    const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'));
    if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== endOfDirectory) throw damaged();
    const count = bytes.readUInt16LE(end + 10);
    if (count > mostEntries) throw damaged();
    const stated = bytes.readUInt32LE(end + 16);
    // Offsets count from the archive's own start, in front of which other bytes may stand.
    const behind = end - bytes.readUInt32LE(end + 12);
    let at = startsEntry(bytes, behind) ? behind : stated;
    const shift = at - stated;
    for (let index = 0; index < count; index += 1) {
      if (!startsEntry(bytes, at)) throw damaged();
      const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
      this.entries.set(key(bytes.toString('utf8', at + 46, at + 46 + nameLength!)), {
        method: bytes.readUInt16LE(at + 10),
        encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
        header: shift + bytes.readUInt32LE(at + 42),
        length: bytes.readUInt32LE(at + 20),
      });
      at += 46 + nameLength! + extraLength! + commentLength!;
    }
  }
}

const startsEntry = (bytes: Buffer, at: number): boolean =>
  at >= 0 && at + 46 <= bytes.length && bytes.readUInt32LE(at) === directoryEntry;

/** Names of parts are compared without regard to case (ECMA-376 part 2, 6.3.5); some programs write backslashes. */
const key = (name: string): string => name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();

function* slices(bytes: Buffer): Iterable<Uint8Array> {
  for (let from = 0; from < bytes.length; from += pieceSize) yield bytes.subarray(from, from + pieceSize);
}

function* inflate(packed: Buffer): Iterable<Uint8Array> {
  const out: Uint8Array[] = [];
  const stream = new Inflate((piece) => out.push(piece));
  for (let from = 0; from < packed.length || from === 0; from += pieceSize) {
    try {
      stream.push(packed.subarray(from, from + pieceSize), from + pieceSize >= packed.length);
    } catch (error) {
      throw damaged(error);
    }
    yield* out.splice(0);
  }
}
