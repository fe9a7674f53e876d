import { full, left, many, pageLines, type Placed, rows, textOf, width } from '../../../../test/placed-letters.js';
import { paragraphsOf } from './paragraphs.js';

describe('letters on a page become lines', () => {
  it.each<[string, Placed[], string[]]>([
    [
      'drawn in any order',
      [
        { text: '期', x: 96, y: 90 },
        { text: '第7', y: 90 },
      ],
      ['第7 期'],
    ],
    [
      'with a gap of a blank',
      [
        { text: '办公室', y: 90 },
        { text: '4月', x: 115, y: 90 },
      ],
      ['办公室 4月'],
    ],
    [
      'with a gap as a tab leaves it',
      [
        { text: '第7期', y: 90 },
        { text: '4月3日', x: 300, y: 90 },
      ],
      ['第7期    4月3日'],
    ],
    [
      'with the gaps of justified type',
      [...'全县经济运行'].map((text, at) => ({ text, x: 72 + at * 14.5, y: 90 })),
      ['全县经济运行'],
    ],
    [
      'set far apart',
      [...'青陵政务快报'].map((text, at) => ({ text, x: 100 + at * 40, y: 90, size: 24 })),
      ['青陵政务快报'],
    ],
    [
      'drawn twice to look bold',
      [
        { text: '标题', y: 90 },
        { text: '标题', x: 72.4, y: 90 },
      ],
      ['标题'],
    ],
    [
      'with a figure between',
      [
        { text: '投入', y: 90 },
        { text: '96', x: 98, y: 90 },
        { text: '万元', x: 112, y: 90 },
      ],
      ['投入96万元'],
    ],
    [
      'with words of Latin letters',
      [
        { text: 'GB/T', y: 90 },
        { text: '9704', x: 99, y: 90 },
      ],
      ['GB/T 9704'],
    ],
  ])('%s', (_, placed, lines) => expect(textOf(placed)).toEqual(lines));
});

describe('lines that the right edge cut become paragraphs', () => {
  const body = many(6);
  it.each<[string, string[], string[]]>([
    ['a last line', [...body, '完。'], [`${body.join('')}完。`]],
    [
      'a line that had room for more is the last one',
      [...body, '短行', full('另')],
      [`${body.join('')}短行`, full('另')],
    ],
    [
      'a mark that no line begins with, and the letter before it',
      [...body.slice(0, 5), full('甲', 36), '字，乙'],
      [`${body.slice(0, 5).join('')}${full('甲', 36)}字，乙`],
    ],
    [
      'a figure that is not parted',
      [...body.slice(0, 5), full('甲', 35), '2025年'],
      [`${body.slice(0, 5).join('')}${full('甲', 35)}2025年`],
    ],
    ['a mark of an item begins one', [...body, '◆县水利局'], [body.join(''), '◆县水利局']],
    ['a number in a circle begins one', [...body, '⑧县水利局'], [body.join(''), '⑧县水利局']],
    ['a number in brackets begins one', [...body, '⑶县水利局'], [body.join(''), '⑶县水利局']],
    ['a number begins one', [...body, '二、县水利局'], [body.join(''), '二、县水利局']],
    [
      "a unit's bracket at the edge ends one",
      [...body.slice(0, 5), `${full('甲', 31)}。（水利局）`, '乙'],
      [`${body.slice(0, 5).join('')}${full('甲', 31)}。（水利局）`, '乙'],
    ],
    ['names stand apart', [...body, '审核：王二'], [body.join(''), '审核：王二']],
    ['recipients stand apart', [...body, '送：县委常委'], [body.join(''), '送：县委常委']],
    [
      'a row of a table goes on with nothing',
      [...body, `甲乙${' '.repeat(60)}丙丁戊`, '己'],
      [body.join(''), expect.stringMatching(/^甲乙 +丙丁戊$/), '己'],
    ],
    [
      'two words of Latin letters keep a blank',
      [...body.slice(0, 5), `${full('甲', 34)}WeCom`, 'API'],
      [`${body.slice(0, 5).join('')}${full('甲', 34)}WeCom API`],
    ],
  ])('%s', (_, texts, paragraphs) => expect(textOf(rows(texts))).toEqual(paragraphs));

  it('where first lines are set in, only those begin one', () => {
    const second = full('二', 35);
    const placed = [
      ...rows(many(4)),
      { text: second, x: left + 24, y: 90 + 4 * 18 },
      ...rows(['尾。'], left, 90 + 5 * 18),
    ];
    expect(textOf(placed)).toEqual([many(4).join(''), `\u3000\u3000${second}尾。`]);
  });

  it('also at the end of a page', () => {
    expect(textOf(rows(many(38)), rows([...many(3, '列'), '尾。', '另一段。']))).toEqual([
      `${many(38).join('')}${many(3, '列').join('')}尾。`,
      '另一段。',
    ]);
  });

  it('not where the type is another', () => {
    const placed = [
      ...rows(many(5)),
      { text: '标题'.padEnd(26, '字'), y: 190, size: 17 },
      ...rows(['正文'], left, 215),
    ];
    expect(textOf(placed)).toHaveLength(3);
  });

  it('not on a page whose edge nobody can see', () => {
    expect(textOf(rows([full('甲'), '乙。']))).toEqual([full('甲'), '乙。']);
  });

  it('an empty line stands where the page leaves one', () => {
    const lines = pageLines([...rows(many(4)), { text: '后', y: 204 }]);
    expect(paragraphsOf([lines], width).map(({ text }) => text)).toEqual([many(4).join(''), '', '后']);
  });
});
