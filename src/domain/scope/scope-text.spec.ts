import { type Addressing, readScopeText, scopeAsText, splitScopeText } from './scope-text.js';

describe('splitScopeText', () => {
  it.each<[string, string[]]>([
    ['本期发：县委常委，副县长。', ['县委常委', '副县长']],
    [
      '报：市政府办公室；县委书记、县长。\n送：副县长，县人武部部长。',
      ['市政府办公室', '县委书记、县长', '副县长', '县人武部部长'],
    ],
    ['主送：县委书记、县长  抄送：县委办公室。', ['县委书记、县长', '县委办公室']],
    ['报：市委常委。送：县委。发：各乡镇（共印16份）', ['市委常委', '县委', '各乡镇']],
    ['报：市委常委。（共印16份）存档（2）。', ['市委常委']],
    ['县档案馆（城关），共印 85 份', ['县档案馆（城关）']],
    ['县直各单位(含垂直管理单位，驻延单位)，副县长', ['县直各单位（含垂直管理单位，驻延单位）', '副县长']],
    ['各乡（镇，副县长', ['各乡（镇', '副县长']],
    ['发送范围: 甲,乙;甲\r\n丙', ['甲', '乙', '丙']],
    ['发改委主任，送变电公司', ['发改委主任', '送变电公司']],
    ['  ', []],
  ])('%s', (text, labels) => {
    expect(splitScopeText(text)).toEqual(labels);
  });
});

describe('readScopeText', () => {
  it('keeps how each label is addressed', () => {
    const { labels } = readScopeText('报：市政府办公室；县委书记、县长。\n送：副县长。\n发：各乡镇，县直各单位。');
    expect(labels.map(({ label, addressing }) => [label, addressing])).toEqual([
      ['市政府办公室', 'up'],
      ['县委书记、县长', 'up'],
      ['副县长', 'across'],
      ['各乡镇', 'down'],
      ['县直各单位', 'down'],
    ]);
  });

  it.each<[string, (string | null)[]]>([
    ['主送：甲。抄送：乙。', ['across', 'across']],
    ['主报：甲；抄报：乙；呈：丙', ['up', 'up', 'up']],
    ['本期发：甲，乙', [null, null]],
    ['发送范围：甲', [null]],
    ['甲，发：乙', [null, 'down']],
  ])('%s', (text, expected) => {
    expect(readScopeText(text).labels.map(({ addressing }) => addressing)).toEqual(expected);
  });

  it.each<[string[], (Addressing | null)[], string]>([
    [['甲', '乙'], [null, null], '甲\n乙'],
    [['甲', '乙', '丙'], ['up', 'up', 'down'], '报：甲\n乙\n发：丙'],
    [['甲', '乙'], ['up', null], '报：甲\n本期发：乙'],
  ])('%j with %j is edited as text and read back as it was', (scope, addressing, text) => {
    expect(scopeAsText(scope, addressing)).toBe(text);
    const { labels } = readScopeText(text);
    expect(labels).toEqual(scope.map((label, at) => ({ label, addressing: addressing[at] })));
  });

  it('says why a part is passed over', () => {
    expect(
      readScopeText('县委常委，副县长，县委常委，存档（2），联系电话：0373-0000101。（共印85份）').ignored,
    ).toEqual([
      { text: '（共印85份）', reason: '印数，不是发送对象' },
      { text: '存档（2）', reason: '存档备案的份数，不是发送对象' },
      { text: '县委常委', reason: '前面已经写过' },
      { text: '联系电话：0373-0000101', reason: '联系方式等说明，不是发送对象' },
    ]);
  });
});
