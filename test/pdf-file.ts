import { deflateSync } from 'node:zlib';

/** Text at a place on a page, in points from its left and upper edge. */
export interface PdfText {
  text: string;
  x: number;
  y: number;
  size?: number;
  /** `1 0 0 rg` and the like, before the text is shown. */
  state?: string;
  font?: 'song' | 'bold' | 'gbk' | 'mute';
  /** Cosine and sine of the direction it is written in. */
  turned?: readonly [number, number];
}

export interface PdfFile {
  pages: readonly (readonly PdfText[])[];
  /** Objects, numbered from 100 on; `101 0 R` is the second. */
  more?: readonly (string | Buffer)[];
  /** Entries of the catalog, of each page, of the trailer. */
  catalog?: string;
  page?: string;
  trailer?: string;
  resources?: string;
  /** Instead of the stream that shows the texts of the first page. */
  content?: Buffer;
}

export const pageWidth = 595;
export const pageHeight = 842;
const firstOfMore = 100;

/** Letters of Adobe-GB1 that no file brings along, as Chinese programs before 2010 write them; and one that says nothing. */
const fonts = {
  song: '/Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H',
  bold: '/Type0 /BaseFont /SimHei /Encoding /UniGB-UTF16-H',
  gbk: '/Type0 /BaseFont /SimSun /Encoding /GBK-EUC-H',
  mute: '/Type0 /BaseFont /AAAAAA+SimSun /Encoding /Identity-H',
} as const;
const fontNames = Object.keys(fonts) as (keyof typeof fonts)[];

export const utf16 = (text: string): string => `<${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;
/** A string as properties have it, with the mark of UTF-16 in front. */
export const words = (text: string): string => `<feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;

function shown({ text, x, y, size = 12, state = '', font = 'song', turned = [1, 0] }: PdfText): string {
  const [cos, sin] = turned;
  return `q ${state} BT /${font} ${size} Tf ${cos} ${sin} ${-sin} ${cos} ${x} ${pageHeight - y} Tm ${utf16(text)} Tj ET Q`;
}

/** A PDF in which each text stands where it is said. */
export function pdfFile({
  pages,
  more = [],
  catalog = '',
  page = '',
  trailer = '',
  resources = '',
  content,
}: PdfFile): Buffer {
  const objects = new Map<number, Buffer>();
  const put = (id: number, body: string | Buffer): void => void objects.set(id, Buffer.from(body));
  const kids = pages.map((_page, at) => `${30 + at * 2} 0 R`).join(' ');
  put(1, `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`);
  put(2, `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  fontNames.forEach((name, at) => {
    const base = /BaseFont (\S+)/.exec(fonts[name])![1]!;
    const ordering = name === 'mute' ? 'Identity' : 'GB1';
    put(10 + at, `<< /Type /Font /Subtype ${fonts[name]} /DescendantFonts [${14 + at} 0 R] >>`);
    put(
      14 + at,
      `<< /Type /Font /Subtype /CIDFontType0 /BaseFont ${base} /CIDSystemInfo << /Registry (Adobe) /Ordering (${ordering}) /Supplement 4 >> /DW 1000 /W [1 95 500 814 939 500] /FontDescriptor ${18 + at} 0 R >>`,
    );
    put(
      18 + at,
      `<< /Type /FontDescriptor /FontName ${base} /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /StemV 90 >>`,
    );
  });
  const known = `/Resources << /Font << ${fontNames.map((name, at) => `/${name} ${10 + at} 0 R`).join(' ')} >> ${resources} >>`;
  pages.forEach((texts, at) => {
    put(
      30 + at * 2,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${pageWidth} ${pageHeight}] ${known} /Contents ${31 + at * 2} 0 R ${page} >>`,
    );
    put(31 + at * 2, (at === 0 && content) || stream(Buffer.from(texts.map(shown).join('\n'))));
  });
  more.forEach((body, at) => put(firstOfMore + at, body));
  return assembled(objects, trailer);
}

/** A stream, packed as often as is said. */
export function stream(content: Buffer, times = 1, entries = ''): Buffer {
  let packed = content;
  for (let time = 0; time < times; time += 1) packed = deflateSync(packed, { level: 9 });
  const filter = times === 0 ? '' : `/Filter [${'/FlateDecode '.repeat(times)}]`;
  return Buffer.concat([
    Buffer.from(`<< ${entries} ${filter} /Length ${packed.length} >>\nstream\n`),
    packed,
    Buffer.from('\nendstream'),
  ]);
}

function assembled(objects: ReadonlyMap<number, Buffer>, trailer: string): Buffer {
  const parts = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const places = new Map<number, number>();
  let length = parts[0]!.length;
  for (const [id, body] of objects) {
    places.set(id, length);
    const part = Buffer.concat([Buffer.from(`${id} 0 obj\n`), body, Buffer.from('\nendobj\n')]);
    parts.push(part);
    length += part.length;
  }
  const highest = Math.max(...objects.keys());
  const rows = Array.from({ length: highest + 1 }, (_, id) => {
    const place = places.get(id);
    return place === undefined ? '0000000000 65535 f \n' : `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const end = `xref\n0 ${highest + 1}\n${rows.join('')}trailer\n<< /Size ${highest + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${length}\n%%EOF\n`;
  return Buffer.concat([...parts, Buffer.from(end)]);
}

/** Lines of a text one below the other, wrapped at the right edge as programs do; a form feed begins a page. */
export function asPdfFile(text: string, more: Partial<PdfFile> = {}): Buffer {
  const [left, top, size, onPage] = [72, 90, 12, 38];
  const pages: PdfText[][] = [[]];
  for (const row of text.split(/\r?\n/)) {
    if (row.includes('\f')) pages.push([]);
    for (const line of wrapped(row.replaceAll('\f', ''))) {
      if (pages.at(-1)!.length === onPage) pages.push([]);
      const lines = pages.at(-1)!;
      lines.push({ text: line, x: left, y: top + lines.length * 18, size });
    }
  }
  return pdfFile({ pages, ...more });
}

const letterHeights = 37;
/** What is not parted: words and figures, marks from the letter before them, brackets from the letter behind. */
const unparted = /[（《“‘【〔]*(?:[\w.%]+|[^])[，。、；：！？）》”’】〕]*/gu;
const widthOf = (text: string): number => [...text].reduce((sum, letter) => sum + (letter > '~' ? 1 : 0.5), 0);

function wrapped(row: string): string[] {
  const lines = [''];
  for (const [piece] of row.matchAll(unparted))
    if (widthOf(lines.at(-1)! + piece) > letterHeights && lines.at(-1) !== '') lines.push(piece);
    else lines[lines.length - 1] += piece;
  return lines;
}
