import { sameKey } from './same-text.js';

/** Words with which lists say that there is nobody, or nothing. */

/** What we write where nobody holds a post. */
export const vacant = '（空缺）';

/** One or several in a row: 暂缺, 岗位空缺, 待任命, 人选未定. */
const nobody =
  '空|空缺|空岗|空编|空额|缺|缺[编位额员岗]|无|无人|无此?人|没有|没有人|未定|未明确|未任命|未配备?|未到位|未安排|未填写?|未确定' +
  '|待定|待补充?|待任命?|待配备?|待明确|待确定|待选|待聘|待安排|待填写?|待录入|待查|不详|未知|略|nil|null|none|n/a|na|tb[ad]';
const words = new RegExp(
  `^(?:岗位|职位|职务|人选|人员|此岗|该岗位?|目前|现|暂时?|尚)*(?:${nobody})+(?:中|人选|人员)?$`,
);
/** Not # and ?, with which programs show what they cannot show, nor *, with which numbers are hidden. */
const strokes = /^[-/\\|_~、,，。.·×✕]+$/u;
/** Longer is no placeholder; a bound on what the pattern may try. */
const longest = 16;
/** 空缺（待任命）: what stands behind in brackets says why. */
const remark = /\([^()]*\)$/;
const bracket = /[()[\]{}<>\u3008-\u3011\u3014-\u301b]/gu;

/** Whether a cell says that there is nobody, or nothing: 空缺, 待定, （暂无）, 无, /, —, N/A. An empty cell says nothing. */
export function isPlaceholder(cell: string): boolean {
  if (cell.length > 200) return false;
  const key = sameKey(cell);
  return [key.replace(remark, ''), key.replace(bracket, '').replace(/(?<=.)[。.、,，;；]+$/u, '')].some(
    (text) => text.length <= longest && (words.test(text) || strokes.test(text)),
  );
}

/** Whether it is the word that we write, or nearly: everybody knows what it means. */
export const saysVacant = (cell: string): boolean => sameKey(cell).replace(bracket, '') === '空缺';
