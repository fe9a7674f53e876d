import { endsOpen } from './headline.js';
import type { SourceLine } from './lines.js';

/** Titles of official papers that did not fit on their line: 关于5起典型问题的 / 通报. */

const ABOUT = /^关于[^，。；：！？]{6,50}$/u;
const PLAIN = /^[^，。；：！？、\d（(【]{2,24}$/u;
const PAPER = /(?:通报|通知|报告|情况|汇报|建议|意见|方案|分析|函|请示|批复|纪要|决定|公告|通告|续报)$/u;

/** Puts the second half of such a title on the line of the first: what is running text has a stop where its last line ends. */
export function joinCutTitles(lines: readonly SourceLine[]): SourceLine[] {
  const joined: SourceLine[] = [];
  for (const line of lines) {
    const front = joined.at(-1);
    const goesOn =
      front !== undefined &&
      front.pin === undefined &&
      line.pin === undefined &&
      line.gap === 'none' &&
      ABOUT.test(front.text) &&
      PLAIN.test(line.text) &&
      (endsOpen(front.text) || (PAPER.test(line.text) && !PAPER.test(front.text)));
    if (!goesOn) joined.push(line);
    else
      joined[joined.length - 1] = {
        ...front,
        text: front.text + line.text,
        also: [...(front.also ?? []), line.number, ...(line.also ?? [])],
      };
  }
  return joined;
}
