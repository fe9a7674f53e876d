import { findDate } from './dates.js';
import { closeSpacing } from './glyphs.js';
import { isHeadlineLine } from './headline.js';
import { isBareUnit, isUnitName, saysDeed } from './units.js';

/** Marks in front of items (● ◆ · - 1. ① 【柳河镇】), and the forms in which headings of sections are set. */

export interface ItemMark {
  /** Marks of one class do one thing throughout a text: '●', or '1.' for any number with a dot. */
  class: string;
  rest: string;
}

/** Any sign that no word begins with, once or several times over. */
const SYMBOL = /^(?![℃℉°℡№™©®])([\p{So}▷→※•‣∙√⊙])\1{0,3}\uFE0F?\s*(\S.*)$/su;
/** These stand inside text as well: only with a blank, or · at the very head. */
const SOFT = /^(?:([-–*+])\s+|(·)\s*|(—)\s+)(\S.*)$/su;
const ARABIC = /^[\d０-９]{1,2}\s*([、．.)）])\s*(?![\d０-９](?![\d０-９]?[月日]))(\S.*)$/su;
const BRACKET_NUMBER = /^[（(［[〔【]\s*[\d０-９]{1,2}\s*[）)］\]〕】]\s*[、.]?\s*(\S.*)$/su;
/** 01 标题, as papers for the telephone have it. */
const PADDED = /^([0０][1-9１-９])(?:\s+|\s*[丨｜|/]\s*)(\S.*)$/su;
const ONE_SIGN = /^([①-⑳]|[⒈-⒛]|[⑴-⒇]|[❶-❿])\s*[、.]?\s*(\S.*)$/su;

/** The mark that a line begins with. */
export function itemMark(text: string): ItemMark | null {
  const symbol = SYMBOL.exec(text);
  if (symbol) return { class: symbol[1] ?? '', rest: symbol[2] ?? '' };
  const soft = SOFT.exec(text);
  if (soft) return { class: soft[1] ?? soft[2] ?? soft[3] ?? '', rest: soft[4] ?? '' };
  const number = ARABIC.exec(text);
  if (number) return { class: `1${(number[1] ?? '.').replace(/．/u, '.')}`, rest: number[2] ?? '' };
  const bracket = BRACKET_NUMBER.exec(text);
  if (bracket) return { class: '（1）', rest: bracket[1] ?? '' };
  const padded = PADDED.exec(text);
  if (padded) return { class: '01', rest: padded[2] ?? '' };
  const sign = ONE_SIGN.exec(text);
  return sign ? { class: '①', rest: sign[2] ?? '' } : null;
}

export const isNumberMark = (mark: ItemMark): boolean => /^(?:1|01|（1）|（一）|①)/u.test(mark.class);

const ORNAMENT = '[/／■◆★▲◇○●▪►▶➢➤◎□※☆≡＝=*＊◈▼▌·\\s—–-]{0,12}';
const BRACKETED = new RegExp(
  `^(?:[一二三四五六七八九十]{1,3}\\s*[、．.]\\s*)?${ORNAMENT}[【〖［\\[「『〔〈<]\\s*([^【】〖〗［\\]\\[］「」『』〔〕〈〉<>]{1,30}?)\\s*[】〗］\\]」』〕〉>]\\s*[:：]?${ORNAMENT}$`,
  'u',
);
/** The same number of signs on either side: ★X★, ━━━━ X ━━━━, ☆★X★☆. */
const FRAMED =
  /^([\p{So}\p{Sm}\p{Pd}*＊※·•~～/／|｜#]{1,12})\s*([\p{L}\p{N}][^，。；：\p{So}]{0,18}?)\s*([\p{So}\p{Sm}\p{Pd}*＊※·•~～/／|｜#]{1,12})$/u;
const BAR = /^[▌▍▎█]\s*([^，。；]{2,16})$/u;
const YEAR = /^(?:19|20)\d{2}\s*年?$/u;

function framedName(text: string): string | undefined {
  const [, before = '', name, after = ''] = FRAMED.exec(text) ?? [];
  return before.length === after.length ? name : undefined;
}

/** The name of a section heading: 【用地保障】 alone on its line, or a name framed by ornaments. */
export function sectionName(text: string): string | null {
  if (text.length > 60 || /第\s*[\d０-９〇一二三四五六七八九十百]{1,5}\s*期/u.test(text)) return null;
  const name = BRACKETED.exec(text)?.[1] ?? framedName(text) ?? BAR.exec(text)?.[1];
  return name === undefined || !/\p{L}/u.test(name) || YEAR.test(name) ? null : closeSpacing(name);
}

/** 一、综合运行情况: a short numbered line without a sentence in it. Whether it is a section depends on the whole text. */
export function numberedHeading(text: string): string | null {
  const match =
    /^(?:[一二三四五六七八九十]{1,3}\s*[、．.]|[Ⅰ-Ⅻ]\s*[、．.]?|第[一二三四五六七八九十]{1,2}部分\s*[：:、]?)\s*(\S.*)$/u.exec(
      text.slice(0, 60),
    );
  const name = match?.[1];
  return name !== undefined && name.length <= 30 && text.length <= 40 && isHeadlineLine(name)
    ? closeSpacing(name)
    : null;
}

const SUB_NUMBERED = /^[（(][一二三四五六七八九十]{1,3}[）)]\s*(\S.{1,13})$/u;

/** （一）党建引领, as `numberedHeading`. */
export function subNumberedHeading(text: string): string | null {
  const name = SUB_NUMBERED.exec(text.slice(0, 40))?.[1];
  return name !== undefined && isHeadlineLine(name) ? closeSpacing(name) : null;
}

const BAR_TAG = /^([^\s，。｜|丨│]{3,20})\s*[｜|丨│]\s*([^\s｜|丨│][^｜|丨│]{3,})$/su;

/** 县渔港监督站｜渔船全部回港: the unit before a bar. */
function unitBeforeBar(text: string): { content: string; rest: string } | null {
  const [, unit = '', start = ''] = BAR_TAG.exec(text.slice(0, 100)) ?? [];
  const isOffice = isUnitName(start) && /[局室办会府委部]$/u.test(start) && !saysDeed(start);
  if (!isBareUnit(unit) || isOffice || findDate(start)) return null;
  return { content: unit, rest: text.slice(text.indexOf(start, unit.length)) };
}

const TAG =
  /^[【〖［[〔](?!\s*(?:\d{1,3}|(?:19|20)\d{2}\s*年?)\s*[】〗］\]〕])\s*([^【】〖〗［］[\]〔〕]{2,60}?)\s*[】〗］\]〕]\s*(\S.*)$/su;

const ROUND_TAG = /^[（(]\s*([^（()）]{2,20}?)\s*[）)]\s*(\S.*)$/su;

/** 【…】 at the head of running text: a unit's tag or a headline; a unit and a bar; （刑侦大队） before a headline. */
export function openingTag(text: string): { content: string; rest: string } | null {
  const round = ROUND_TAG.exec(text.slice(0, 100));
  const match = TAG.exec(text.slice(0, 100)) ?? (round && isBareUnit(round[1] ?? '') ? round : null);
  if (!match) return unitBeforeBar(text);
  const rest = text.slice(match[0].length - (match[2]?.length ?? 0));
  return { content: closeSpacing(match[1] ?? ''), rest };
}

/** Words that names of sections end with; a headline says who does what. */
const SECTION_WORD =
  /(?:建设|治理|动态|振兴|保障|环境|生产|交流|工作|发展|引领|创建|服务|管理|安全|民生|招商|引资|生态|环保|经济|舆情|要闻|信息|专栏|聚焦|之声|风采|亮点|做法|经验|快讯|反映|简讯|调研|落实|督查|情况|问题|措施|建议|提示|预警|天气|值班|一线|之窗|视点|关注|短波|速递|改革|创新|法治|平安|文明|文化|教育|卫生|健康|农业|工业|三农|政务|党建|综合|要情|头条|快报|通报|表扬|批评|曝光|回音|答复|批示|会议|活动|文旅|旅游|交通|民政|社会|城乡|乡镇|部门|基层|县直|街道|项目|攻坚|防控|应急|防汛|抗旱|稳定|信访|纪检|人才|组织|宣传|统战|群团|数字|科技|创城|攻略|榜|台|窗|角|事业|城管|产业|消费|财政|金融|税务|投资|外贸|乡风|干部|队伍|作风|廉政|监督|执法|司法|审判|检察|科研|教学|学生|校园|师生|团学|合作|培训|党群|后勤|医疗|护理|经营|质量|班组|职工|企业|市场|物流|数据|分析|走势|预测|形势|雨情|水情|汛情|灾情|险情|农情|墒情|苗情|疫情|案例|先锋|榜样|人物|典型|警示|短讯|消息|新闻|视野|链接|解读|政策|理论|学习|论坛|思考|探索|实践|民意|民声|诉求|热线|关切|资源|能源|水利|气象|林业|粮食|畜牧|进展|进度|计划|安排|部署|任务|考核|评比|直通车|进行时|(?:数字|法治)政府)$/u;

export const isSectionWord = (name: string): boolean => name.length <= 10 && SECTION_WORD.test(name);

const LONGEST_BARE_SECTION = 8;
/** 优化营商环境 says what is done, as a section whose last word is that of a field. */
const FIELD = /(?:环境|建设|治理|服务|管理|发展|振兴|改革|创新|创建|动态|攻坚|企业)$/u;

/** 县司法 is the first half of 县司法局, 县直动态 a section. */
const OF_A_UNIT = /^[县市区省州](?![直内情域场容政民])/u;
export const namesUnitPart = (text: string): boolean => OF_A_UNIT.test(text);

/** A short line that names a field of work and nobody who does it. */
export function isBareSection(mark: ItemMark | null, core: string): boolean {
  if (mark !== null || core.length > LONGEST_BARE_SECTION || OF_A_UNIT.test(core)) return false;
  return isSectionWord(core) && (!saysDeed(core) || FIELD.test(core));
}
