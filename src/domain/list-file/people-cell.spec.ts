import { type NamedPerson, readHolder, readOfficers } from './people-cell.js';
import { isPlaceholder } from '../text/placeholder.js';

const one = '15400000001';
const two = '15400000002';
const wang = { name: '王五', mobile: one };
const zhao = { name: '赵六', mobile: two };

describe('officers in a cell', () => {
  it.each<[string, NamedPerson[]]>([
    ...[
      `王五${one}赵六${two}`,
      `王五 ${one} 赵六 ${two}`,
      `王五${one}，赵六${two}`,
      `王五：${one}；赵六：${two}`,
      `王五:${one}、赵六:${two}`,
      `王五（${one}）赵六（${two}）`,
      `王五（${one}）/赵六（${two}）`,
      `王五(${one})\n赵六(${two})`,
      `王五\n${one}\n赵六\n${two}`,
      `王五，${one}，赵六，${two}`,
      `${one}王五${two}赵六`,
      `${one} 王五；${two} 赵六`,
      `${one}（王五）、${two}（赵六）`,
      `王 五 154 0000 0001；赵\u3000六 154-0000-0002`,
      `王五手机：${one}赵六手机：${two}`,
      `联络员：王五 电话${one} 赵六 电话${two}`,
      `王五\u200b${one}\u202d赵六${two}\u202c`,
      `王五 +86 ${one}；赵六 0086${two}`,
      `王五１５４０００００００１赵六１５４０００００００２`,
      `王五—${one}，赵六—${two}`,
      `王五→${one}+赵六→${two}`,
      `王五（${one}，办公室）；赵六（${two}，兼）`,
      `王五${one}；赵六${two}；无`,
    ].map((cell): [string, NamedPerson[]] => [cell, [wang, zhao]]),
    ...[
      '王五、赵六',
      '王五/赵六',
      '王五；赵六',
      '王五\n赵六',
      '王五 赵六',
      '王五和赵六',
      '王五，赵六、',
      '王五+赵六',
      '王五 ＋ 赵六',
    ].map((cell): [string, NamedPerson[]] => [cell, [wang, zhao].map(({ name }) => ({ name, mobile: null }))]),
    [`王五：${one}`, [wang]],
    [`王五${one}赵六`, [wang, { name: '赵六', mobile: null }]],
    [
      `王五、${one}`,
      [
        { name: '王五', mobile: null },
        { name: null, mobile: one },
      ],
    ],
    [
      `${one} ${two}`,
      [
        { name: null, mobile: one },
        { name: null, mobile: two },
      ],
    ],
    ['李和平', [{ name: '李和平', mobile: null }]],
    ['欧阳 娜娜', [{ name: '欧阳娜娜', mobile: null }]],
    ["'+联络员", [{ name: "'+联络员", mobile: null }]],
    ['王\n五', [{ name: '王五', mobile: null }]],
    ['阿依古丽·买买提', [{ name: '阿依古丽·买买提', mobile: null }]],
    ['榆林乡党政办2号联络员', [{ name: '榆林乡党政办2号联络员', mobile: null }]],
    ...['', ' \u200b', '无', '暂无', '/', '—', 'N/A', '待定', '（空缺）'].map((cell): [string, NamedPerson[]] => [
      cell,
      [],
    ]),
  ])('%j', (cell, expected) => {
    expect(readOfficers(cell)).toEqual({ value: expected });
  });

  it.each([
    `王五 154000000`,
    `王五 0373-1234567`,
    `赵六,${two} 王五`,
    `王五 ${one}1`,
    '王五 154****0001',
    '同上',
    '甲、乙、丙、丁、戊、己',
  ])('%j is refused in words, without repeating a number', (cell) => {
    expect(readOfficers(cell)).toEqual({ fault: expect.not.stringMatching(/\d{5}|154/) as string });
  });
});

describe('a holder', () => {
  it.each<[string, string | null]>([
    ...[
      '空缺',
      '（空缺）',
      '【暂缺】',
      '空 缺',
      '空\u200b缺',
      '待定',
      '无',
      '暂无',
      '无人',
      '/',
      '／',
      '-',
      '—',
      '——',
      '……',
      'N/A',
      'n／a',
    ].map((cell): [string, null] => [cell, null]),
    ...[
      '缺',
      '未定',
      '（待任命）',
      '空缺（2026年起）',
      '岗位空缺',
      '暂时空缺',
      '（空缺）待任命',
      '人选未定',
      '无。',
      '、',
      '待\u2060定',
      '空缺、',
      '待查',
      'TBA',
      '暂缺中',
    ].map((cell): [string, null] => [cell, null]),
    ...[
      '无名氏',
      '吴缺',
      '缺小明',
      '空海明',
      '待田一',
      '常无缺',
      '未来',
      '暂长青',
      '陈无',
      '白空',
      '欧阳娜娜',
      '阿依·买买提',
      'Li Ming',
    ].map((name): [string, string] => [name, name]),
    ['李　勉', '李勉'],
    ['李\u200b勉\ufeff', '李勉'],
    ['阿依古丽 · 买买提', '阿依古丽·买买提'],
    ['王五、', '王五'],
    ['王五（主持工作）', '王五（主持工作）'],
    ['李和平', '李和平'],
  ])('%j is %j', (cell, expected) => {
    expect(readHolder(cell)).toEqual({ value: expected });
  });

  it.each([
    ...['王五、赵六', '王五/赵六', '王五\n赵六', '王五；赵六', '王五 赵六', '王五和赵六', `王五${one}赵六${two}`].map(
      (cell): [string, RegExp] => [cell, /不止一个人.*分成一行/],
    ),
    ...[`王五：${one}`, `王五（${one}）`, `王五 ${one}`, one, '王五0373-1234567'].map((cell): [string, RegExp] => [
      cell,
      /移到“手机”/,
    ]),
    ['同上', /写出姓名/],
    ['####', /没有能认出的名字/],
    ['???', /没有能认出的名字/],
    ['#N/A', /没有能认出的名字/],
    ['', /不能为空/],
    ['\u200b', /不能为空/],
  ])('%j is refused', (cell, message) => {
    expect(readHolder(cell)).toEqual({ fault: expect.stringMatching(message) as string });
  });
});

it.each(['', '####', '???', '***', '无线电管理局', '缺口镇', '待岗办', '甲', '0'])('%j is no placeholder', (cell) => {
  expect(isPlaceholder(cell)).toBe(false);
});
