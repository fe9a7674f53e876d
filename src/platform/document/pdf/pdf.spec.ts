import { type PdfFile, pdfFile, type PdfText, stream, utf16, words } from '../../../../test/pdf-file.js';
import { readDocument } from '../read-document.js';

const read = (file: PdfFile) => readDocument(pdfFile(file), 'pdf');
const line = (text: string, y: number, more: Partial<PdfText> = {}): PdfText => ({ text, x: 72, y, ...more });
const full = (n: number) => `第${'一二三四五六七八九'[n % 9]}行`.padEnd(37, '字');

/** More than a page's drawing may unfold to, which is 64 MB. */
const spaces = () => Buffer.alloc(66 * 1024 * 1024, ' ');

describe('the text of a PDF', () => {
  it('in fonts that the file does not bring along is read by the tables of the package', async () => {
    const content = stream(Buffer.from('BT /gbk 12 Tf 72 700 Td <c7e0c1eaD5FECEF1BFECB1A8> Tj ET'));
    expect((await read({ pages: [[]], content })).lines.map(({ text }) => text)).toEqual(['青陵政务快报']);
  });

  it('knows its looks, and stands without its running heads', async () => {
    const page = (texts: PdfText[], n: number) => [
      line('政务快报 第7期', 40),
      ...texts,
      line(`— ${n} —`, 800, { x: 280 }),
    ];
    const masthead = line('青陵快报', 90, { x: 241, size: 28, state: '1 0 0 rg', font: 'bold' });
    const texts = [masthead, line(full(1), 150), line(full(2), 168), line('县水利局。', 186, { font: 'bold' })];
    const { lines, heads, aside } = await read({
      pages: [page([...texts, line('正文。', 186, { x: 132 })], 1), page([line('另文。', 150)], 2)],
    });
    expect(lines.filter(({ look }) => look)).toMatchObject([
      { text: '青陵快报', look: { bold: true, centred: true, red: true, size: 2.33 } },
      { text: `${full(1)}${full(2)}县水利局。正文。`, look: { bold: false, centred: false, red: false, size: 1 } },
      { text: '另文。' },
    ]);
    expect(heads).toEqual([{ text: '政务快报 第7期' }]);
    expect(aside).toContain('政务快报 第7期');
  });
});

describe('what stands beside the text of a PDF', () => {
  const note = (entries: string) => `<< /Type /Annot /Rect [10 10 90 90] ${entries} >>`;
  const file: PdfFile = {
    pages: [
      [
        line('青陵政务快报', 90),
        line('看不见的', 120, { state: '3 Tr' }),
        line('透明的', 140, { state: '/G gs' }),
        line('隐藏图层中的', 160, { state: '/OC /L BDC' }),
        line('页外的', 180, { x: 700 }),
        line('极小的', 200, { size: 0.5 }),
        line('水印', 500, { turned: [0.707, 0.707] }),
      ],
    ],
    more: [
      `<< /Title ${words('题目')} /Mark ${words('自定义属性')} >>`,
      stream(Buffer.from('<a xmlns="adobe:ns:meta/"><b>扩展属性</b></a>'), 0, '/Type /Metadata /Subtype /XML'),
      '<< /ca 0 >>',
      `<< /Type /OCG /Name ${words('图层名')} >>`,
      note(`/Subtype /Text /Contents ${words('批注')}`),
      note(`/Subtype /FreeText /DA (/Helv 12 Tf) /Contents ${words('文本框')}`),
      note(`/Subtype /Widget /FT /Tx /T (a) /V ${words('表单')}`),
      note(`/Subtype /FileAttachment /FS << /Type /Filespec /F (a) /UF ${words('附件.docx')} >>`),
      `<< /Type /Filespec /F (a.docx) /UF ${words('内嵌.docx')} /EF << /F 109 0 R >> >>`,
      stream(Buffer.from('x'), 0, '/Type /EmbeddedFile'),
      '<< /First 111 0 R /Last 111 0 R /Count 1 >>',
      `<< /Title ${words('书签')} /Parent 110 0 R >>`,
    ],
    resources: '/ExtGState << /G 102 0 R >> /Properties << /L 103 0 R >>',
    page: '/Annots [104 0 R 105 0 R 106 0 R 107 0 R]',
    catalog:
      '/Metadata 101 0 R /Outlines 110 0 R /Names << /EmbeddedFiles << /Names [(a) 108 0 R] >> >> /AcroForm << /Fields [106 0 R] >> /OCProperties << /OCGs [103 0 R] /D << /OFF [103 0 R] >> >>',
    trailer: '/Info 100 0 R',
  };
  let seen: Awaited<ReturnType<typeof read>>;
  beforeAll(async () => void (seen = await read(file)));

  it.each([
    ...['看不见的', '透明的', '隐藏图层中的', '页外的', '极小的', '水印', '题目', '自定义属性', 'Mark：自定义属性'],
    ...['扩展属性', '图层名', '批注', '文本框', '表单', 'a：表单', '附件', '内嵌', '书签'],
  ])('is known: %s', (words) => expect(seen.aside).toContain(words));

  it('is no part of it', () => expect(seen.lines.map(({ text }) => text)).toEqual(['青陵政务快报']));
});

describe('a PDF that is refused with a sentence', () => {
  const some = [[line('正文', 90)]];
  it.each<[string, () => Buffer, RegExp]>([
    ['without text, as a scanner makes it', () => pdfFile({ pages: [[], []] }), /扫描件.*\.docx/],
    [
      'with the text of a recognition beneath the picture',
      () => pdfFile({ pages: [[line('正文', 90, { state: '3 Tr' })]] }),
      /扫描件/,
    ],
    [
      'whose font says no letters',
      () => pdfFile({ pages: [[line('\u0417\u0438\u0448\u0439'.repeat(20), 90, { font: 'mute' })]] }),
      /没有编码/,
    ],
    ['cut off', () => pdfFile({ pages: some }).subarray(0, 400), /损坏|没有文字/],
    ['that only begins like one', () => Buffer.from('%PDF-1.7\n第7期'), /损坏/],
    ['of 201 pages', () => pdfFile({ pages: Array.from({ length: 201 }, () => some[0]!) }), /201 页.*200 页/],
    [
      'with a password',
      () =>
        pdfFile({
          pages: some,
          more: [`<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> >>`],
          trailer: '/Encrypt 100 0 R /ID [<41> <41>]',
        }),
      /密码/,
    ],
  ])('%s', async (_, make, sentence) => {
    await expect(readDocument(make(), 'pdf')).rejects.toThrow(sentence);
  });

  it('is read where some of its pages have text, and the others are named', async () => {
    const { remarks } = await read({ pages: [[line('正文', 90)], [], [line('另文', 90)]] });
    expect(remarks).toEqual([
      { line: 1, code: 'page_without_text', text: expect.stringMatching(/第2页没有文字/) as string },
    ]);
  });

  it.each<[string, Pick<Parameters<typeof pdfFile>[0], 'pages' | 'content'>]>([
    ['scanned', { pages: [[]] }],
    ['of too many pages', { pages: Array.from({ length: 201 }, () => some[0]!) }],
  ])('%s has said before what stands in its properties', async (_, file) => {
    const titled = pdfFile({ ...file, more: [`<< /Title ${words('机密')} >>`], trailer: '/Info 100 0 R' });
    // As long as a busy machine needs: nothing is known of what was seen where the time ends it.
    await expect(readDocument(titled, 'pdf', 240_000)).rejects.toMatchObject({
      aside: expect.arrayContaining(['机密']) as string[],
    });
  });
});

describe('a hostile PDF is answered, and the next one is read', () => {
  const loop = '<< /Type /Pages /Parent 101 0 R /Kids [101 0 R 100 0 R] /Count 9 >>';
  const form = (body: string) =>
    stream(
      Buffer.from(body),
      1,
      '/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /F 100 0 R >> >>',
    );
  it.each<[string, RegExp, () => Buffer]>([
    [
      'whose page tree loops',
      /损坏|没有文字/,
      () =>
        Buffer.from(
          pdfFile({ pages: [[]], more: [loop, loop] })
            .toString('latin1')
            .replace('/Pages 2 0 R', '/Pages 100 0 R'),
          'latin1',
        ),
    ],
    [
      'whose drawing draws itself',
      /没有文字|太大/,
      () =>
        pdfFile({
          pages: [[]],
          content: stream(Buffer.from('/F Do')),
          more: [form('/F Do /F Do')],
          resources: '/XObject << /F 100 0 R >>',
        }),
    ],
    [
      'of 100,000 objects',
      /^正文$/,
      () => pdfFile({ pages: [[line('正文', 90)]], more: Array.from({ length: 100_000 }, () => '<< /A 1 >>') }),
    ],
    ['with a table of garbage', /^正文$/, () => garbled(pdfFile({ pages: [[line('正文', 90)]] }), 'xref', 'xxef')],
    [
      'with arrays nested without end',
      /损坏|没有文字|太大/,
      () => pdfFile({ pages: [[]], more: ['['.repeat(300_000)], catalog: '/Names 100 0 R' }),
    ],
    [
      'of half a million letters',
      /太大/,
      () =>
        pdfFile({
          pages: [[]],
          content: stream(Buffer.from(`BT /song 9 Tf ${`${utf16('字'.repeat(500))} Tj `.repeat(1000)} ET`)),
        }),
    ],
  ])('%s', async (_, expected, make) => {
    const answer = await readDocument(make(), 'pdf').then(
      ({ lines }) => lines.map(({ text }) => text).join('\n'),
      (error: Error) => error.message,
    );
    expect(answer).toMatch(expected);
    expect((await read({ pages: [[line('正文', 90)]] })).lines.map(({ text }) => text)).toEqual(['正文']);
  });

  it('that unfolds to much more than it is, packed twice, has said before what stands in its properties', async () => {
    const bomb = pdfFile({
      ...{ pages: [[]], content: stream(spaces(), 2) },
      ...{ more: [`<< /Title ${words('机密')} >>`], trailer: '/Info 100 0 R' },
    });
    await expect(readDocument(bomb, 'pdf', 240_000)).rejects.toMatchObject({
      message: expect.stringContaining('太大') as string,
      aside: expect.arrayContaining(['机密']) as string[],
    });
    expect((await read({ pages: [[line('正文', 90)]] })).lines.map(({ text }) => text)).toEqual(['正文']);
  });

  it('that saves without end is given up when its time is over', async () => {
    const endless = pdfFile({ pages: [[]], content: stream(Buffer.from('q BT '.repeat(60_000))) });
    await expect(readDocument(endless, 'pdf', 2000)).rejects.toThrow('太大');
    expect((await read({ pages: [[line('正文', 90)]] })).lines.map(({ text }) => text)).toEqual(['正文']);
  });

  it.each([1, 2, 3])('with bytes changed anywhere (%i)', async (seed) => {
    const bytes = pdfFile({ pages: [[line('青陵政务快报', 90), line('第7期', 110)]] });
    let state = seed * 7919;
    for (let times = 0; times < 40; times += 1) {
      state = (state * 1103515245 + 12345) % 2147483648;
      bytes[10 + (state % (bytes.length - 10))] = state % 251;
    }
    const answer = await readDocument(bytes, 'pdf').catch((error: unknown) => error);
    expect(answer instanceof Error ? answer.message : '。').toMatch(/。$/);
  });

  const garbled = (bytes: Buffer, from: string, to: string) =>
    Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
});
