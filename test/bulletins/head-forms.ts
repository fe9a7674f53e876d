import type { Chance } from './drawn.js';

/** Tables of the head: names, numbers, dates, issuers and whatever else an office prints above its first item. */

export const spaced = (text: string): string => [...text].join(' ');

const NUMERALS = [...'〇一二三四五六七八九'];
export function chineseNumber(value: number): string {
  if (value > 199) return [...String(value)].map((digit) => NUMERALS[Number(digit)]).join('');
  const [hundreds, tens, ones] = [Math.floor(value / 100), Math.floor((value % 100) / 10), value % 10];
  const high = hundreds > 0 ? `${NUMERALS[hundreds]}百` : '';
  const middle =
    tens > 0 ? `${tens === 1 && hundreds === 0 ? '' : NUMERALS[tens]}十` : hundreds > 0 && ones > 0 ? '零' : '';
  return high + middle + (ones > 0 ? NUMERALS[ones] : '');
}
const yearWords = (year: number): string => [...String(year)].map((digit) => NUMERALS[Number(digit)]).join('');
const wide = (text: string): string =>
  text.replace(/\d/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

export const seriesNames = (chance: Chance, place: string): string => {
  const short = place.slice(0, -1);
  return chance.one([
    ...[
      `${short}政务快报`,
      `${place}政务信息`,
      '每日要情',
      '一周要情',
      '督查通报',
      '工作简报',
      '政务参阅',
      '值班快报',
      '招商动态',
    ],
    ...[
      '乡村振兴工作简报',
      '舆情专报',
      `${short}政务`,
      '领导参阅',
      '工作动态',
      '防汛抗旱简报',
      '营商环境专刊',
      '改革内参',
    ],
    ...[
      `${place}重点项目建设专报`,
      '县情通报',
      `${short}信息`,
      '督查专报',
      '信访要情',
      '人居环境整治工作通讯',
      '值班信息专报',
    ],
    ...['政务要闻', '应急管理快讯', '今日快报', '经济运行月报', '民情摘报', '机关党建之窗', '信息快递'],
  ]);
};

export const seriesForms: Record<string, (name: string) => string> = {
  plain: (name) => name,
  'letters apart': spaced,
  'two blanks between letters': (name) => [...name].join('  '),
  'in 《》': (name) => `《${name}》`,
  'ideographic blanks between letters': (name) => [...name].join('\u3000'),
  'with stars': (name) => `★${name}★`,
  'on two lines': (name) => name.replace(/^(.{4,})(?=工作简报$)/u, '$1\n'),
};

interface NumberForm {
  /** Lines under the name, or one that holds the name itself. */
  lines: string[];
  total: number | null;
  inName?: boolean;
  /** The form holds the day, and only that: `2025年第31期（5月2日\u3000星期五）`. */
  holdsDate?: boolean;
}
type NumberWriter = (at: {
  year: number;
  n: number;
  total: number;
  month: number;
  day: number;
  name: string;
}) => NumberForm;

const just = (line: string, total: number | null = null): NumberForm => ({ lines: [line], total });

export const numberForms: Record<string, NumberWriter> = {
  第N期: ({ n }) => just(`第${n}期`),
  '第 N 期': ({ n }) => just(`第 ${n} 期`),
  '第\u3000N\u3000期, wide': ({ n }) => just(`第\u3000${wide(String(n))}\u3000期`),
  'in words': ({ n }) => just(`第${chineseNumber(n)}期`),
  '（第N期）': ({ n }) => just(`（第${n}期）`),
  'with a nought': ({ n }) => just(`第${String(n).padStart(3, '0')}期`),
  YYYY年第N期: ({ year, n }) => just(`${year}年第${n}期`),
  '〔YYYY〕第N期': ({ year, n }) => just(`〔${year}〕第${n}期`),
  '[YYYY]第N期': ({ year, n }) => just(`[${year}]第${n}期`),
  '（YYYY）第N期': ({ year, n }) => just(`（${year}）第${n}期`),
  YYYY年M月刊第N期: ({ year, month, n }) => just(`${year}年${month}月刊\u3000第${n}期`),
  YYYY年M月第N期: ({ year, month, n }) => just(`${year}年${month}月第${n}期`),
  'total behind it': ({ n, total }) => just(`第${n}期（总第${total}期）`, total),
  'total behind a blank': ({ n, total }) => just(`第${n}期  总第${total}期`, total),
  'total on its own line': ({ n, total }) => ({ lines: [`第${n}期`, `（总第${total}期）`], total }),
  'total first': ({ n, total }) => ({ lines: [`总第${total}期`, `第${n}期`], total }),
  'total in words': ({ n, total }) => ({
    lines: [`第${chineseNumber(n)}期`, `（总第${chineseNumber(total)}期）`],
    total,
  }),
  总期第N号: ({ n, total }) => just(`第${n}期（总${total}期）`, total),
  合刊: ({ n, total }) => ({ lines: [`第${n}、${n + 1}期合刊`, `（总第${total}、${total + 1}期）`], total }),
  '〔YYYY〕N号': ({ year, n }) => just(`〔${year}〕${n}号`),
  第N号: ({ n }) => just(`第${n}号`),
  '★ 第 N 期 ★': ({ n }) => just(`★\u3000第 ${n} 期\u3000★`),
  'of a term': ({ year, n }) => just(`（${year}年春季学期第${n}期）`),
  '编号：YYYY-N': ({ year, n }) => just(`编号：${year}-${n}`),
  '期号：N': ({ n }) => just(`期号：${n}`),
  'No.N': ({ n }) => just(`No.${n}`),
  'behind the name, No.N': ({ name, n }) => ({ lines: [`${name} No.${n}`], total: null, inName: true }),
  'behind the name, Issue N': ({ name, n }) => ({ lines: [`${name} Issue ${n}`], total: null, inName: true }),
  'behind the name': ({ name, n }) => ({ lines: [`${name}第${n}期`], total: null, inName: true }),
  'behind the name and a blank': ({ name, n }) => ({ lines: [`${name}  第${n}期`], total: null, inName: true }),
  'name, year and number': ({ name, year, n }) => ({ lines: [`${name}${year}年第${n}期`], total: null, inName: true }),
  'name in brackets': ({ name, year, n }) => ({ lines: [`${name}（${year}年第${n}期）`], total: null, inName: true }),
  'with the day in brackets': ({ year, n, month, day }) => ({
    lines: [`${year}年第${n}期（${month}月${day}日\u3000星期五）`],
    total: null,
    holdsDate: true,
  }),
};

type DateWriter = (year: number, month: number, day: number) => string;
export const dateForms: Record<string, DateWriter> = {
  plain: (y, m, d) => `${y}年${m}月${d}日`,
  'with blanks': (y, m, d) => `${y} 年 ${m} 月 ${d} 日`,
  'in words': (y, m, d) => `${yearWords(y)}年${chineseNumber(m)}月${chineseNumber(d)}日`,
  'wide digits': (y, m, d) => wide(`${y}年${m}月${d}日`),
  'weekday behind a blank': (y, m, d) => `${y}年${m}月${d}日\u3000星期三`,
  'weekday in brackets': (y, m, d) => `${y}年${m}月${d}日（星期四）`,
  'an hour': (y, m, d) => `${y}年${m}月${d}日16时`,
  'an hour and minutes': (y, m, d) => `${y}年${m}月${d}日 16:30`,
  'hours and minutes in words': (y, m, d) => `${y}年${m}月${d}日9时30分`,
  上午: (y, m, d) => `${y}年${m}月${d}日上午`,
  'with hyphens': (y, m, d) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`,
  'with dots': (y, m, d) => `${y}.${m}.${d}`,
  'with strokes': (y, m, d) => `${y}/${m}/${d}`,
  'in brackets': (y, m, d) => `（${y}年${m}月${d}日）`,
  'with a label': (y, m, d) => `日期：${y}年${m}月${d}日`,
  'label 出刊日期': (y, m, d) => `出刊日期：${y}年${m}月${d}日`,
};

export const issuerForms: Record<string, (name: string) => string> = {
  plain: (name) => name,
  编: (name) => `${name}编`,
  主办: (name) => `${name}主办`,
  'label 单位': (name) => `单位：${name}`,
  联合编发: (name) => `${name}联合编发`,
  发布: (name) => `${name}发布`,
  编印: (name) => `${name} 编印`,
  'label 主办': (name) => `主办：${name}`,
  'label 编发单位': (name) => `编发单位：${name}`,
  'letters apart': spaced,
};

export const issuers = (chance: Chance, place: string): string =>
  chance.one([
    ...Array.from({ length: 4 }, () => `${place}人民政府办公室`),
    ...[
      `中共${place}委办公室`,
      `${place}督查室`,
      `${place}人民政府总值班室`,
      `${place}应急管理局`,
      `中共${place}委宣传部`,
    ],
    ...[
      `${place}优化营商环境工作领导小组办公室`,
      `${place}人民政府办公室信息股`,
      `${place}乡村振兴局`,
      `${place}信访局`,
    ],
    ...[
      `${place}住房和城乡建设局办公室`,
      `中共${place}委办公室信息科`,
      `中共${place}东部新区工委宣传部`,
      `${place}生态环境保护和综合执法局`,
      `国家统计局${place}调查队`,
      `国网${place}供电公司供电服务指挥中心`,
    ],
    ...[`${place}防汛抗旱指挥部办公室`, `中共${place}委办公室、${place}人民政府办公室`, `${place}重点项目建设指挥部`],
  ]);

/** How issuer and date stand to each other. */
export const headLines: Record<string, (issuer: string, date: string) => string[]> = {
  'two lines': (issuer, date) => [issuer, date],
  'one line, a range of days between': (issuer, date) => [`${issuer}\u3000\u3000（7月8日—7月14日）\u3000${date}`],
  'a telephone behind the issuer': (issuer, date) => [`${issuer}（电话：7789001）`, date],
  'one line, blanks': (issuer, date) => [`${issuer}                    ${date}`],
  'one line, ideographic blanks': (issuer, date) => [`${issuer}\u3000\u3000\u3000\u3000\u3000\u3000${date}`],
  'one line, tab': (issuer, date) => [`${issuer}\t${date}`],
  'issuer/date': (issuer, date) => [`${issuer}/${date}`],
  'date first': (issuer, date) => [date, issuer],
  'one line, |': (issuer, date) => [`${issuer} | ${date}`],
  'one line, 丨': (issuer, date) => [`${issuer}丨${date}`],
  'one line, two blanks': (issuer, date) => [`${issuer}  ${date}`],
};

/** Lines above the name. */
export const aboveName: Record<string, (chance: Chance) => string[]> = {
  nothing: () => [],
  'internal mark': () => ['内部资料  注意保存'],
  'internal mark and copy number': () => ['内部资料 注意保存          编号：000023'],
  urgency: () => ['特急'],
  'box for instructions': () => ['领导批示：', '', '                    年  月  日'],
  'copy number': () => ['份号：000127'],
  'a slogan': (chance) => [
    chance.ofPaper('slogan above', () => chance.one(['围绕中心  服务大局', '求真务实 服务决策', '上情下达 下情上报'])),
  ],
};

/** Lines between the number and the first item that say nothing a reader needs. */
export const insideHead: Record<string, (chance: Chance) => string[]> = {
  nothing: () => [],
  'a rule': () => ['━━━━━━━━━━━━━━━━━━━━'],
  'a slogan': (chance) => [
    chance.ofPaper('slogan', () =>
      chance.one(['关注民生 服务发展', '抓落实 促发展 惠民生', '讲政治、顾大局、守纪律', '真抓实干 马上就办']),
    ),
  ],
  'a period of hours': () => ['（3月24日8时—25日8时）'],
  'a day of hours': () => ['（2019年3月24日0—24时）'],
  'a period': () => ['（3月24日—3月30日）'],
  'pages and a printing permit': () => ['（内部资料 免费交流）', '本期共4版'],
  'an address of the office': () => ['地址：人民路1号县政府3楼'],
  'a mark of the editors': () => ['（本刊每周一、周四出刊）'],
  'for whom': () => ['供领导参阅'],
};
