import { isUtf8 } from 'node:buffer';

/**
 * A received mail taken apart, as far as a bounce needs it. Bounces are written by every kind of program and often cut off, so
 * nothing is an error: what cannot be read is empty. Work is linear in the size of the mail.
 */
export interface MimePart {
  /** Values in the order they stand, folded lines joined; names in lower case. */
  headers: ReadonlyMap<string, readonly string[]>;
  /** Lower case, `text/plain` when nothing is said. */
  type: string;
  /** Parameters of Content-Type, names in lower case. */
  parameters: Readonly<Record<string, string>>;
  /** The body with its transfer encoding undone; of a multipart the whole of it, undivided. */
  body: Buffer;
  /** Of a multipart only. A message inside a message is not opened: what it says, it says of something else. */
  parts: readonly MimePart[];
}

/** Deeper than any program nests; a mail made to be deep ends here. */
const deepest = 6;
const mostParts = 50;
const mostHeaderLines = 1000;

export function readMime(raw: Buffer, depth = 0): MimePart {
  const lines = raw.toString('latin1').split(/\r\n|\n|\r/);
  return readLines(lines, depth);
}

/** The first value of a header, encoded words decoded (RFC 2047); empty when there is none. */
export function headerText(part: MimePart, name: string): string {
  const value = part.headers.get(name)?.[0] ?? '';
  return decodeWords(decodeText(Buffer.from(value, 'latin1'), 'utf-8'));
}

/** The body as text, in the character set it names or, where that is missing or wrong, in the one it is in. */
export function bodyText(part: MimePart): string {
  return decodeText(part.body, part.parameters.charset ?? '');
}

function readLines(lines: readonly string[], depth: number): MimePart {
  const blank = lines.indexOf('');
  const end = blank === -1 ? lines.length : blank;
  const headers = readHeaders(lines.slice(0, Math.min(end, mostHeaderLines)));
  const { type, parameters } = readContentType(headers.get('content-type')?.[0] ?? '');
  const body = lines.slice(end + 1);
  const parts = type.startsWith('multipart/') && depth < deepest ? readParts(body, parameters.boundary, depth) : [];
  const encoding = headers.get('content-transfer-encoding')?.[0] ?? '';
  return { headers, type, parameters, body: undoEncoding(body.join('\n'), encoding), parts };
}

function readHeaders(lines: readonly string[]): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  let last: string[] | undefined;
  for (const line of lines) {
    if (/^[ \t]/.test(line)) {
      if (last) last[last.length - 1] += ` ${line.trim()}`;
      continue;
    }
    const [, name, value] = /^([!-9;-~]{1,80})[ \t]*:[ \t]*(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    last = headers.get(name.toLowerCase()) ?? [];
    last.push(value.trim());
    headers.set(name.toLowerCase(), last);
  }
  return headers;
}

function readContentType(value: string): { type: string; parameters: Record<string, string> } {
  const type = /^\s*([\w.+-]{1,60}\/[\w.+-]{1,60})/.exec(value)?.[1]?.toLowerCase() ?? 'text/plain';
  const parameters: Record<string, string> = {};
  for (const [, name, quoted, bare] of value.matchAll(
    /;\s{0,9}([\w*-]{1,40})\s{0,9}=\s{0,9}(?:"([^"]{0,300})"|([^\s;"]{1,300}))/g,
  ))
    parameters[name!.toLowerCase()] ??= (quoted ?? bare ?? '').trim();
  return { type, parameters };
}

/** Parts between boundary lines. Without a boundary in the header the first line that looks like one is taken for it. */
function readParts(lines: readonly string[], named: string | undefined, depth: number): MimePart[] {
  const boundary = named ? `--${named}` : lines.find((line) => /^--\S/.test(line))?.trimEnd();
  if (boundary === undefined) return [];
  const parts: MimePart[] = [];
  let start = -1;
  for (const [at, line] of lines.entries()) {
    if (!line.startsWith(boundary)) continue;
    const rest = line.slice(boundary.length).trimEnd();
    if (rest !== '' && rest !== '--') continue;
    if (start !== -1) parts.push(readLines(lines.slice(start, at), depth + 1));
    start = rest === '' ? at + 1 : -1;
    if (rest !== '' || parts.length >= mostParts) break;
  }
  if (start !== -1 && parts.length < mostParts) parts.push(readLines(lines.slice(start), depth + 1));
  return parts;
}

function undoEncoding(text: string, encoding: string): Buffer {
  const name = encoding.trim().toLowerCase();
  if (name === 'base64') return Buffer.from(text, 'base64');
  if (name !== 'quoted-printable') return Buffer.from(text, 'latin1');
  return quotedBytes(text.replace(/=[ \t]{0,9}\n/g, ''));
}

function quotedBytes(text: string): Buffer {
  return Buffer.from(
    text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );
}

/** Chinese systems name GBK, GB2312 or nothing and write GB18030, which holds both; whatever is sound UTF-8 is UTF-8. */
function decodeText(bytes: Buffer, charset: string): string {
  if (isUtf8(bytes) && !/^(?:iso-2022|utf-16|hz)/i.test(charset)) return bytes.toString('utf8');
  const named = /^(?:|us-ascii|ascii|utf-?8|unknown.*|gb.*|x-gbk|cp936|hz.*)$/i.test(charset) ? 'gb18030' : charset;
  try {
    return new TextDecoder(named).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

function decodeWords(value: string): string {
  return value
    .replace(/(\?=)\s{1,9}(?==\?)/g, '$1')
    .replace(/=\?([\w*-]{1,40})\?([bq])\?([^?]{0,900})\?=/gi, (_, charset: string, how: string, text: string) =>
      decodeText(
        how.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : quotedBytes(text.replaceAll('_', ' ')),
        charset.replace(/\*.*$/, ''),
      ),
    );
}
