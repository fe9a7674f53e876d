export type DocumentKind = 'zip' | 'pdf' | 'html';

/** A zip begins with its first entry, or with its end where it is empty (APPNOTE.TXT 4.3.7, 4.3.16); a text may begin with PK. */
const zipStarts = ['504b0304', '504b0506'];
/** Readers look for it in the first 1,024 bytes (ISO 32000-1, annex H.3, note 13). */
const pdfStart = /%PDF-\d\.\d/;
const searched = 1024;

/** What a file is by its bytes, whatever it is called; null where it may be text. Any zip: what is inside says whether it is a document. */
export function documentKind(bytes: Uint8Array): DocumentKind | null {
  const start = Buffer.from(bytes.subarray(0, searched));
  if (zipStarts.includes(start.toString('hex', 0, 4))) return 'zip';
  if (pdfStart.test(start.toString('latin1'))) return 'pdf';
  return isHtml(bytes, start) ? 'html' : null;
}

const pageStart =
  /^[\s\ufeff]*(?:<\?xml[^>]*>\s*)?(?:<!--[^]{0,500}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta)[\s>]/i;
const tagStart = /^[\s\ufeff]*<(?:!--|[a-z][a-z0-9:]*[\s>/])/i;
const lineTag = /<(?:\/(?:p|div|section|article|tr|li|h[1-6]|table|ul|ol|center)|br\s*\/?)>/gi;
const fewestTags = 2;

/** A page, or what was copied of one: it begins with a tag, and lines end with tags, not where they end in the file. */
function isHtml(bytes: Uint8Array, start: Buffer): boolean {
  const isUtf16 = start[0] === 0xff && start[1] === 0xfe;
  const beginning = start.toString(isUtf16 ? 'utf16le' : 'utf8');
  if (pageStart.test(beginning)) return true;
  if (isUtf16 || !tagStart.test(beginning)) return false;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const tags = text.match(lineTag)?.length ?? 0;
  const others = text.split('\n').filter((line) => !/^\s*(?:<|$)/.test(line));
  return tags >= fewestTags && tags * 2 > others.length;
}
