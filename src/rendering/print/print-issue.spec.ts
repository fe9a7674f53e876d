import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printedPages, type PrintedPages } from '../../../test/printed-pages.js';
import { seedEdition } from '../testing/seed-edition.js';
import { issueData } from './print-data.js';
import { printIssue } from './print-issue.js';
import { typeset } from './typeset.js';

const folder = mkdtempSync(join(tmpdir(), 'fonts-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The packaged font under the name of one that an office would bring. */
function bringFangSong(): void {
  const packaged = createRequire(import.meta.url).resolve(
    '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  );
  const font = readFileSync(packaged);
  const tables = font.readUInt16BE(4);
  const at = Array.from({ length: tables }, (_, i) => 12 + 16 * i).find(
    (place) => font.toString('latin1', place, place + 4) === 'name',
  )!;
  const name = font.readUInt32BE(at + 8);
  const texts = name + font.readUInt16BE(name + 4);
  for (let record = name + 6; record < texts; record += 12) {
    const kind = font.readUInt16BE(record + 6);
    if (kind !== 1 && kind !== 6 && kind !== 16) continue;
    const wide = font.readUInt16BE(record) !== 1;
    const text = Buffer.from('FangSong', wide ? 'utf16le' : 'latin1');
    font.set(wide ? text.swap16() : text, texts + font.readUInt16BE(record + 10));
    font.writeUInt16BE(text.length, record + 8);
  }
  writeFileSync(join(folder, '仿宋.ttf'), font);
}

/** The same numbers for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const sentences = [
  '以解决城市内涝、提升排水效能为目标，',
  '加装“智慧井盖”监测设备500套，',
  '（含老城区）远程监测管网水位；',
  '处置率达326%，位居全省前列。',
];
const hostile =
  '#panic() $x_1$ *粗* _斜_ <标签> @引用 [括号] `码` \\n // 注释 -- ... "直引号" {花括号} 喆堃燚 😀 \u0007';

function longEdition() {
  const pick = numbers(14);
  const paragraph = (end: string) => Array.from({ length: 1 + pick(14) }, () => sentences[pick(4)]).join('') + end;
  const items = Array.from({ length: 60 }, (_, i) => ({
    headline: `标题${i}${'很长的'.repeat(pick(12))}`,
    body: [
      '一、做法',
      ...Array.from({ length: pick(3) }, () => paragraph('终')),
      i === 7 ? hostile : paragraph('终'),
    ].join('\n'),
    unitName: null,
    author: null,
  }));
  const sections = Array.from({ length: 12 }, (_, i) => ({ name: `栏目${i}`, items: items.slice(i * 5, i * 5 + 5) }));
  return seedEdition({ sections, level: 'internal', urgency: 'extraUrgent', serialNumber: 214 });
}

const mm = 72 / 25.4;

describe('a long issue with an office’s own font', () => {
  let read: PrintedPages;
  let printed: Awaited<ReturnType<typeof printIssue>>;
  beforeAll(async () => {
    bringFangSong();
    printed = await printIssue(longEdition(), { today: '2026-11-30', draft: true, copyNumber: 14 }, folder);
    read = await printedPages(printed.pdf);
  });

  it('is set in the fonts of the folder, and in the packaged one where it has none', () => {
    expect(read.fonts.map((name) => name.slice(7)).sort()).toEqual([
      'FangSong',
      ...['Black', 'Bold', 'Regular'].map((weight) => `NotoSerifSC-${weight}`),
    ]);
    expect(printed.missingFaces).toEqual(['小标宋', '楷体', '黑体', '宋体']);
    expect(read.pdfa).toBe(true);
  });

  it('takes no word of the issue for markup, and shows what no font has', () => {
    const text = read.pages
      .map((page) => page.text)
      .join('')
      .replace(/\s/g, '');
    expect(text).toContain(hostile.replace('😀', '〓').replaceAll('\u0007', '').replace(/\s/g, ''));
    expect(printed.missingCharacters).toEqual(['😀']);
  });

  it('bears class, urgency, copy number, draft mark, contents with their pages, and page numbers at the outer corners', () => {
    const [first, ...rest] = read.pages;
    expect(first!.text).toMatch(/内部\s特急\s*000014/);
    expect(first!.text).toContain('本期要目');
    expect(read.pages.every(({ text }) => /草\s*稿/.test(text))).toBe(true);
    const pageOf = (headline: string) =>
      read.pages.findLastIndex(({ lines }) => lines.some(({ text }) => text.startsWith(headline))) + 1;
    expect(first!.lines.map(({ text }) => text).find((line) => line.startsWith('标题3'))).toMatch(
      new RegExp(`·\\s*${pageOf('标题3很')}$`),
    );
    for (const [at, { lines }] of [first!, ...rest].entries()) {
      const number = lines.findLast(({ text }) => /^— \d+ —$/.test(text))!;
      expect(number.text).toBe(`— ${at + 1} —`);
      expect(number.x < 105 * mm).toBe(at % 2 === 1);
    }
  });

  it('leaves no title and no line of a paragraph alone at the end or beginning of a page', () => {
    const bodies = read.pages.map(({ lines }) =>
      lines.filter(({ y, size, text }) => y > 36 * mm && size < 40 && !/^草|^稿|·/.test(text)),
    );
    // Behind the contents.
    const begins = bodies.findIndex((lines) => lines.some(({ text }) => text.startsWith('【'))) + 1;
    const indented = (at: number, x: number) => x > (at % 2 === 0 ? 28 : 26) * mm + 20;
    const wrong = bodies.flatMap((lines, at) => {
      const [first, last] = [lines[0]!, lines.at(-1)!];
      if (at < begins) return [];
      return [
        ...(/^标题|^【|^一、做法|很长的$/.test(last.text) && at < bodies.length - 1
          ? [`page ${at + 1} ends with ${last.text}`]
          : []),
        ...(indented(at, last.x) && !/终$/.test(last.text) && at < bodies.length - 1
          ? [`orphan on page ${at + 1}: ${last.text}`]
          : []),
        ...(!indented(at, first.x) && /终$/.test(first.text) ? [`widow on page ${at + 1}: ${first.text}`] : []),
      ];
    });
    expect(wrong).toEqual([]);
  });

  it('begins no line with a stop and ends none with an opening mark', () => {
    const lines = read.pages.flatMap((page) => page.lines.map(({ text }) => text));
    expect(lines.filter((line) => /^[，。、；：！？）】”]|[（【“]$/.test(line))).toEqual([]);
  });

  it('keeps to the type area', () => {
    const outside = read.pages.flatMap(({ lines }) =>
      lines.filter(({ x, y, text }) => !/草|稿/.test(text) && (x < 26 * mm - 9 || y > 260 * mm + 1 || y < 23 * mm)),
    );
    expect(outside).toEqual([]);
  });
});

it('is stopped when it takes too long, and stops nothing else', async () => {
  await expect(typeset('issue.typ', issueData(seedEdition(), { today: '2026-11-30' }), null, 1)).rejects.toMatchObject({
    code: 'rendering.printFailed',
  });
});
