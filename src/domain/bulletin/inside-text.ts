import { isContentsLabel } from './contents.js';
import type { LineFacts } from './line-facts.js';
import { isNote } from './notes.js';
import { isBareUnit, saysDeed } from './units.js';

/** Lines inside a text that look as if they began something: rows of a table, labels of its paragraphs. */

const LONGEST_CELL = 16;
const CELLS = /\t+|\s{2,}|\u3000+/u;
/** Two columns are a table from three rows on, three from two: names of the foot and headlines with their unit stand so, too. */
const FEWEST_ROWS: Record<number, number> = { 2: 3 };
/** So many columns need no more than one blank between them. */
const FEWEST_SINGLE = 4;

/** A row `大桥镇    36    12.5` under `镇名    户数    资金`: as many cells in each, none of them a sentence. */
export function markRows(facts: LineFacts[], bodyStart: number): void {
  let run: number[] = [];
  const close = (columns: number): void => {
    const inText = facts[(run[0] ?? 0) - 1]?.sentence === true || facts[(run.at(-1) ?? 0) + 1]?.sentence === true;
    if (run.length >= (FEWEST_ROWS[columns] ?? 2) && columns > 1 && inText)
      for (const at of run) facts[at] = asRow(facts[at] as LineFacts);
    run = [];
  };
  let columns = 0;
  for (let at = bodyStart; at <= facts.length; at += 1) {
    const own = columnsOf(facts[at]);
    if (own !== columns) close(columns);
    columns = own;
    if (own > 1) run.push(at);
  }
}

const asRow = (fact: LineFacts): LineFacts => ({
  ...fact,
  ...PLAIN,
  row: true,
});

function columnsOf(fact: LineFacts | undefined): number {
  if (!fact || fact.section !== null || fact.scope !== 'none' || fact.signOff || fact.footLine || fact.mark) return 0;
  if (/[。！？，；]|[,;](?!\d)|\p{Script=Han}\./u.test(fact.line.text) || fact.line.text.length > 120) return 0;
  const wide = fact.line.text.split(CELLS);
  const single = wide.length > 1 ? [] : fact.line.text.split(/\s+/u);
  const cells = single.length >= FEWEST_SINGLE ? single : wide;
  return cells.every((cell) => cell.length <= LONGEST_CELL) ? cells.length : 0;
}

const LABELLED = /^\p{Script=Han}{2,14}\s*[：:]\s*\S/u;

/** 责任单位：…, 工作进展：… and 存在问题：… one below another, and what a line that ends with a colon announces: lines of one text. */
export function markLabelled(facts: LineFacts[], bodyStart: number, again: readonly boolean[]): void {
  const isOne = (at: number): boolean => {
    const fact = facts[at];
    if (!fact || at < bodyStart || fact.mark || fact.section !== null || fact.tag || fact.numbered !== null)
      return false;
    return (
      LABELLED.test(fact.line.text) &&
      !isNote(fact.line.text) &&
      fact.scope === 'none' &&
      !fact.signOff &&
      !fact.footLine
    );
  };
  for (let at = bodyStart; at < facts.length; at += 1) {
    if (!isOne(at)) continue;
    let end = at;
    while (isOne(end)) end += 1;
    const above = facts[at - 1]?.line.text ?? '';
    const announced = /[：:]$/u.test(above) && !isContentsLabel(above);
    // Headlines of the form 单位：标题 stand so in a list of contents.
    const sentences = facts.slice(at, end).some(({ line }) => /。$/u.test(line.text));
    const listed = !announced && !sentences && again.slice(at, end).some(Boolean);
    const isRun = end - at > (announced ? 1 : 2);
    for (let index = at; isRun && !listed && index < end; index += 1)
      facts[index] = asLabelled(facts[index] as LineFacts);
    at = end;
  }
}

/** 责任单位：市住建局 among them is no source of the item; 来源：… and a bracket behind the last of them are. */
function asLabelled(fact: LineFacts): LineFacts {
  if (fact.creditLine && !/^(?:责任|单位|部门)/u.test(fact.line.text)) return fact;
  const credit = fact.creditLine ? 'none' : fact.credit;
  return { ...fact, ...PLAIN, credit, row: credit === 'none', sentence: true };
}

const PLAIN = { title: false, bare: false, headlineInside: false, creditLine: false, credit: 'none' } as const;

const LONGEST_LABEL = 6;
/** What is said of a matter below the matter itself. */
const LABEL =
  /^(?:研判|分析|建议|对策|处置|办理|反馈|回应|答复|整改|核查|点评|短评|评析|背景|链接|提示|说明|影响|原因|进展|下步|结果)/u;

/** 【研判】 and 【建议】 under the text of each item are labels of its paragraphs, not tags of items. */
export function dropLabels(facts: LineFacts[], bodyStart: number): void {
  const times = new Map<string, number>();
  for (const { tag } of facts) if (tag) times.set(tag.content, (times.get(tag.content) ?? 0) + 1);
  facts.forEach((fact, at) => {
    const content = fact.tag?.content ?? '';
    const above = facts[at - 1];
    if (at <= bodyStart || content === '' || content.length > LONGEST_LABEL || fact.mark || !above) return;
    const isLabel = LABEL.test(content) || (times.get(content) ?? 0) > 1;
    const isUnder = above.sentence && above.credit === 'none' && !above.creditLine;
    if (isLabel && isUnder && !isBareUnit(content) && !saysDeed(content))
      facts[at] = { ...fact, tag: null, headlineInside: false };
  });
}
