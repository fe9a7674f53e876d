import { classifiedLevel, statedLevel } from './classification.js';
import { parseBulletinText } from './parse.js';

/** A small bulletin with lines put at a place of its head. */
function bulletinWith(place: {
  top?: string;
  masthead?: string;
  afterMasthead?: string;
  beforeItem?: string;
  body?: string;
  foot?: string;
}): string {
  return [
    place.top ?? '',
    place.masthead ?? '青陵政务要情',
    '第 7 期',
    place.afterMasthead ?? '',
    '青陵县人民政府办公室        2025年4月3日',
    '【要情】',
    place.beforeItem ?? '',
    '县水利局加快水毁工程修复 对12处水毁工程开展修复，已完工9处。（水利局）',
    place.body ?? '',
    '本期发：县委常委，副县长。',
    place.foot ?? '责任编辑：李勉',
  ].join('\n');
}

const marks: [string, string][] = [
  ['秘密', '秘密'],
  ['秘 密', '秘密'],
  ['秘　密', '秘密'],
  ['  机   密  ', '机密'],
  ['绝密', '绝密'],
  ['机密★10年', '机密'],
  ['机密★', '机密'],
  ['绝密★长期', '绝密'],
  ['秘密★启用前', '秘密'],
  ['秘密 ★ 一年', '秘密'],
  ['机密☆5年', '机密'],
  ['【秘密】', '秘密'],
  ['（机密）', '机密'],
  ['[绝密]', '绝密'],
  ['密级：秘密', '秘密'],
  ['密级:机密★10年', '机密'],
  ['密 级：机 密', '机密'],
  ['密级为绝密', '绝密'],
  ['保密等级：秘密', '秘密'],
  ['000023 秘密', '秘密'],
  ['000023    机密★10年', '机密'],
  ['编号：000023                 秘 密', '秘密'],
  ['秘密            编号：000023', '秘密'],
  ['份号：12  机密★5年  特急', '机密'],
  ['特急 机密', '机密'],
  ['机密·特急', '机密'],
  ['No.000012 绝密', '绝密'],
  ['秘密级', '秘密'],
  ['机密文件 注意保存', '机密'],
  ['秘密，注意保存', '秘密'],
  ['秘\u200b密', '秘密'],
  ['机\u00ad密', '机密'],
  ['秘·密', '秘密'],
  ['機密', '机密'],
  ['祕密', '秘密'],
  ['絕密', '绝密'],
  ['㊙', '秘密'],
  ['国家秘密', '秘密'],
  ['★秘密★', '秘密'],
  ['※机密※', '机密'],
  ['秘\n密', '秘密'],
  ['机\n密★10年', '机密'],
];

const innocent = [
  '保密局',
  '青陵县国家保密局',
  '商业秘密保护工作专刊',
  '工作秘密管理简报',
  '工作秘密',
  '工 作 秘 密',
  '内部资料 注意保存',
  '注意保密',
  '保守国家秘密宣传专刊',
  '涉密不上网 上网不涉密',
  '密切联系群众专刊',
  '紧密型县域医共体简报',
  '揭秘青陵非遗',
];

describe('the secrecy gate', () => {
  describe.each(marks)('%j', (mark, level) => {
    it.each(['top', 'afterMasthead', 'beforeItem'] as const)(
      'is refused at %s, with nothing of the content',
      (place) => {
        expect(parseBulletinText(bulletinWith({ [place]: mark }))).toEqual({ kind: 'classified', level });
      },
    );
  });

  it.each([
    ['秘密青陵政务要情', '秘密'],
    ['青陵政务要情（机密）', '机密'],
    ['青陵政务要情        机密★10年', '机密'],
    ['青陵政务要情 秘 密', '秘密'],
    ['机 密 青陵政务要情', '机密'],
  ])('refuses %j as the masthead', (masthead, level) => {
    expect(parseBulletinText(bulletinWith({ masthead }))).toEqual({ kind: 'classified', level });
  });

  it('takes the highest of several marks', () => {
    expect(parseBulletinText(bulletinWith({ top: '秘密', afterMasthead: '绝密' }))).toEqual({
      kind: 'classified',
      level: '绝密',
    });
  });

  it('is not passed by a stray line or a title before the mark', () => {
    const text = bulletinWith({}).replace(
      '【要情】\n',
      '（二季度合订）\n此件为机密\n【要情】\n县水利局加快水毁工程修复\n',
    );
    expect(parseBulletinText(text)).toEqual({ kind: 'classified', level: '机密' });
  });

  it('looks behind a contents list', () => {
    const text = bulletinWith({ afterMasthead: '' }).replace(
      '【要情】\n',
      '本期要目\n县水利局加快水毁工程修复\n本期详情\n机密★10年\n【要情】\n',
    );
    expect(parseBulletinText(text)).toEqual({ kind: 'classified', level: '机密' });
  });

  it('refuses a marked paper that is no bulletin, before saying that it is none', () => {
    const paper = '机密★10年\n青陵县人民政府文件\n关于做好某项工作的通知\n各乡镇人民政府：\n现通知如下。';
    expect(parseBulletinText(paper)).toEqual({ kind: 'classified', level: '机密' });
  });

  it.each(innocent)('lets %j pass in the head', (line) => {
    expect(parseBulletinText(bulletinWith({ top: line })).kind).toBe('bulletin');
    expect(parseBulletinText(bulletinWith({ afterMasthead: line })).kind).toBe('bulletin');
  });

  it.each([
    '县保密局开展商业秘密保护培训 组织学习保密法，机密文件管理进一步规范。（保密局）',
    '秘密载体清查工作全面完成。机密、秘密级文件全部清退。（保密局）',
    '机密文件销毁演练顺利举行 县保密局组织演练，绝密件逐一核对。（保密局）',
  ])('lets running text of an item pass: %s', (body) => {
    expect(parseBulletinText(bulletinWith({ body })).kind).toBe('bulletin');
    expect(parseBulletinText(bulletinWith({ beforeItem: body })).kind).toBe('bulletin');
  });
});

describe('statedLevel', () => {
  it.each(['工作秘密', '商业 秘密 保护', '保密', '县机密局', '时机，密切配合', ''])('is null for %j', (text) => {
    expect(statedLevel(text)).toBeNull();
  });
});

describe('classifiedLevel', () => {
  it('does not take the line head alone outside the head', () => {
    expect(classifiedLevel({ head: [], edge: ['秘密战线纪事'], body: [] })).toBeNull();
    expect(classifiedLevel({ head: ['秘密战线纪事'], edge: [], body: [] })).toBe('秘密');
  });
});

/** Outside the head: what is no mark in running text, but one before the masthead. */
const onlyInHead = new Set(['㊙', '国家秘密', '000023 秘密', '机密文件 注意保存', '秘密，注意保存']);

describe('outside the head, in a file as in what somebody types', () => {
  it.each([
    ...marks.filter(([mark]) => !onlyInHead.has(mark)),
    ['县水利局开工。机密★5年', '机密'],
    ['一段正文\n机 密 ★ 5 年\n另一段', '机密'],
    ['机\u200b密\u2060★\ufeff５年', '机密'],
    ['机密5年', '机密'],
    ['绝密（10年）', '绝密'],
    ['本文件密级：秘密。', '秘密'],
    ['本件为绝密。', '绝密'],
    ['机.密.★.5.年', '机密'],
    ['本文密级：机密', '机密'],
    ['定密：绝密★10年', '绝密'],
    ['此件的密级是秘密。', '秘密'],
  ])('%j is a mark', (text, level) => {
    expect(classifiedLevel({ head: [], edge: [], body: ['县水利局', text] })).toBe(level);
    expect(parseBulletinText(bulletinWith({ body: text }))).toEqual({ kind: 'classified', level });
    expect(parseBulletinText(bulletinWith({ foot: `责任编辑：李勉\n${text}` }))).toEqual({ kind: 'classified', level });
  });

  it.each([
    ...innocent,
    '机密文件管理进一步规范',
    '机密文件管理培训班开班',
    '秘密战线纪事',
    '秘密级文件清退工作完成',
    '秘密载体清查工作全面完成。机密、秘密级文件全部清退。',
    '保守国家秘密是公民的义务',
    '学习《保守国家秘密法》，了解绝密、机密、秘密三级。',
    '时机，密切配合',
    '★★★五星级酒店',
    '5年规划',
    '定密工作培训班讲授秘密事项范围',
    '县直单位定密、机密件登记情况',
  ])('%j is none', (text) => {
    expect(classifiedLevel({ head: [], edge: [], body: [text] })).toBeNull();
    expect(parseBulletinText(bulletinWith({ body: text })).kind).toBe('bulletin');
  });
});
