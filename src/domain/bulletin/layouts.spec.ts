import type { Bulletin } from './bulletin.js';
import { parseBulletinText } from './parse.js';

/** Layouts that once ended a part, slid what stood behind it or went wrong without a word. */

const head = '青陵快报\n第3期\n青陵县人民政府办公室\n2025年4月3日\n';
const foot = '\n本期发：县委常委，副县长。\n责任编辑：李勉\n审核：路帅\n签发：范晓宇';
const item = '县水利局加快水毁工程修复 对12处水毁工程开展修复，已完工9处。（水利局）';

function read(text: string): Bulletin {
  const result = parseBulletinText(text);
  if (result.kind !== 'bulletin') throw new Error(JSON.stringify(result));
  return result.bulletin;
}
const headlines = (bulletin: Bulletin): (string | null)[] =>
  bulletin.sections.flatMap(({ items }) => items.map(({ headline }) => headline));

describe('a head', () => {
  it.each([
    '2025年4月3日16时',
    '2025年4月3日上午',
    '2025年4月3日 16:30',
    '2025年4月3日9时30分',
    '出刊日期：2025年4月3日',
    '2025 年 4 月 3 日\u3000星期四',
    '关注民生 服务发展\n2025年4月3日',
    '2025年4月3日\n（本刊每周一、周四出刊）',
    '2025年4月3日\n本期共4版',
    '2025年4月3日\n地址：人民路1号',
  ])('with %j is whole, and the item below it is the first', (date) => {
    const bulletin = read(`青陵快报\n第3期\n青陵县人民政府办公室\n${date}\n${item}${foot}`);
    expect(bulletin).toMatchObject({ series: '青陵快报', date: '2025-04-03', issuer: '青陵县人民政府办公室' });
    expect(headlines(bulletin)).toEqual(['县水利局加快水毁工程修复']);
  });

  it.each([
    ['第14、15期合刊\n（总第314、315期）', 14, 314],
    ['第14号', 14, null],
    ['〔2025〕第14期', 14, null],
    ['2025年4月第2期', 2, null],
    ['第（14）期', 14, null],
    ['2025·14', 14, null],
    ['期號：14', 14, null],
    ['總第236期\n第14期', 14, 236],
  ])('with the number %j keeps its name', (number, issueNumber, totalNumber) => {
    const bulletin = read(`青陵快报\n${number}\n青陵县人民政府办公室\n2025年4月3日\n${item}${foot}`);
    expect(bulletin).toMatchObject({ series: '青陵快报', issueNumber, totalNumber, date: '2025-04-03' });
  });

  it('takes the year of a day from the number', () => {
    const bulletin = read(`青陵快报\n2025年第31期（5月2日\u3000星期五）\n青陵县督查室\n${item}${foot}`);
    expect(bulletin).toMatchObject({ issueNumber: 31, date: '2025-05-02', issuer: '青陵县督查室' });
  });

  it('of a range of days takes the last, and says that it may be the first', () => {
    const bulletin = read(`青陵周报\n第3期\n青陵县督查室\n2025年4月1日—4月7日\n${item}${foot}`);
    expect(bulletin.date).toBe('2025-04-07');
    expect(bulletin.doubts).toContainEqual(expect.objectContaining({ fact: 'date', alternative: '2025-04-01' }));
    expect(bulletin.warnings).toContainEqual(
      expect.objectContaining({ line: 4, message: expect.stringContaining('也可能是“2025-04-01”') as string }),
    );
  });

  it('may hold who signs', () => {
    const bulletin = read(
      `青陵专报\n第33期        签发人：周五洲\n青陵县总值班室\n2025年4月3日\n${item}\n报：县委书记。`,
    );
    expect(bulletin).toMatchObject({ issueNumber: 33, approver: '周五洲' });
  });
});

describe('an item', () => {
  it.each([
    '改造老旧小区',
    '加固病险水库',
    '设立驻企服务办',
    '帮扶薄弱村',
    '新建三所学校',
    '提升旅游景区',
    '办好养老院',
  ])('may have a headline that ends like a unit: %s', (deed) => {
    const bulletin = read(`${head}县住建局${deed} 投入96万元，惠及2000人。（住建局）${foot}`);
    expect(bulletin.sections[0]?.items[0]).toMatchObject({ headline: `县住建局${deed}`, unit: '住建局' });
  });

  it.each(['◆', '▶ ', '· ', '- ', '◎', '★ ', '1.', '2．', '3、', '⒋', '①', '（1）', '➤ '])(
    'sheds its mark %j',
    (mark) => {
      const bulletin = read(`${head}${mark}县水利局清淤 疏浚河道3公里，清理垃圾9吨。（水利局）${foot}`);
      expect(bulletin.sections[0]?.items[0]).toMatchObject({ headline: '县水利局清淤', unit: '水利局' });
    },
  );

  it('has a short headline behind its mark, which is no section', () => {
    const bulletin = read(
      `${head}◆ 夏粮喜获丰收\n全县收获小麦56万亩，单产提高3%。\n◆ 秋播进展顺利\n全县播种31万亩，占七成。${foot}`,
    );
    expect(headlines(bulletin)).toEqual(['夏粮喜获丰收', '秋播进展顺利']);
  });

  it('may begin with 【标题】 or with its number and 【单位】', () => {
    const tagged = `1.【柳河镇】推进禁烧。组织巡查120人次，劝阻9起。\n2.【石桥乡】抓好防汛。备齐物资3万件，演练2次。`;
    expect(headlines(read(head + tagged + foot))).toEqual(['推进禁烧', '抓好防汛']);
    const titled = `【柳河镇推进“五小园”建设】建成小菜园312处，拆除残垣88处。（柳河镇）`;
    expect(headlines(read(head + titled + foot))).toEqual(['柳河镇推进“五小园”建设']);
  });
});

describe('what is no item', () => {
  it.each([
    '编者按：现将做法刊发，供借鉴。',
    '【编者按】现将做法刊发，供借鉴。',
    '编者按\n\u3000\u3000现将做法刊发，供借鉴。',
    '按语：现将做法刊发。',
  ])('%j', (note) => {
    const bulletin = read(
      `${head}${note}\n石桥乡盘活闲置资产\n\u3000\u3000石桥乡清查资产137宗，盘活98宗。（石桥乡）${foot}`,
    );
    expect(headlines(bulletin)).toEqual(['石桥乡盘活闲置资产']);
    expect(bulletin.warnings.map(({ code }) => code)).toContain('note_skipped');
  });

  it.each([
    ['目录', ''],
    ['本期导读', '……1'],
    ['◎本期看点', '\t1'],
    ['【本期要目】', '……………（1）'],
  ])('a list of contents: %s, %j', (label, tail) => {
    const entries = `${label}\n◎ 县水利局加快水毁工程修复${tail}\n◎ 石桥乡做好春耕${tail}\n`;
    const second = '石桥乡做好春耕 组织农机手120名，投入机具300台套。（石桥乡）';
    expect(headlines(read(`${head}${entries}${item}\n${second}${foot}`))).toHaveLength(2);
  });

  it.each(['.', '。', '·'])('a stray %s', (dot) => {
    expect(
      headlines(read(`${head}${item}\n${dot}\n石桥乡做好春耕 组织农机手120名，投入机具300台。（石桥乡）${foot}`)),
    ).toHaveLength(2);
  });

  it.each([
    '主题词：政务\u3000信息',
    '投稿邮箱：a@example.cn',
    '电话：0373-0000120\u3000传真：0373-0000121',
    '印数：共印200份',
    '存档（2）',
  ])('the foot line %s, which is no recipient either', (line) => {
    const bulletin = read(`${head}${item}\n${line}${foot}\n${line}`);
    expect(headlines(bulletin)).toHaveLength(1);
    expect(bulletin.distribution).toEqual(['县委常委', '副县长']);
  });
});

describe('the recipients', () => {
  it.each([
    '报  县委书记，副县长',
    '【报】县委书记，副县长',
    '报丨县委书记，副县长',
    '报：县委书记，\n\u3000\u3000副县长。',
    '[报]县委书记，副县长。',
  ])('are read in %j', (line) => {
    expect(read(`${head}${item}\n${line}\n责任编辑：李勉`).distribution).toEqual(['县委书记', '副县长']);
  });
});
