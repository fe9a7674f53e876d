// Reads a PDF back with pdf.js, in a process of its own: pdf.js changes the one it runs in. Standard input: the file; standard output:
// PrintedPages of printed-pages.ts as JSON.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';

const nothing = class {};
Object.assign(globalThis, { DOMMatrix: nothing, ImageData: nothing, Path2D: nothing });
Object.assign(console, { log: () => undefined, warn: () => undefined });
const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
const maps = join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'cmaps/');
const bytes = readFileSync(0);
const document = await getDocument({
  data: new Uint8Array(bytes),
  cMapUrl: maps,
  cMapPacked: true,
  useSystemFonts: false,
  verbosity: 0,
}).promise;
const { info } = await document.getMetadata();
const pages = [];
const fonts = new Set();
for (let number = 1; number <= document.numPages; number++) {
  const page = await document.getPage(number);
  await page.getOperatorList();
  const { items } = await page.getTextContent();
  for (const { fontName } of items) if (fontName) fonts.add(page.commonObjs.get(fontName).name);
  const lines = [];
  for (const { str, transform, height } of items) {
    if (str.trim() === '') continue;
    const last = lines.at(-1);
    const [, , , , x, y] = transform;
    if (last && Math.abs(last.y - y) < 4) last.text += str;
    else lines.push({ text: str, x, y, size: height });
  }
  lines.sort((a, b) => b.y - a.y);
  pages.push({ lines, text: items.map(({ str }) => str).join('') });
}
process.stdout.write(
  JSON.stringify({
    title: info.Title,
    author: info.Author,
    pdfa: /<pdfaid:part>2<.*<pdfaid:conformance>B</s.test(bytes.toString('latin1')),
    fonts: [...fonts],
    pages,
  }),
);
