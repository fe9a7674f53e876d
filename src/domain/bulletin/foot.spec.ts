import type { Bulletin } from './bulletin.js';
import { parseBulletinText } from './parse.js';

function readWithFoot(foot: string): Bulletin {
  const text = `青陵快报
第3期
青陵县人民政府办公室
2025年4月3日
【要情】
县水利局加快水毁工程修复 对12处水毁工程开展修复，已完工9处。（水利局）
${foot}`;
  const result = parseBulletinText(text);
  if (result.kind !== 'bulletin') throw new Error(result.kind);
  return result.bulletin;
}
const codes = (bulletin: Bulletin): string[] => bulletin.warnings.map(({ code }) => code);
const signed = '\n责任编辑：李勉\n审核：路帅\n签发：范晓宇';

describe('the distribution', () => {
  it.each([
    ['本期发：县委常委，副县长。', ['县委常委', '副县长']],
    ['本期发：县委常委；副县长', ['县委常委', '副县长']],
    ['本期发:县委常委,副县长;人武部长.', ['县委常委', '副县长', '人武部长']],
    ['本期发 县委常委，副县长。', ['县委常委', '副县长']],
    ['分送：县委书记、县长，副县长。', ['县委书记、县长', '副县长']],
    ['分\u3000送：县委常委。', ['县委常委']],
    [
      '发送范围：各乡(镇)政府，县直各单位(含垂直管理单位(税务、气象))。',
      ['各乡（镇）政府', '县直各单位（含垂直管理单位（税务、气象））'],
    ],
    [
      '发送范围：县直各单位（党政正职，含主持工作的副职），各乡镇。',
      ['县直各单位（党政正职，含主持工作的副职）', '各乡镇'],
    ],
    ['本期发：县委常委，存档（2）。', ['县委常委']],
    ['本期发：县委常委，存档。共印50份', ['县委常委']],
    ['本期发：县委常委（11份），副县长（6）。', ['县委常委', '副县长']],
    ['发送范围：\n县委常委\n各乡镇(街道)\n县直各单位', ['县委常委', '各乡镇（街道）', '县直各单位']],
    ['本期发：县委常委，县人大正副\n\n— 4 —\n\n主任，副县长。', ['县委常委', '县人大正副主任', '副县长']],
    ['本期发：县直各单位（含垂直\n管理单位），各乡镇。', ['县直各单位（含垂直管理单位）', '各乡镇']],
    ['本期\n\n发：县委常委，副县长。', ['县委常委', '副县长']],
  ])('%j has its groups', (foot, groups) => expect(readWithFoot(foot + signed).distribution).toEqual(groups));

  it.each([
    '报：市政府办公室。\n送：县委常委，副县长。\n发：各乡镇。',
    '报：市政府办公室。送：县委常委，副县长。发：各乡镇。',
    '报\u3000：市政府办公室。\u3000送\u3000：县委常委，\n\u3000\u3000\u3000副县长。\n发：各乡镇',
  ])('%j is kept by verb too', (foot) => {
    const bulletin = readWithFoot(foot + signed);
    expect(bulletin.distribution).toEqual(['市政府办公室', '县委常委', '副县长', '各乡镇']);
    expect(bulletin.extra).toMatchObject({
      distributionLabel: null,
      distributionByVerb: { 报: ['市政府办公室'], 送: ['县委常委', '副县长'], 发: ['各乡镇'] },
    });
  });

  it('adds up two lines of one verb', () => {
    expect(readWithFoot('报：甲县。\n报：乙县。').extra.distributionByVerb).toEqual({ 报: ['甲县', '乙县'] });
  });

  it('with brackets that do not match is split all the same, and warned of', () => {
    const bulletin = readWithFoot(`本期发：县委常委，各乡（镇政府，县直各单位。${signed}`);
    expect(bulletin.distribution).toEqual(['县委常委', '各乡（镇政府', '县直各单位']);
    expect(bulletin.warnings).toEqual([expect.objectContaining({ line: 7, code: 'unbalanced_bracket' })]);
  });

  it('that is missing or empty is a warning', () => {
    expect(codes(readWithFoot(signed.trim()))).toEqual(['no_distribution']);
    expect(codes(readWithFoot(`本期发：${signed}`))).toEqual(['no_distribution']);
  });

  it('does not swallow what follows its full stop', () => {
    const bulletin = readWithFoot(`本期发：县委常委。\n欢迎各单位积极供稿${signed}`);
    expect(bulletin.distribution).toEqual(['县委常委']);
    expect(bulletin.warnings).toEqual([expect.objectContaining({ line: 8, code: 'unknown_foot_line' })]);
  });
});

describe('the sign-off', () => {
  it.each([
    '责任编辑：李 勉\n审核：路 帅\n签发：范晓宇',
    '责任编辑：李\u3000勉\u3000\u3000审核：路\u3000帅\u3000\u3000签发：范晓宇',
    '编辑:李勉  审稿:路帅  签发人:范晓宇',
    '责 任 编 辑：李勉   审 核：路帅   签 发：范晓宇',
    '责编：李勉\n核稿：路帅\n签批：范晓宇',
    '责任编辑：\n李 勉\n审核：\n路帅\n签发：\n范晓宇',
    '责任编辑 李勉\n审核 路帅\n签发 范晓宇',
    '责任编\n\n辑：李勉\n审核：路\n\n帅\n签发：范晓宇',
    '责任编辑：李勉  联系电话：0373-7691234\n审核：路帅\n签发：范晓宇（共印85份）',
  ])('is read in %j', (foot) => {
    expect(readWithFoot(`本期发：县委常委。\n${foot}`)).toMatchObject({
      editor: '李勉',
      reviewer: '路帅',
      approver: '范晓宇',
      warnings: [],
    });
  });

  it.each([
    ['值班员：吴一\u3000\u3000带班领导：郑二', { editor: null, reviewer: null, approver: null }],
    ['值班主编：赵一\u3000责编：李一\u3000审核：王二', { editor: '李一', reviewer: '王二', approver: null }],
    ['撰稿：赵一  编辑：李一  审核：王二  签发：周五', { editor: '李一', reviewer: '王二', approver: '周五' }],
    ['责任编辑：王 小 明\u3000审核：李 四\u3000签发：周 五', { editor: '王小明', reviewer: '李四', approver: '周五' }],
    ['编辑丨李一丨审核丨王二丨签发丨周五', { editor: '李一', reviewer: '王二', approver: '周五' }],
    ['编辑：李一 / 审核：王二 / 签发：周五', { editor: '李一', reviewer: '王二', approver: '周五' }],
    ['编辑 李一  审核 王二  签发 周五洲', { editor: '李一', reviewer: '王二', approver: '周五洲' }],
    ['責任編輯：李一\u3000審核：王二\u3000簽發：周五', { editor: '李一', reviewer: '王二', approver: '周五' }],
    ['责任编辑：李一（0377-6000123）审核：王二 签发：周五', { editor: '李一', reviewer: '王二', approver: '周五' }],
    ['【编辑】李一【审核】王二【签发】周五', { editor: '李一', reviewer: '王二', approver: '周五' }],
    ['（编辑：李一 审核：王二 签发：周五）', { editor: '李一', reviewer: '王二', approver: '周五' }],
  ])('%s names who edited, checked and signed, and nobody else', (foot, names) => {
    expect(readWithFoot(`本期发：县委常委。\n${foot}`)).toMatchObject({ ...names, distribution: ['县委常委'] });
  });

  it('keeps several editors and the proofreader', () => {
    expect(readWithFoot('本期发：县委常委。\n编辑：李勉  王二喜\u3000校对：魏八')).toMatchObject({
      editor: '李勉、王二喜',
      extra: { proofreader: '魏八' },
    });
  });

  it('with names missing says which', () => {
    const { warnings } = readWithFoot('本期发：县委常委。\n责任编辑：李勉\n审核：\n签发：');
    expect(warnings).toEqual([{ line: 10, code: 'no_sign_off', message: '没有找到审核、签发的姓名，请补填。' }]);
  });

  it('given twice takes the first and warns', () => {
    const bulletin = readWithFoot('本期发：县委常委。\n责任编辑：李勉\n审核：路帅\n签发：范晓宇\n签发：王五');
    expect(bulletin.approver).toBe('范晓宇');
    expect(codes(bulletin)).toEqual(['sign_off_repeated']);
  });
});

describe('copies', () => {
  it.each(['（共印85份）', '共印 ８５ 份', '(共印85份)', '印数：85份', '（共85份）'])('are read in %j', (line) => {
    expect(readWithFoot(`本期发：县委常委。${signed}\n${line}`)).toMatchObject({ extra: { copies: 85 }, warnings: [] });
  });
  it('are read behind the distribution', () => {
    expect(readWithFoot('报：市委常委。\u3000\u3000\u3000（共印16份）')).toMatchObject({
      distribution: ['市委常委'],
      extra: { copies: 16 },
    });
  });
});
