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

const AS_DOCX = '请在 Word 或 WPS 中打开，另存为 .docx 再导入；或者打开后全选、复制，粘贴到导入页的“粘贴全文”一栏';
const PICTURE = {
  name: '图片',
  mend: '图片里的文字不能导入。请用排版前的 Word 或 WPS 文件（.docx），或者先做文字识别，核对后粘贴全文',
};
const ARCHIVE = { name: '压缩文件', mend: '请解压后选择其中的 .docx、.pdf 或 .txt 文件' };
const OTHER = '请选择简报的 .docx、.pdf 或 .txt 文件';

/** Leading bytes, as the formats' own documents state them. */
const CONTAINERS: readonly { magic: readonly number[]; name: string; mend: string }[] = [
  { magic: [0x50, 0x4b, 0x03, 0x04], name: 'Word（.docx）或压缩文件', mend: AS_DOCX },
  { magic: [0x25, 0x50, 0x44, 0x46], name: 'PDF 文件', mend: AS_DOCX },
  { magic: [0x7b, 0x5c, 0x72, 0x74, 0x66], name: 'RTF 文件', mend: AS_DOCX },
  { magic: [0x89, 0x50, 0x4e, 0x47], ...PICTURE },
  { magic: [0xff, 0xd8, 0xff], ...PICTURE },
  { magic: [0x47, 0x49, 0x46, 0x38], ...PICTURE },
  { magic: [0x49, 0x49, 0x2a, 0x00], ...PICTURE },
  { magic: [0x4d, 0x4d, 0x00, 0x2a], ...PICTURE },
  { magic: [0x52, 0x61, 0x72, 0x21, 0x1a], ...ARCHIVE },
  { magic: [0x37, 0x7a, 0xbc, 0xaf], ...ARCHIVE },
  { magic: [0x1f, 0x8b], ...ARCHIVE },
  { magic: [0xff, 0xfe], name: 'UTF-16（记事本中称“Unicode”）编码的文本', mend: '请另存为 UTF-8 编码后再导入' },
  { magic: [0xfe, 0xff], name: 'UTF-16（记事本中称“Unicode”）编码的文本', mend: '请另存为 UTF-8 编码后再导入' },
];

const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];

/** Compound files ([MS-CFB]) by the name of a stream in them; WPS writes .wps like .doc. */
const STREAMS: readonly { stream: string; name: string; mend: string }[] = [
  { stream: 'EncryptedPackage', name: '设有打开密码的文件', mend: '请在 Word 或 WPS 中取消密码，另存后再导入' },
  { stream: 'WordDocument', name: '旧版 Word 文件（.doc），或者 WPS 文字文件（.wps）', mend: AS_DOCX },
  { stream: 'Workbook', name: '旧版 Excel 表格（.xls）', mend: OTHER },
  { stream: 'PowerPoint Document', name: '演示文稿（.ppt）', mend: OTHER },
];
const OLD_FILE = { name: '旧版 Office 或 WPS 文件（.doc、.wps）', mend: AS_DOCX };

const utf16Bytes = (text: string): Uint8Array =>
  Uint8Array.from([...text].flatMap((letter) => [letter.charCodeAt(0), 0]));

function includesBytes(bytes: Uint8Array, wanted: Uint8Array): boolean {
  for (let at = bytes.indexOf(wanted[0] ?? 0); at >= 0; at = bytes.indexOf(wanted[0] ?? 0, at + 1))
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return true;
  return false;
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, index) => bytes[index] === byte);

function containerOf(bytes: Uint8Array): { name: string; mend: string } | undefined {
  if (startsWith(bytes, COMPOUND))
    return STREAMS.find(({ stream }) => includesBytes(bytes, utf16Bytes(stream))) ?? OLD_FILE;
  if (startsWith(bytes, [0x42, 0x4d]) && bytes.subarray(0, 16).includes(0)) return PICTURE;
  return CONTAINERS.find(({ magic }) => startsWith(bytes, magic));
}

/** Chinese reason why these bytes cannot be plain text, or null. */
export function notPlainText(bytes: Uint8Array): string | null {
  const container = containerOf(bytes);
  if (container) return `这是${container.name}，不是可以直接读取的纯文本。${container.mend}。`;
  if (bytes.includes(0))
    return '文件内容不是文本（含有空字节），可能选错了文件。请选择简报的 .txt 文件，或者粘贴全文。';
  return null;
}
