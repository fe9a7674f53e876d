import { inflateRawSync } from 'node:zlib';

/** What a file is refused for; the sentence is for the user. */
export class SheetRefused extends Error {}

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const mostEntries = 1000;

interface ZipEntry {
  name: string;
  method: number;
  encrypted: boolean;
  packed: Buffer;
}

/**
 * Inflates every entry of a zip under one limit, so that a small file cannot unfold into gigabytes: sizes that the
 * directory states are not believed.
 *
 * @param visit gets each entry's content, which is dropped afterwards
 * @throws SheetRefused when it is damaged, encrypted or larger than `largest` inflated
 */
export function visitZip(bytes: Buffer, largest: number, visit: (name: string, content: Buffer) => void): void {
  let left = largest;
  for (const { name, method, encrypted, packed } of directory(bytes)) {
    if (encrypted) throw new SheetRefused('文件设有打开密码。请在 Excel 或 WPS 中取消密码，另存后再导入。');
    const content = inflated(method, packed, left);
    left -= content.length;
    visit(name, content);
  }
}

function inflated(method: number, packed: Buffer, left: number): Buffer {
  try {
    if (method === 0 && packed.length <= left) return packed;
    if (method === 8 && left > 0) return inflateRawSync(packed, { maxOutputLength: left });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw damaged();
  }
  if (method !== 0 && method !== 8) throw damaged();
  throw new SheetRefused('文件展开后太大，没有读取。请只保留名单所在的工作表，删去图片和多余的格式后再导入。');
}

function directory(bytes: Buffer): ZipEntry[] {
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'));
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== endOfDirectory) throw damaged();
  const count = bytes.readUInt16LE(end + 10);
  if (count > mostEntries) throw damaged();
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== directoryEntry) throw damaged();
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength!),
      method: bytes.readUInt16LE(at + 10),
      encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      packed: packedContent(bytes, bytes.readUInt32LE(at + 42), bytes.readUInt32LE(at + 20)),
    });
    at += 46 + nameLength! + extraLength! + commentLength!;
  }
  return entries;
}

function packedContent(bytes: Buffer, header: number, length: number): Buffer {
  if (header + 30 > bytes.length) throw damaged();
  const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  if (start + length > bytes.length) throw damaged();
  return bytes.subarray(start, start + length);
}

export const damaged = (): SheetRefused =>
  new SheetRefused('文件已损坏，无法打开。请在 Excel 或 WPS 中打开原文件，另存为 .xlsx 后再导入。');
