import { crc32, deflateRawSync } from 'node:zlib';

/** An entry as it is written; what it says of itself may be wrong. */
export interface ZipFileEntry {
  content: Buffer | string;
  /** Of the unpacked content, as the entry states it. */
  statedSize?: number;
  /** Bit 0: encrypted. */
  flags?: number;
}

/** A zip, packed fast: it only has to unfold. */
export function zipFile(entries: Readonly<Record<string, ZipFileEntry | string>>): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, given] of Object.entries(entries)) {
    const { content, flags = 0, ...entry } = typeof given === 'string' ? { content: given } : given;
    const [name, bytes] = [Buffer.from(path), Buffer.from(content)];
    const packed = deflateRawSync(bytes, { level: 1 });
    const { statedSize = bytes.length } = entry as Pick<ZipFileEntry, 'statedSize'>;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    const head = Buffer.alloc(46);
    head.writeUInt32LE(0x02014b50, 0);
    // The directory repeats what stands in front of the content, two bytes later.
    for (const [header, shift] of [
      [local, 0],
      [head, 2],
    ] as const) {
      header.writeUInt16LE(flags, shift + 6);
      header.writeUInt16LE(8, shift + 8);
      header.writeUInt32LE(crc32(bytes), shift + 14);
      header.writeUInt32LE(packed.length, shift + 18);
      header.writeUInt32LE(statedSize, shift + 22);
      header.writeUInt16LE(name.length, shift + 26);
    }
    head.writeUInt32LE(offset, 42);
    files.push(local, name, packed);
    directory.push(head, name);
    offset += local.length + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length / 2, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
}
