import { full, left, type Placed, rows, textOf } from '../../../../test/placed-letters.js';
import { isGibberish, plainLetters } from './letters.js';

describe('columns', () => {
  const column = (name: string, x: number, count = 8) =>
    rows(
      Array.from({ length: count }, (_, at) => full(`${name}${at}`, 17)),
      x,
      150,
    );
  const inOrder = (text: string, words: string[]) => {
    const places = words.map((word) => text.indexOf(word));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((one, other) => one - other));
  };

  it.each([16, 24, 30])('are read one after the other, %i points apart, between lines across both', (gap) => {
    const second = left + 17 * 12 + gap;
    const text = textOf([
      { text: '青陵政务快报', x: 200, y: 90, size: 28 },
      ...column('左', left),
      ...column('右', second),
      { text: '本期发：县委常委。', y: 320 },
    ]).join('');
    inOrder(text, ['青陵政务快报', '左0', '左7', '右0', '右7', '本期发']);
  });

  it('whose lines stand at other heights', () => {
    const right = column('右', 305).map((line) => ({ ...line, y: line.y + 7 }));
    inOrder(textOf([...column('左', left), ...right]).join(''), ['左0', '左7', '右0', '右7']);
  });

  it('three of them', () => {
    const narrow = (name: string, x: number) =>
      rows(
        Array.from({ length: 9 }, (_, at) => full(`${name}${at}`, 11)),
        x,
        150,
      );
    inOrder(textOf([...narrow('左', 72), ...narrow('中', 222), ...narrow('右', 372)]).join(''), [
      '左8',
      '中0',
      '中8',
      '右0',
    ]);
  });

  it('of which the last holds a few names', () => {
    const text = textOf([
      ...column('左', left, 20),
      { text: '责任编辑：李一', x: 305, y: 155 },
      { text: '审核：王二', x: 305, y: 173 },
    ]);
    inOrder(text.join(''), ['左0', '左19', '责任编辑', '审核']);
  });

  it.each<[string, (at: number) => Placed[]]>([
    [
      'the cells of a table',
      (at) => [
        { text: '甲乙丙丁戊己庚辛'.slice(0, 2 + (at % 5)), y: 0 },
        { text: `${at}00`, x: 250, y: 0 },
        { text: '已办结', x: 400, y: 0 },
      ],
    ],
    [
      'a list of contents with its pages',
      (at) => [
        { text: `县水利局${'…'.repeat(20 + (at % 3))}`, y: 0 },
        { text: `${at}`, x: 480, y: 0 },
      ],
    ],
    [
      'labels and what stands behind them',
      (at) => [
        { text: '单位名称'.slice(0, 2 + (at % 3)), y: 0 },
        { text: full('县', 20), x: 220, y: 0 },
      ],
    ],
  ])('are not %s', (_, cells) => {
    const placed = Array.from({ length: 8 }, (_row, at) => cells(at).map((cell) => ({ ...cell, y: 90 + at * 18 })));
    expect(textOf(placed.flat())).toHaveLength(8);
  });
});

describe('page furniture', () => {
  const page = (n: number, number: string): Placed[] => [
    { text: '青陵政务快报 第7期', y: 40, size: 9 },
    ...rows([`甲${n}。`], left, 200),
    { text: '12', y: 400 },
    { text: number, x: 280, y: 800 },
  ];
  it.each(['— # —', '- # -', '第#页', '第 # 页 共 3 页', '#', '#/3'])('%s and running heads are dropped', (form) => {
    expect(textOf(...[1, 2, 3].map((n) => page(n, form.replace('#', String(n)))))).toEqual([
      '甲1。',
      '12',
      '甲2。',
      '12',
      '甲3。',
      '12',
    ]);
  });

  it('the masthead stays, though it is printed above other pages too', () => {
    const first: Placed[] = [{ text: '青陵政务快报', x: 200, y: 90, size: 28 }, ...rows(['甲。'], left, 200)];
    expect(textOf(first, [{ text: '青陵政务快报', y: 40 }, ...rows(['乙。'], left, 200)])).toContain('青陵政务快报');
  });
});

describe('letters', () => {
  it.each([
    ['⼈⼤⻅⾯⻓⻔', '人大见面长门'],
    ['\uf06c', '●'],
    ['\ue123', '\ufffd'],
    ['a\u0000\u200bb', 'ab'],
    ['Ａ１，', 'Ａ１，'],
  ])('%s is %s', (text, plain) => expect(plainLetters(text)).toBe(plain));

  it.each([
    ['Зишйхцукенгшщзхъфывапролд', true],
    ['县水利局近日组织开展巡查，排查隐患GB/T 9704', false],
    ['', false],
  ])('%s says nothing: %s', (text, expected) => expect(isGibberish(text)).toBe(expected));
});
