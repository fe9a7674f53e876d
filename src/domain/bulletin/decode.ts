import type { TextEncoding } from './bulletin.js';

const UTF8_BOM = [0xef, 0xbb, 0xbf] as const;

function withoutUtf8Bom(bytes: Uint8Array): Uint8Array {
  return UTF8_BOM.every((byte, index) => bytes[index] === byte) ? bytes.subarray(UTF8_BOM.length) : bytes;
}

export function withoutBom(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/**
 * Strict UTF-8 first, then GB18030; a byte order mark of either kind is dropped. Bytes that GB18030 has no
 * character for become U+FFFD, which `parse.ts` reports. Some editors put a UTF-8 mark before GB text, so the
 * mark goes before the encoding is chosen.
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: TextEncoding } {
  const content = withoutUtf8Bom(bytes);
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
    return { text: withoutBom(text), encoding: 'utf-8' };
  } catch {
    return { text: withoutBom(new TextDecoder('gb18030').decode(content)), encoding: 'gb18030' };
  }
}

const CONTAINERS: readonly { magic: readonly number[]; name: string; mend: string }[] = [
  {
    magic: [0x50, 0x4b, 0x03, 0x04],
    name: 'Word（.docx）或压缩文件',
    mend: '请打开后全选、复制，粘贴到导入页的“粘贴全文”一栏；或者在 Word 或 WPS 中另存为“纯文本（.txt）”再导入',
  },
  {
    magic: [0xd0, 0xcf, 0x11, 0xe0],
    name: '旧版 Word（.doc）文件',
    mend: '请在 Word 或 WPS 中另存为 .docx 再导入；或者打开后全选、复制，粘贴到导入页的“粘贴全文”一栏',
  },
  {
    magic: [0x25, 0x50, 0x44, 0x46],
    name: 'PDF 文件',
    mend: '请打开后全选、复制，粘贴到导入页的“粘贴全文”一栏；扫描件没有文字，请用排版前的文件',
  },
  {
    magic: [0x7b, 0x5c, 0x72, 0x74, 0x66],
    name: 'RTF 文件',
    mend: '请在 Word 或 WPS 中另存为 .docx 再导入；或者打开后全选、复制，粘贴到导入页的“粘贴全文”一栏',
  },
  { magic: [0xff, 0xfe], name: 'UTF-16（记事本中称“Unicode”）编码的文本', mend: '请另存为 UTF-8 编码后再导入' },
  { magic: [0xfe, 0xff], name: 'UTF-16（记事本中称“Unicode”）编码的文本', mend: '请另存为 UTF-8 编码后再导入' },
];

/** Chinese reason why these bytes cannot be plain text, or null. */
export function notPlainText(bytes: Uint8Array): string | null {
  const container = CONTAINERS.find(({ magic }) => magic.every((byte, index) => bytes[index] === byte));
  if (container) return `这是${container.name}，不是可以直接读取的纯文本。${container.mend}。`;
  if (bytes.includes(0))
    return '文件内容不是文本（含有空字节），可能选错了文件。请选择简报的 .txt 文件，或者粘贴全文。';
  return null;
}
