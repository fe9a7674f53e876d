import type { Bulletin } from './bulletin.js';
import { parseBulletinText } from './parse.js';

const rest = `
【要情】
县水利局加快水毁工程修复 对12处水毁工程开展修复，已完工9处。（水利局）
本期发：县委常委，副县长。
责任编辑：李勉
审核：路帅
签发：范晓宇`;

function readHead(head: string, tail = rest): Bulletin {
  const result = parseBulletinText(head + tail);
  if (result.kind !== 'bulletin') throw new Error(`${result.kind}: ${JSON.stringify(result)}`);
  return result.bulletin;
}
const codes = (bulletin: Bulletin): string[] => bulletin.warnings.map(({ code }) => code);

const office = '青陵县人民政府办公室';

describe('the number line', () => {
  it.each([
    ['青陵快报\n第14期', '青陵快报第14期', 14, null],
    ['青陵快报\n第 0 1 4 期', '青陵快报第14期', 14, null],
    ['青陵快报\n第十四期', '青陵快报第14期', 14, null],
    ['青陵快报\n第 二十 期', '青陵快报第20期', 20, null],
    ['青陵快报\n（第一百零三期）', '青陵快报第103期', 103, null],
    ['青陵快报\n2025年第3期', '青陵快报2025年第3期', 3, null],
    ['青陵快报\n二〇二五年第三期', '青陵快报2025年第3期', 3, null],
    ['青陵快报\n［2025］第3期', '青陵快报2025年第3期', 3, null],
    ['《青陵快报》2025年第3期', '青陵快报2025年第3期', 3, null],
    ['青陵快报\n第3期（总第236期）', '青陵快报第3期', 3, 236],
    ['青陵快报\n第3期\u3000总第２３６期', '青陵快报第3期', 3, 236],
    ['青陵快报\n第3期\n（总 236 期）', '青陵快报第3期', 3, 236],
    ['青陵快报\n（总第二百三十六期）\n第3期', '青陵快报第3期', 3, 236],
    ['青陵快报\n期号：3\n总期号：236', '青陵快报第3期', 3, 236],
    ['青 陵 快 报\n第3期', '青陵快报第3期', 3, null],
    ['青陵县农业农村局动态\n第3期', '青陵县农业农村局动态第3期', 3, null],
  ])('is read in %j', (head, title, issueNumber, totalNumber) => {
    expect(readHead(`${head}\n${office}\n2025年4月3日`)).toMatchObject({
      title,
      issueNumber,
      totalNumber,
      date: '2025-04-03',
      issuer: office,
    });
  });

  it('may hold issuer and date, the name above it', () => {
    expect(readHead(`青陵快报\n${office}    第3期    2025年4月3日（星期四）`)).toMatchObject({
      title: '青陵快报第3期',
      issuer: office,
      date: '2025-04-03',
    });
  });

  it('may hold the date, issuer above it', () => {
    expect(readHead(`${office}\n青陵快报\n第3期\t2025年4月3日`)).toMatchObject({
      series: '青陵快报',
      issuer: office,
      date: '2025-04-03',
    });
  });

  it.each(['青陵快报\n增刊第2期', '青陵快报\n第2期（增刊）', '青陵快报（增刊）\n第2期', '青陵快报\n增刊（2）'])(
    'shows %j as a supplement',
    (head) => {
      const bulletin = readHead(`${head}\n${office}\n2025年4月3日`);
      expect(bulletin).toMatchObject({ series: '青陵快报', issueNumber: 2, title: '青陵快报增刊第2期' });
      expect(codes(bulletin)).toEqual(['supplement']);
    },
  );

  it('of a combined issue is its first number, with a warning', () => {
    const bulletin = readHead(`青陵快报\n第14—15期\n${office}\n2025年4月3日`);
    expect(bulletin).toMatchObject({ issueNumber: 14, title: '青陵快报第14-15期' });
    expect(codes(bulletin)).toEqual(['combined_issue']);
  });

  it('that contradicts the document number is a warning', () => {
    const bulletin = readHead(`青陵快报\n第3期\n青政信〔2025〕4号\n${office}\n2025年4月3日`);
    expect(bulletin).toMatchObject({
      issueNumber: 3,
      title: '青陵快报第3期',
      extra: { docNumber: '青政信〔2025〕4号' },
    });
    expect(codes(bulletin)).toEqual(['number_mismatch']);
  });

  it('is not a sentence that names an issue', () => {
    const bulletin = readHead(
      `青陵快报\n第3期\n${office}\n2025年4月3日`,
      `${rest.replace('【要情】', '【要情】\n关于举办第5期培训班的通知\n第2期所报问题，已整改到位。（水利局）')}`,
    );
    expect(bulletin.issueNumber).toBe(3);
    expect(codes(bulletin)).not.toContain('second_issue');
  });

  it('of a second issue in one file is a warning', () => {
    const bulletin = readHead(`青陵快报\n第3期\n${office}\n2025年4月3日`, `${rest}\n第4期${rest}`);
    expect(bulletin.warnings).toContainEqual(expect.objectContaining({ code: 'second_issue', line: 11 }));
  });
});

describe('the date', () => {
  it.each([
    '2025年4月3日',
    '2025 年 4 月 3 日',
    '２０２５年４月３日',
    '二〇二五年四月三日',
    '二○二五年四月三日',
    '2025-04-03',
    '2025.4.3',
    '2025/4/3',
    '（2025年4月3日）',
  ])('is read in %j', (date) =>
    expect(readHead(`青陵快报\n第3期\n${office}\u3000\u3000\u3000${date}`)).toMatchObject({
      date: '2025-04-03',
      issuer: office,
    }),
  );

  it('that does not exist is a warning, not a guess', () => {
    const bulletin = readHead(`青陵快报\n第3期\n${office}\n2025年2月30日`);
    expect(bulletin.date).toBeNull();
    expect(codes(bulletin)).toEqual(['bad_date']);
  });

  it('that is missing is a warning at the number line', () => {
    expect(readHead(`青陵快报\n第3期\n${office}`).warnings).toEqual([
      expect.objectContaining({ line: 2, code: 'no_date' }),
    ]);
  });

  it('and the issuer come from the 印发 line where the head has none, with warnings', () => {
    const bulletin = readHead('青陵快报\n第3期', `${rest}\n${office}        2025年4月3日印发`);
    expect(bulletin).toMatchObject({ date: '2025-04-03', issuer: office });
    expect(codes(bulletin)).toEqual(['date_from_foot', 'issuer_from_foot']);
  });

  it('of an instruction box above the masthead is not the issue’s', () => {
    expect(
      readHead(`领导批示：\n请水利局阅研。王某 2025年5月1日\n年   月   日\n青陵快报\n第3期\n${office} 2025年4月3日`),
    ).toMatchObject({
      series: '青陵快报',
      date: '2025-04-03',
    });
  });
});

describe('the issuer', () => {
  it.each([
    [`${office}编`, office],
    [`${office}主办`, office],
    [`${office} 编印`, office],
    [`主办：${office}`, office],
    ['中共青陵县委办公室、青陵县人民政府办公室主办', '中共青陵县委办公室、青陵县人民政府办公室'],
    ['中共青陵县委办公室\n青陵县人民政府办公室', '中共青陵县委办公室、青陵县人民政府办公室'],
    ['中共青陵县委办公室\u3000青陵县人民政府办公室', '中共青陵县委办公室、青陵县人民政府办公室'],
    ['青陵县 人民政府办公室', office],
    ['青 陵 县 人 民 政 府 办 公 室', office],
    ['青陵县人民政府办公室信息股', '青陵县人民政府办公室信息股'],
  ])('is read in %j', (line, issuer) => expect(readHead(`青陵快报\n第3期\n${line}\n2025年4月3日`).issuer).toBe(issuer));

  it('is not a headline that ends like a unit', () => {
    const head =
      '青陵快报\n第3期\n2025年4月3日\n柳河镇建成便民服务中心\n柳河镇投资80万元，建成便民服务中心。（柳河镇）';
    const bulletin = readHead(head);
    expect(bulletin.issuer).toBeNull();
    expect(bulletin.sections[0]).toMatchObject({
      name: null,
      items: [{ headline: '柳河镇建成便民服务中心', unit: '柳河镇' }],
    });
  });
});

describe('a text copied from a web page', () => {
  it('loses the lines of the page, with one warning', () => {
    const chrome = '青陵县人民政府 www.qingling.example\n首页 | 政务公开\n';
    const bulletin = readHead(
      `${chrome}青陵快报2025年第3期\n发布日期：2025-04-03 11:09  浏览次数：12\n分享到：\n`,
      '关于春耕情况的通报\n全县春耕进展顺利，已完成九成。\n【打印】【关闭】\n上一篇：无\n版权所有：青陵县人民政府 京ICP备000号',
    );
    expect(bulletin).toMatchObject({ series: '青陵快报', date: '2025-04-03', issuer: null });
    expect(bulletin.sections).toEqual([
      {
        name: null,
        items: [{ headline: '关于春耕情况的通报', body: '全县春耕进展顺利，已完成九成。', unit: null, author: null }],
      },
    ]);
    expect(codes(bulletin).filter((code) => code === 'web_page_text')).toHaveLength(1);
  });
});

describe('marks of the head', () => {
  it.each([
    ['内部资料 注意保存', '内部资料 注意保存'],
    ['内部资料，注意保存', '内部资料，注意保存'],
    ['内部资料\u3000\u3000注意保密    编号：000023', '内部资料 注意保密'],
    ['【内部资料 注意保存】', '内部资料 注意保存'],
    ['内 部 资 料', '内部资料'],
    ['内部事项 注意保管', '内部事项 注意保管'],
    ['内部文件 不得外传', '内部文件 不得外传'],
    ['工作秘密', '工作秘密'],
    ['阅后收回', '阅后收回'],
    ['仅供领导参阅', '仅供领导参阅'],
    ['密级：内部', '内部'],
    ['特急  内部资料', '内部资料'],
    ['主动公开', '主动公开'],
  ])('%j is the classification %j', (line, classification) => {
    expect(readHead(`${line}\n青陵快报\n第3期\n${office}\n2025年4月3日`)).toMatchObject({
      series: '青陵快报',
      classification,
    });
  });

  it.each(['内部审计工作简报', '内 部 审 计 简 报', '政务公开简报', '公开栏快报'])(
    'the name %j is no classification',
    (name) => {
      expect(readHead(`${name}\n第3期\n${office}\n2025年4月3日`)).toMatchObject({
        series: name.replaceAll(' ', ''),
        classification: null,
      });
    },
  );

  it('come from the foot when public, and a contradiction is a warning', () => {
    const head = `青陵快报\n第3期\n${office}\n2025年4月3日`;
    expect(readHead(head, `${rest}\n（此件公开发布）`).classification).toBe('此件公开发布');
    const both = readHead(`内部资料\n${head}`, `${rest}\n（此件公开发布）`);
    expect(both.classification).toBe('内部资料');
    expect(codes(both)).toEqual(['marks_differ']);
  });

  it.each([
    ['特急', '特急'],
    ['特 急', '特急'],
    ['加急', '加急'],
    ['【特急】', '特急'],
    ['紧急程度：加急', '加急'],
    ['编号：000023      特急', '特急'],
  ])('%j is the urgency', (line, urgency) => {
    expect(readHead(`${line}\n青陵快报\n第3期\n${office}\n2025年4月3日`)).toMatchObject({
      urgency,
      series: '青陵快报',
    });
  });

  it.each(['编号：000023', '№ 000023', '000023', '份号：000023    内部资料'])('%j holds the copy number', (line) => {
    expect(readHead(`${line}\n青陵快报\n第3期\n${office}\n2025年4月3日`)).toMatchObject({
      series: '青陵快报',
      extra: { copyNumber: '000023' },
    });
  });
});

describe('a line of the head that is not understood', () => {
  it('is a warning at that line', () => {
    const bulletin = readHead(`请水利局阅研。王某\n青陵快报\n第3期\n${office}\n2025年4月3日`);
    expect(bulletin.series).toBe('青陵快报');
    expect(bulletin.warnings).toEqual([expect.objectContaining({ line: 1, code: 'unknown_head_line' })]);
  });
});

describe('a head with something missing', () => {
  it('without a series warns', () => {
    expect(codes(readHead(`第3期\n${office}\n2025年4月3日`))).toEqual(['no_series']);
  });
  it('with an unusual name takes the line above the number, with a warning', () => {
    const bulletin = readHead(`青陵之声\n第3期\n${office}\n2025年4月3日`);
    expect(bulletin.series).toBe('青陵之声');
    expect(codes(bulletin)).toEqual(['series_guessed']);
  });
  it('without a number is still a bulletin when the rest is one, with a warning', () => {
    const bulletin = readHead(`青陵快报\n${office}\n2025年4月3日`);
    expect(bulletin).toMatchObject({ series: '青陵快报', issueNumber: null, issuer: office });
    expect(codes(bulletin)).toEqual(['no_issue_number']);
  });
});
