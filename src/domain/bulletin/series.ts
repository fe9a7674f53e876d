import { closeSpacing, fullWidthBrackets } from './glyphs.js';

/** Words that end, or stand in, the name of a bulletin. */
const NAME_WORD =
  /(?:快报|简报|要情|信息|专报|日报|周报|旬报|月报|季报|年报|通报|动态|参阅|参考|内参|摘报|快讯|通讯|舆情|专刊|特刊|简讯|要报|呈报|摘要|直报|每日|晨报|晚报|要闻|快览|速览|速递|快递|政务|工作|情况|反映|报告|情报|资讯|交流|调研|督查|专递|传真|之窗|期刊|周刊|月刊|刊)(?:[（(].{1,10}[）)]|增刊|专刊|特刊)?$/u;
/** Titles of other official papers: 关于……的通知. */
const PAPER = /(?:的)?(?:通知|决定|决议|意见|函|请示|批复|公告|通告|纪要|命令|议案|办法|规定|方案)$/u;

export function isNameLike(text: string): boolean {
  const name = closeSpacing(text).replace(/\s+/gu, '');
  return name.length >= 2 && name.length <= 30 && NAME_WORD.test(name) && !PAPER.test(name) && !/^关于/u.test(name);
}

/** The masthead name of a head text: letter-spacing closed, quotation marks and 增刊 taken off. */
export function seriesName(text: string): { name: string | null; supplement: boolean } {
  const supplement = /[（(]?\s*增\s*刊\s*[）)]?$/u.exec(text.trim());
  const bare = (supplement ? text.trim().slice(0, supplement.index) : text.trim()).replace(/^[《【“"]|[》】”"]$/gu, '');
  const name = closeSpacing(bare.replace(/[（(]\s*(?:19|20)\d{2}\s*年?\s*[）)]$/u, ''));
  return {
    name: fullWidthBrackets(name.replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')) || null,
    supplement: supplement !== null,
  };
}
