/** Tables of the body: headings of sections, items, who sent them. */

const WORDS = [...'一二三四五六七八九十'];
const FULL_STOPPED = [...'⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑'];
const RINGS = [...'①②③④⑤⑥⑦⑧⑨⑩'];
/** `bare`: only a list of contents or the text around it shows that the line is a heading. */
export const sectionForms: Record<string, (name: string, index: number) => string> = {
  '【】': (name) => `【${name}】`,
  '【 】 with blanks': (name) => `【 ${name} 】`,
  '[]': (name) => `[${name}]`,
  '[ ]': (name) => `[ ${name} ]`,
  '［］': (name) => `［${name}］`,
  '〔〕': (name) => `〔${name}〕`,
  '〖〗': (name) => `〖${name}〗`,
  '『』': (name) => `『${name}』`,
  '〈〉': (name) => `〈${name}〉`,
  '◆【】': (name) => `◆【${name}】`,
  '★X★': (name) => `★${name}★`,
  '≡X≡': (name) => `≡${name}≡`,
  '■ X': (name) => `■ ${name}`,
  '一、X': (name, index) => `${WORDS[index] ?? '十'}、${name}`,
  '（一）X': (name, index) => `（${WORDS[index] ?? '十'}）${name}`,
  '一、【X】': (name, index) => `${WORDS[index] ?? '十'}、【${name}】`,
  '—X—': (name) => `—— ${name} ——`,
  '▌X': (name) => `▌${name}`,
  '━━━━ X ━━━━': (name) => `━━━━ ${name} ━━━━`,
  '〓X〓': (name) => `〓${name}〓`,
  '>>> X <<<': (name) => `>>> ${name} <<<`,
  '※X※': (name) => `※${name}※`,
  '☆★X★☆': (name) => `☆★${name}★☆`,
  'X alone': (name) => name,
  '## X': (name) => `## ${name}`,
  '**【X】**': (name) => `**【${name}】**`,
};

export const itemMarks: Record<string, (index: number) => string> = {
  none: () => '',
  '●': () => '●',
  '📌': () => '📌',
  '● and a blank': () => '● ',
  '■': () => '■ ',
  '◆': () => '◆',
  '▲': () => '▲ ',
  '◇': () => '◇ ',
  '○': () => '○ ',
  '▶': () => '▶ ',
  '·': () => '· ',
  '•': () => '•  ',
  '-': () => '- ',
  '◎': () => '◎ ',
  '★': () => '★ ',
  '※': () => '※ ',
  '➤': () => '➤ ',
  '▷': () => '▷',
  '1.': (index) => `${index + 1}.`,
  '1. and a blank': (index) => `${index + 1}. `,
  '1．': (index) => `${index + 1}．`,
  '1、': (index) => `${index + 1}、`,
  '01': (index) => `${String(index + 1).padStart(2, '0')}\u3000`,
  '⒈': (index) => FULL_STOPPED[index] ?? '⒑',
  '①': (index) => RINGS[index] ?? '⑩',
  '（1）': (index) => `（${index + 1}）`,
  '[1]': (index) => `[${index + 1}]`,
};

export interface Written {
  /** Lines of the item, its mark before the first. */
  lines: string[];
  headline: string | null;
  unit: string | null;
  /** Where it is not what is left of the lines. */
  body?: string;
  /** What may belong to the body or not. */
  loose?: string;
}
interface ToWrite {
  headline: string;
  body: string;
  news: string;
  /** One short sentence. */
  short: string;
  unit: string;
}
const withoutUnit = (headline: string, unit: string): string =>
  headline.startsWith(unit) ? headline.slice(unit.length) : headline;

/** `needsMark`: nothing else shows where the item begins. */
export const itemForms: Record<string, (item: ToWrite) => Written> = {
  '标题。正文': ({ headline, body, unit }) => ({ lines: [`${headline}。${body}`], headline, unit }),
  '标题 正文': ({ headline, body, unit }) => ({ lines: [`${headline} ${body}`], headline, unit }),
  '标题\u3000正文': ({ headline, body, unit }) => ({ lines: [`${headline}\u3000${body}`], headline, unit }),
  '标题  正文': ({ headline, body, unit }) => ({ lines: [`${headline}  ${body}`], headline, unit }),
  'on its own line': ({ headline, body, unit }) => ({ lines: [headline, `\u3000\u3000${body}`], headline, unit }),
  'on its own line, no indent': ({ headline, body, unit }) => ({ lines: [headline, body], headline, unit }),
  'on its own line, two paragraphs': ({ headline, body, news, unit }) => ({
    lines: [headline, `\u3000\u3000${body}`, `\u3000\u3000${news}`],
    headline,
    unit,
  }),
  'none, news': ({ news, unit }) => ({ lines: [news], headline: null, unit }),
  '【标题】正文': ({ headline, body, unit }) => ({ lines: [`【${headline}】${body}`], headline, unit }),
  '【单位】标题。正文': ({ headline, body, unit }) => ({
    lines: [`【${unit}】${withoutUnit(headline, unit)}。${body}`],
    headline: withoutUnit(headline, unit),
    unit,
  }),
  '【单位】news': ({ news, unit }) => ({ lines: [`【${unit}】${news}`], headline: null, unit }),
  '〔单位〕news': ({ news, unit }) => ({ lines: [`〔${unit}〕${news}`], headline: null, unit, body: news }),
  '标题——正文': ({ headline, body, unit }) => ({ lines: [`${headline}——${body}`], headline, unit, body }),
  '单位 without brackets under the headline': ({ headline, body, unit }) => ({
    lines: [headline, unit, body],
    headline,
    unit,
    body,
  }),
  '标题\u3000\u3000\u3000单位, the text below': ({ headline, body, unit }) => ({
    lines: [`${headline}\u3000\u3000\u3000\u3000${unit}`, body],
    headline,
    unit,
  }),
  '标题【单位】, the text below': ({ headline, body, unit }) => ({
    lines: [`${headline}【${unit}】`, body],
    headline,
    unit,
    body,
  }),
  '（day）标题 on its own line': ({ headline, body, unit }) => ({
    lines: [`（4月2日）${headline}`, body],
    headline: `（4月2日）${headline}|${headline}`,
    unit,
    body,
  }),
  'none, days of the week': ({ unit, short }) => {
    const days = [`周一：召开调度会。`, `周三：${short}`, '周五：组织业务培训。'];
    return { lines: days, headline: null, unit, body: days.join('') };
  },
  '单位 between headline and text': ({ headline, body, unit }) => ({
    lines: [headline, `（${unit}）`, body],
    headline,
    unit,
  }),
  '【单位】标题 on its own line': ({ headline, body, unit }) => ({
    lines: [`［${unit}］${headline}`, body],
    headline,
    unit,
  }),
  'with a comma, on its own line': ({ headline, body, unit }) => ({
    lines: [`凝心聚力，${headline}`, `\u3000\u3000${body}`],
    headline: `凝心聚力，${headline}`,
    unit,
  }),
  'with a comma, on its own line, no indent': ({ headline, body, unit }) => ({
    lines: [`夏送清凉，${headline}`, body],
    headline: `夏送清凉，${headline}`,
    unit,
  }),
  'with a comma, over a short text': ({ headline, short, unit }) => ({
    lines: [`上下联动，${headline}`, short],
    headline: `上下联动，${headline}`,
    unit,
  }),
  'on its own line, over a short text': ({ headline, short, unit }) => ({ lines: [headline, short], headline, unit }),
  '单位：标题, with a comma': ({ headline, body, unit }) => ({
    lines: [`${unit}：闻汛而动，${withoutUnit(headline, unit)}`, body],
    headline: `${unit}：闻汛而动，${withoutUnit(headline, unit)}`,
    unit,
  }),
  '单位｜标题 on its own line': ({ headline, body, unit }) => ({
    lines: [`${unit}｜${withoutUnit(headline, unit)}`, body],
    headline: withoutUnit(headline, unit),
    unit,
  }),
  '单位：标题 on its own line': ({ headline, body, unit }) => ({
    lines: [`${unit}：${withoutUnit(headline, unit)}`, body],
    headline: `${unit}：${withoutUnit(headline, unit)}`,
    unit,
  }),
  '单位：标题, with a comma, over a short text': ({ headline, short, unit }) => ({
    lines: [`${unit}：多点发力，${withoutUnit(headline, unit)}`, short],
    headline: `${unit}：多点发力，${withoutUnit(headline, unit)}`,
    unit,
  }),
  'on its own line, 【研判】 and 【建议】 below': ({ headline, body, short, unit }) => ({
    lines: [headline, body, '【研判】关注度较高，有扩散可能。', `【建议】${short}`],
    headline,
    unit,
    body: `${body}【研判】关注度较高，有扩散可能。【建议】${short}`,
  }),
  'on its own line, a table inside': ({ headline, body, news, unit }) => {
    const table = [
      '镇名\u3000\u3000户数（户）\u3000\u3000资金（万元）',
      '大桥镇\u3000\u300036\u3000\u300012.5',
      '官渡镇\u3000\u3000120\u3000\u300064',
    ];
    return { lines: [headline, body, ...table, news], headline, unit, body: [body, ...table, news].join('') };
  },
  'on its own line, a subtitle below': ({ headline, body, unit }) => ({
    lines: [headline, `——${unit}的做法与体会`, `\u3000\u3000${body}`],
    headline: `${headline}|${headline}——${unit}的做法与体会`,
    unit,
    body,
    loose: `——${unit}的做法与体会`,
  }),
  '（单位）标题 on its own line': ({ headline, body, unit }) => ({
    lines: [`（${unit}）${withoutUnit(headline, unit)}`, body],
    headline: withoutUnit(headline, unit),
    unit,
    body,
  }),
  'on its own line, labelled lines below': ({ headline, short, unit }) => {
    const labelled = [`责任单位：${unit}`, `工作进展：${short}`, '存在问题：资金拨付不及时，影响设备采购。'];
    return { lines: [headline, ...labelled], headline, unit, body: labelled.join('') };
  },
  'on its own line, a list inside': ({ headline, body, news, unit }) => {
    const list = [
      '参演力量：',
      `${unit}：5车28人`,
      `县医院：救护车${body.length}辆、医护人员12人`,
      `民兵：${news.length}人`,
    ];
    return { lines: [headline, body, ...list, news], headline, unit, body: [body, ...list, news].join('') };
  },
  'an article with points': ({ headline, body, news, short, unit }) => {
    const points = [
      '一、总体情况',
      body,
      '二、存在问题',
      `1.部分工作进展缓慢。${short}`,
      `2.资金拨付不及时。${short}`,
      '三、工作要求',
      news,
    ];
    return { lines: [headline, news, ...points], headline, unit, body: [news, ...points].join('') };
  },
  本院讯: ({ headline, body, unit }) => ({ lines: [headline, `本院讯\u3000${body}`], headline, unit }),
  '**标题** 正文': ({ headline, body, unit }) => ({ lines: [`**${headline}** ${body}`], headline, unit }),
  '### 标题': ({ headline, body, unit }) => ({ lines: [`### ${headline}`, body], headline, unit }),
};

export const creditForms: Record<string, (unit: string, author: string) => { end: string; own?: boolean }> = {
  '（单位）': (unit) => ({ end: `（${unit}）` }),
  '(单位)': (unit) => ({ end: `(${unit})` }),
  '（ 单 位 ）': (unit) => ({ end: `（ ${unit} ）` }),
  '（单位供稿）': (unit) => ({ end: `（${unit}供稿）` }),
  '（供稿：单位）': (unit) => ({ end: `（供稿：${unit}）` }),
  '（报送单位：单位）': (unit) => ({ end: `（报送单位：${unit}）` }),
  '（来源：单位）': (unit) => ({ end: `（来源：${unit}）` }),
  '（单位 人）': (unit, author) => ({ end: `（${unit} ${author}）` }),
  '（单位）。': (unit) => ({ end: `（${unit}）。` }),
  '[单位]': (unit) => ({ end: `[${unit}]` }),
  '【单位】': (unit) => ({ end: `【${unit}】` }),
  '[单位 通讯员人]': (unit, author) => ({ end: `[${unit}\u3000通讯员${author}]` }),
  '来源：单位 behind the text': (unit) => ({ end: `来源：${unit}` }),
  '……单位 behind the text': (unit) => ({ end: `…………${unit}` }),
  '——单位 behind the text': (unit) => ({ end: `——${unit}` }),
  '/单位': (unit) => ({ end: `/${unit}` }),
  'line 供稿人：人（单位）': (unit, author) => ({ end: `供稿人：${author}（${unit}）`, own: true }),
  'line of its own': (unit) => ({ end: `（${unit}）`, own: true }),
  'line of its own, to the right': (unit) => ({ end: `                              （${unit}）`, own: true }),
  'line 单位 供稿': (unit) => ({ end: `${unit}\u3000供稿`, own: true }),
  'line 来源：单位': (unit) => ({ end: `来源：${unit}`, own: true }),
  'line ▪单位': (unit) => ({ end: `                              ▪${unit}`, own: true }),
  'line 单位 to the right': (unit) => ({ end: `                              ${unit}`, own: true }),
  'line 单位（执笔：人）': (unit, author) => ({ end: `${unit}（执笔：${author}）`, own: true }),
  'lines 单位 and date': (unit) => ({
    end: `                    ${unit}\n                    2025年4月2日`,
    own: true,
  }),
  'line 供稿：单位': (unit) => ({ end: `供稿：${unit}`, own: true }),
};
