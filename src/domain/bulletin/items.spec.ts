import type { Bulletin, BulletinItem } from './bulletin.js';
import { parseBulletinText } from './parse.js';

function readBodyOf(body: string): Bulletin {
  const text = `青陵快报\n第3期\n青陵县人民政府办公室\n2025年4月3日\n${body}\n本期发：县委常委。\n责任编辑：李勉\n审核：路帅\n签发：范晓宇`;
  const result = parseBulletinText(text);
  if (result.kind !== 'bulletin') throw new Error(result.kind);
  return result.bulletin;
}
const items = (bulletin: Bulletin): BulletinItem[] => bulletin.sections.flatMap((section) => section.items);
const names = (bulletin: Bulletin): (string | null)[] => bulletin.sections.map(({ name }) => name);
const codes = (bulletin: Bulletin): string[] => bulletin.warnings.map(({ code }) => code);

const one = '对12处水毁工程开展修复，已完工9处。';
const two = '组织农机手120名，投入机具300台套。';

describe('sections', () => {
  it.each(['【要情】', '【 要 情 】', '［要情］', '〖要情〗', '★要情★', '≡要情≡', '◆【要情】◆'])(
    '%j alone on its line is a heading',
    (line) => {
      expect(names(readBodyOf(`${line}\n县水利局加快修复 ${one}（水利局）`))).toEqual(['要情']);
    },
  );

  it('may be thirty, an empty one among them', () => {
    const body = Array.from({ length: 30 }, (_, index) =>
      index === 17 ? `【栏目${index + 1}】` : `【栏目${index + 1}】\n柳河镇做好第${index + 1}项工作 ${one}（柳河镇）`,
    ).join('\n\n');
    const bulletin = readBodyOf(body);
    expect(names(bulletin)).toEqual(Array.from({ length: 30 }, (_, index) => `栏目${index + 1}`));
    expect(items(bulletin)).toHaveLength(29);
    expect(bulletin.warnings).toEqual([
      expect.objectContaining({ code: 'empty_section', message: '栏目【栏目18】下没有稿件。' }),
    ]);
  });

  it('are 一、二、三、 where no article title stands before them', () => {
    const bulletin = readBodyOf(
      `一、乡村振兴\n1．柳河镇加快水毁工程修复。${one}（柳河镇）\n2．石桥乡做好春耕。${two}（石桥乡）\n二、招商引资\n县商务局对接产业转移\u3000${two}（县商务局）`,
    );
    expect(names(bulletin)).toEqual(['乡村振兴', '招商引资']);
    expect(items(bulletin).map(({ headline }) => headline)).toEqual([
      '柳河镇加快水毁工程修复',
      '石桥乡做好春耕',
      '县商务局对接产业转移',
    ]);
  });

  it('are no 一、二、三、 under an article title', () => {
    const bulletin = readBodyOf(
      `关于春耕情况的专报\n全县春耕进展顺利，现报告如下。\n一、基本情况\n${one}\n二、存在问题\n${two}\n（农业农村局）`,
    );
    expect(names(bulletin)).toEqual([null]);
    expect(items(bulletin)).toEqual([
      {
        headline: '关于春耕情况的专报',
        body: `全县春耕进展顺利，现报告如下。\n一、基本情况\n${one}\n二、存在问题\n${two}`,
        unit: '农业农村局',
        author: null,
      },
    ]);
  });

  it('are no 一、二、三、 where 【】 is used', () => {
    expect(
      names(readBodyOf(`【要情】\n县水利局加快修复 ${one}\n一、加固\n${two}\n二、验收\n${two}（水利局）`)),
    ).toEqual(['要情']);
  });
});

describe('items', () => {
  it('have the headline parted by a full stop, blanks or a line end', () => {
    const bulletin = readBodyOf(
      [
        '【要情】',
        `县水利局加快修复。${one}（水利局）`,
        `石桥乡做好春耕 ${two}（石桥乡）`,
        `柳河镇做好防汛\u3000${one}（柳河镇）`,
        `县气象局做好预报   ${one}（气象局）`,
        `县林业发展中心压实责任\n${two}（林业发展中心）`,
      ].join('\n'),
    );
    expect(items(bulletin).map(({ headline, unit }) => [headline, unit])).toEqual([
      ['县水利局加快修复', '水利局'],
      ['石桥乡做好春耕', '石桥乡'],
      ['柳河镇做好防汛', '柳河镇'],
      ['县气象局做好预报', '气象局'],
      ['县林业发展中心压实责任', '林业发展中心'],
    ]);
  });

  it.each([
    '4月2日，县长到石桥乡调研，要求抓好春耕。',
    '近日县公安局破获一起案件。抓获嫌疑人5名。',
    '12家企业参加招聘会。现场达成意向310人。',
    '县税务局组织税收宣传进企业，发放资料2000份。现场答疑300人次。',
    '二〇二五年四月二日全县召开动员会。会期半天。',
    '四月二日县里召开动员会。会期半天。',
  ])('have no headline when the first sentence is a real one: %s', (text) => {
    expect(items(readBodyOf(`【要情】\n${text}（县政府办）`))).toEqual([
      { headline: null, body: text, unit: '县政府办', author: null },
    ]);
  });

  it('are parted by an attribution, never by a short first sentence', () => {
    const bulletin = readBodyOf(
      `南关街道“三个到位”抓实城市管理\n\n    今年以来，南关街道持续用力。\n\n    组织领导到位。成立专班，划分网格32个。\n\n    宣传发动到位。发放倡议书8000份，悬挂横幅60条。\n\n（南关街道）`,
    );
    expect(items(bulletin)).toEqual([
      {
        headline: '南关街道“三个到位”抓实城市管理',
        body: '今年以来，南关街道持续用力。\n组织领导到位。成立专班，划分网格32个。\n宣传发动到位。发放倡议书8000份，悬挂横幅60条。',
        unit: '南关街道',
        author: null,
      },
    ]);
  });

  it('start at bullets', () => {
    expect(
      items(readBodyOf(`●${one}（水利局）\n● ${two}（石桥乡）\n●\u3000${one}`)).map(({ body, unit }) => [body, unit]),
    ).toEqual([
      [one, '水利局'],
      [two, '石桥乡'],
      [one, null],
    ]);
  });

  it('start at a unit tag, which is no section', () => {
    const bulletin = readBodyOf(
      `【基层动态】\n【柳河镇】三项举措推进禁烧。${one}\n【石桥乡】多措并举抓好防汛 ${two}\n再接再厉，确保安全。\n【南关街道】6月2日，开展排查，整改隐患17处。`,
    );
    expect(names(bulletin)).toEqual(['基层动态']);
    expect(items(bulletin)).toEqual([
      { headline: '三项举措推进禁烧', body: one, unit: '柳河镇', author: null },
      { headline: '多措并举抓好防汛', body: `${two}\n再接再厉，确保安全。`, unit: '石桥乡', author: null },
      { headline: null, body: '6月2日，开展排查，整改隐患17处。', unit: '南关街道', author: null },
    ]);
  });

  it('keep 【】 inside a sentence as text, a page break before it or not', () => {
    const [item] = items(
      readBodyOf(`【要情】\n县委组织部抓实教育 组织收看《榜样9》\n\n【党课开讲】专题节目，参加1.6万名。（组织部）`),
    );
    expect(item?.body.replaceAll('\n', '')).toBe('组织收看《榜样9》【党课开讲】专题节目，参加1.6万名。');
    expect(item?.unit).toBe('组织部');
  });

  it('are not made from a contents list', () => {
    const list = '本期要目\n1. 县水利局加快修复……1\n2. 石桥乡做好春耕……2\n';
    const bulletin = readBodyOf(`${list}县水利局加快修复\n${one}（水利局）\n石桥乡做好春耕\n${two}（石桥乡）`);
    expect(items(bulletin).map(({ headline }) => headline)).toEqual(['县水利局加快修复', '石桥乡做好春耕']);
    expect(bulletin.warnings).toEqual([expect.objectContaining({ line: 5, code: 'contents_skipped' })]);
  });

  it('take a list of attachments or a note behind the attribution', () => {
    const bulletin = readBodyOf(`【要情】\n县水利局加快修复 ${one}（水利局）\n附件：工程清单`);
    expect(items(bulletin)).toEqual([
      { headline: '县水利局加快修复', body: `${one}\n附件：工程清单`, unit: '水利局', author: null },
    ]);
    expect(codes(bulletin)).toEqual(['addendum']);
  });

  it('without a unit are warned of one by one, or once when none has any', () => {
    expect(
      codes(
        readBodyOf(
          `【甲】\n县水利局加快修复 ${one}\n【乙】\n石桥乡做好春耕 ${two}（石桥乡）\n【丙】\n柳河镇防汛备汛 ${two}`,
        ),
      ),
    ).toEqual(['no_unit', 'no_unit']);
    expect(codes(readBodyOf(`【甲】\n县水利局加快修复 ${one}\n【乙】\n石桥乡做好春耕 ${two}`))).toEqual(['no_unit']);
  });

  it('with several blanks in the headline are cut at the last, with a warning', () => {
    const bulletin = readBodyOf(`【甲】\n县工信局多措并举 助企纾困 走访企业120家，解决问题36个。（工信局）`);
    expect(items(bulletin)[0]).toMatchObject({
      headline: '县工信局多措并举 助企纾困',
      body: '走访企业120家，解决问题36个。',
    });
    expect(codes(bulletin)).toEqual(['headline_guessed']);
  });

  it('keep blanks round figures and after a unit name in the body', () => {
    expect(
      items(readBodyOf('【甲】\n县人社局 举办招聘会，达成意向 310 人，走访 100 余户。（人社局）'))[0],
    ).toMatchObject({
      headline: null,
      body: '县人社局 举办招聘会，达成意向 310 人，走访 100 余户。',
    });
  });
});

describe('attributions', () => {
  it.each([
    ['（自然资源局）', '自然资源局', null],
    ['(自然资源局)', '自然资源局', null],
    ['（ 王楼镇 ）', '王楼镇', null],
    ['（县教体局、团县委）', '县教体局、团县委', null],
    ['（县自然资源局 县农业农村局）', '县自然资源局、县农业农村局', null],
    ['（县发改委 张三）', '县发改委', '张三'],
    ['（县发改委\u3000张 三）', '县发改委', '张三'],
    ['（县发改委张三）', '县发改委', '张三'],
    ['（县水利局供稿）', '县水利局', null],
    ['（供稿：县水利局 李四）', '县水利局', '李四'],
    ['（县融媒体中心记者 曹五 通讯员 严六）', '县融媒体中心', '曹五、严六'],
    ['（记者曹五）', null, '曹五'],
    ['（县文广旅游局）', '县文广旅游局', null],
    ['（原阳县农业农村局）', '原阳县农业农村局', null],
    ['（经开区管委会）', '经开区管委会', null],
    ['（县直机关工委（党校））', '县直机关工委（党校）', null],
  ])('%s is the unit %s and the author %s', (bracket, unit, author) => {
    expect(items(readBodyOf(`【甲】\n县里加快水毁修复 ${one}${bracket}\n石桥乡做好春耕 ${two}（石桥乡）`))[0]).toEqual({
      headline: '县里加快水毁修复',
      body: one,
      unit,
      author,
    });
  });

  it.each(['（详见附件）', '（以下简称“一码”）', '（镇、街道）', '（含垂直管理单位）', '（见附件2）', '（待续）'])(
    '%s is text',
    (bracket) => {
      const text = `采集信息9.8万宗，形成新格局${bracket}。`;
      expect(items(readBodyOf(`【甲】\n县里加快水毁修复 ${text}\n（水利局）`))[0]).toMatchObject({
        body: text,
        unit: '水利局',
      });
      expect(
        items(readBodyOf(`【甲】\n县里加快水毁修复 ${one}${bracket}\n【乙】\n石桥乡做好春耕 ${two}（石桥乡）`))[0],
      ).toMatchObject({ unit: null });
    },
  );

  it('of an unusual name are taken at the end of an item with a warning', () => {
    const bulletin = readBodyOf(`【甲】\n县里加快水毁修复 ${one}（青陵之声）\n【乙】\n石桥乡做好春耕 ${two}（石桥乡）`);
    expect(items(bulletin)[0]).toMatchObject({ body: one, unit: '青陵之声' });
    expect(bulletin.warnings).toEqual([expect.objectContaining({ line: 6, code: 'attribution_guessed' })]);
  });

  it('before the full stop are taken where the item ends, with a warning', () => {
    const bulletin = readBodyOf(
      '【甲】\n丰庄镇倡导文明祭祀 转发微信群50次，走访100余户（丰庄镇）。\n【乙】\n石桥乡做好春耕 组织农机手120名，投入机具300台套（石桥乡）。',
    );
    expect(items(bulletin).map(({ body, unit }) => [body, unit])).toEqual([
      ['转发微信群50次，走访100余户。', '丰庄镇'],
      ['组织农机手120名，投入机具300台套。', '石桥乡'],
    ]);
    expect(codes(bulletin)).toEqual(['attribution_guessed', 'attribution_guessed']);
  });

  it('that could be part of the text are left there with a warning', () => {
    const bulletin = readBodyOf(
      '【甲】\n县里加快水毁修复 经过部署，重点走访了两个乡镇（柳河镇、石桥乡）\n随后召开座谈会，听取意见。（水利局）',
    );
    expect(items(bulletin)).toHaveLength(1);
    expect(codes(bulletin)).toContain('attribution_unclear');
  });
});
