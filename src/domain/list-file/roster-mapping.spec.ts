import { guessMapping, headerRowOf, headingsKey, mappingFaults } from './roster-mapping.js';

describe('the heading row', () => {
  it('is found below titles and blank lines', () => {
    expect(headerRowOf([['发送名单'], [], ['序号', '单位', '职务', '姓名']])).toBe(2);
  });
  it('is the first row with anything where no heading is known', () => {
    expect(headerRowOf([[], ['甲列', '乙列']])).toBe(1);
  });
});

describe('what columns mean', () => {
  it('is certain when every heading is known', () => {
    const headings = ['排序', '工作单位', '现任职务', '姓 名', '手机号码', '电子邮箱', '组别'];
    expect(guessMapping(headings, [])).toMatchObject({
      certain: true,
      mapping: ['order', 'unit', 'post', 'name', 'mobile', 'email', 'groups'],
    });
  });

  it('is guessed from part of a heading, then from what stands below it', () => {
    const body = [
      ['县财政局', '局长', '15400000001', 'a@yanjin.example', '备考'],
      ['僧固乡', '乡长', '15400000002', 'b@yanjin.example', ''],
    ];
    expect(guessMapping(['甲', '乙', '本人手机（必填）', '信箱', '备注'], body)).toMatchObject({
      certain: false,
      mapping: ['unit', 'post', 'mobile', 'email', null],
    });
  });

  it('passes over the column in which we handed faults back', () => {
    expect(guessMapping(['分组', '单位', '职务', '姓名', '问题和改法'], [])).toMatchObject({
      certain: true,
      mapping: ['groups', 'unit', 'post', 'name', null],
    });
  });

  it('does not take 单位类别 for 单位', () => {
    expect(guessMapping(['单位类别（选填）'], []).mapping).toEqual(['unitKind']);
  });
});

it('says which column is missing or chosen twice', () => {
  expect(mappingFaults(['unit', 'unit', 'groups', 'name']).map((fault) => fault.slice(0, 8))).toEqual([
    '“单位”选了两列',
    '没有一列对应“职',
  ]);
});

it('remembers headings without regard to blanks and widths', () => {
  expect(headingsKey(['姓 名', '手机：'])).toBe(headingsKey(['姓名', '手机']));
});
